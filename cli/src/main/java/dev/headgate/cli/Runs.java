package dev.headgate.cli;

import dev.headgate.store.RecordedRun;
import dev.headgate.store.RunEnd;
import dev.headgate.store.RunHeader;
import dev.headgate.store.RunRepository;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How recorded runs are found and told. */
final class Runs {
  private Runs() {}

  /**
   * The newest recording of a build.
   *
   * @throws CommandFailure if there is none
   */
  static RecordedRun newest(RunRepository runs, String build) {
    List<RecordedRun> found;
    try {
      found = runs.ofBuild(Long.parseLong(build));
    } catch (NumberFormatException e) {
      throw CommandFailure.usage(
          "'" + build + "' is no number of a build", "`headgate last` lists builds");
    }
    if (found.isEmpty()) {
      throw CommandFailure.usage(
          "there is no build " + build + " in this repository", "`headgate last` lists builds");
    }
    return found.getFirst();
  }

  /** {@code build 7, unit of topic/a on main + b, attempt 2}. */
  static String title(RunHeader header) {
    return "build %d, %s of %s on %s%s"
        .formatted(
            header.buildId(),
            header.job(),
            header.change(),
            header.path(),
            header.attempt() == 1 ? "" : ", attempt " + header.attempt());
  }

  /** How it ended, in a few words. */
  static String conclusion(RecordedRun run, Style style) {
    return run.end().map(end -> conclusion(end, style)).orElse(style.warning("running"));
  }

  private static String conclusion(RunEnd end, Style style) {
    return switch (end.conclusion()) {
      case "passed" -> style.good("passed");
      case "failed" -> style.bad("failed");
      case "none" -> style.faint("cancelled");
      case RunEnd.INTERRUPTED -> style.warning("interrupted");
      default -> style.warning(end.conclusion());
    };
  }

  static String elapsed(RecordedRun run) {
    Optional<Instant> ended = run.end().map(RunEnd::endedAt);
    return ended
        .map(at -> Wording.elapsed(Duration.between(run.header().startedAt(), at)))
        .orElse("");
  }

  static Map<String, Object> document(RecordedRun run) {
    RunHeader header = run.header();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("run", header.runId());
    tree.put("build", header.buildId());
    tree.put("job", header.job());
    tree.put("change", header.change());
    tree.put("content", header.content());
    tree.put("path", header.path());
    tree.put("attempt", header.attempt());
    tree.put("started-at", header.startedAt().toString());
    run.end()
        .ifPresent(end -> {
          tree.put("ended-at", end.endedAt().toString());
          tree.put("verdict", end.conclusion());
          tree.put("reason", end.reason());
          tree.put("tests", GateDocument.of(end.counts()));
        });
    return tree;
  }
}
