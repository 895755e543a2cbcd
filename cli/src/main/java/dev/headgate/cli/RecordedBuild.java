package dev.headgate.cli;

import dev.headgate.gate.Effect;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ProjectId;
import dev.headgate.runner.JobEnvironment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a build ran, as it is recorded with its run: enough to run it again elsewhere.
 *
 * @param run the shell command
 * @param environment its whole environment, sorted by name
 * @param timeout how long it was given
 * @param repository the folder of its project's repository; empty in records of versions that knew
 *     one repository only
 * @param besides the other projects that it worked on, sorted by name
 * @param results the globs of its report files; empty in records of versions that read none
 */
record RecordedBuild(
    String run,
    SortedMap<String, String> environment,
    Duration timeout,
    String repository,
    List<Besides> besides,
    List<String> results) {
  RecordedBuild {
    besides = List.copyOf(besides);
    results = List.copyOf(results);
  }

  /**
   * Another project that a job works on.
   *
   * @param repository its repository's folder
   * @param folder its working tree
   */
  record Besides(ProjectId project, Path repository, Content content, Path folder) {
    /** The variable that names the working tree. */
    String variable() {
      return "HEADGATE_PROJECT_"
          + project.value().toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_")
          + "_DIR";
    }

    /** The same project, its working tree elsewhere. */
    Besides in(Path other) {
      return new Besides(project, repository, content, other);
    }

    private Map<String, Object> tree() {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("project", project.value());
      tree.put("repository", repository.toString());
      tree.put("content", content.value());
      tree.put("folder", folder.toString());
      return tree;
    }

    private static Besides of(Map<?, ?> tree) {
      return new Besides(
          new ProjectId(String.valueOf(tree.get("project"))),
          Path.of(String.valueOf(tree.get("repository"))),
          new Content(String.valueOf(tree.get("content"))),
          Path.of(String.valueOf(tree.get("folder"))));
    }
  }

  static RecordedBuild of(
      Effect.Start effect,
      int slot,
      Path temporary,
      Map<String, String> caller,
      Path repository,
      List<Besides> besides) {
    JobEnvironment declared =
        new JobEnvironment(
            effect.change().target().project(),
            effect.change().id(),
            path(effect),
            effect.job().name(),
            slot,
            effect.build(),
            effect.attempt(),
            effect.content(),
            temporary);
    Map<String, String> env = new TreeMap<>(variables(besides));
    env.putAll(effect.job().env());
    return new RecordedBuild(
        effect.job().run(),
        declared.variables(caller, env),
        effect.job().timeout(),
        repository.toString(),
        besides,
        effect.job().results());
  }

  /** The variables that name the working trees of other projects. */
  static SortedMap<String, String> variables(List<Besides> besides) {
    SortedMap<String, String> variables = new TreeMap<>();
    besides.forEach(other -> variables.put(other.variable(), other.folder().toString()));
    return variables;
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
    tree.put("repository", repository);
    tree.put("projects", besides.stream().map(Besides::tree).toList());
    tree.put("results", results);
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
      List<Besides> besides = new ArrayList<>();
      if (tree.get("projects") instanceof List<?> projects) {
        projects.forEach(project -> besides.add(Besides.of((Map<?, ?>) project)));
      }
      return new RecordedBuild(
          run,
          environment,
          Duration.ofMillis(millis),
          tree.get("repository") instanceof String repository ? repository : "",
          besides,
          tree.get("results") instanceof List<?> results
              ? results.stream().map(String::valueOf).toList()
              : List.of());
    }
    throw new IllegalArgumentException("the record of what a build ran is damaged: " + json);
  }
}
