package dev.headgate.cli;

import dev.headgate.gate.Effect;
import dev.headgate.model.ChangeId;
import dev.headgate.model.ProjectId;
import dev.headgate.runner.JobEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a build ran, as it is recorded with its run: enough to run it again elsewhere.
 *
 * @param run the shell command
 * @param environment its whole environment, sorted by name
 * @param timeout how long it was given
 */
record RecordedBuild(String run, SortedMap<String, String> environment, Duration timeout) {

  static RecordedBuild of(
      Effect.Start effect,
      ProjectId project,
      int slot,
      Path temporary,
      Map<String, String> caller) {
    JobEnvironment declared =
        new JobEnvironment(
            project,
            effect.change().id(),
            path(effect),
            effect.job().name(),
            slot,
            effect.build(),
            effect.attempt(),
            effect.content(),
            temporary);
    return new RecordedBuild(
        effect.job().run(), declared.variables(caller, effect.job().env()), effect.job().timeout());
  }

  /** What the build's commit assumes to land, in words: {@code main + a + b}. */
  static String path(Effect.Start effect) {
    List<ChangeId> assumed = effect.assumed();
    return Wording.path(effect.change().target().branch(), assumed);
  }

  String json() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("v", 1);
    tree.put("run", run);
    tree.put("environment", environment);
    tree.put("timeout-ms", timeout.toMillis());
    return JsonText.of(tree);
  }

  /**
   * The build that was recorded; throws {@link IllegalArgumentException} if the text is damaged.
   */
  static RecordedBuild parse(String json) {
    Map<String, Object> tree = JsonText.parse(json);
    if (tree.get("run") instanceof String run
        && tree.get("environment") instanceof Map<?, ?> variables
        && tree.get("timeout-ms") instanceof Long millis) {
      SortedMap<String, String> environment = new TreeMap<>();
      variables.forEach(
          (name, value) -> environment.put(String.valueOf(name), String.valueOf(value)));
      return new RecordedBuild(run, environment, Duration.ofMillis(millis));
    }
    throw new IllegalArgumentException("the record of what a build ran is damaged: " + json);
  }
}
