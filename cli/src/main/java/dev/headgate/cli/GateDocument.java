package dev.headgate.cli;

import dev.headgate.gate.ItemEnd;
import dev.headgate.model.BuildId;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.JobName;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The events of {@code headgate gate --json} (docs/reference/gate-events.md), version 1. */
final class GateDocument {
  private static final int VERSION = 1;

  private GateDocument() {}

  static Map<String, Object> of(Notice notice, Instant at) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("v", VERSION);
    tree.put("at", at.toString());
    switch (notice) {
      case Notice.Resumed n -> {
        tree.put("event", "resumed");
        tree.put("changes", names(n.changes()));
        tree.put("unanswered", n.unanswered());
      }
      case Notice.Queued n -> {
        tree.put("event", "queued");
        tree.put("change", n.change().id().value());
        tree.put("revision", n.change().revision().value());
        tree.put("depends-on", names(n.change().dependsOn()));
        tree.put("title", n.change().title());
      }
      case Notice.Merged n -> {
        tree.put("event", "merged");
        tree.put("change", n.change().value());
        tree.put("content", n.content().value());
        tree.put("assumed", names(n.assumed()));
        tree.put("jobs", n.jobs().stream().map(JobName::value).toList());
      }
      case Notice.Unbuildable n -> {
        tree.put("event", "unbuildable");
        tree.put("change", n.change().value());
        tree.put("assumed", names(n.assumed()));
        tree.put("reason", n.reason());
      }
      case Notice.Restarted n -> {
        tree.put("event", "restarted");
        tree.put("change", n.change().value());
        tree.put("reason", n.reason());
      }
      case Notice.BuildStarted n -> {
        build(tree, "build-started", n.change(), n.job(), n.build());
        tree.put("attempt", n.attempt());
      }
      case Notice.TestEnded n -> {
        build(tree, "test-ended", n.change(), n.job(), n.build());
        tree.put("test", n.test());
        tree.put("status", n.status());
        tree.put("failed", n.failed());
        tree.put("lines", n.lines());
      }
      case Notice.BuildEnded n -> ended(tree, n);
      case Notice.BuildCancelled n ->
          build(tree, "build-cancelled", n.change(), n.job(), n.build());
      case Notice.Ended n -> {
        tree.put("event", n.end().kind().code());
        tree.put("change", n.change().id().value());
        tree.putAll(of(n.end()));
      }
      case Notice.Warned n -> {
        tree.put("event", "warning");
        tree.put("text", n.text());
      }
    }
    return tree;
  }

  private static void ended(Map<String, Object> tree, Notice.BuildEnded n) {
    build(tree, "build-ended", n.change(), n.job(), n.build());
    tree.putAll(of(n.verdict()));
    tree.put("tests", of(n.tests()));
    tree.put("elapsed-ms", n.elapsed().toMillis());
    tree.put("voting", n.voting());
    tree.put("again", n.again());
    tree.put("lines", n.lines());
  }

  /** The last line: how everything ended. */
  static Map<String, Object> summary(Board board, String tip, Instant at) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("v", VERSION);
    tree.put("at", at.toString());
    tree.put("event", "summary");
    tree.put("tip", tip);
    tree.put(
        "changes",
        board.endings().stream()
            .map(ending -> {
              Map<String, Object> end = new LinkedHashMap<>();
              end.put("change", ending.change().id().value());
              end.put("end", ending.end().kind().code());
              end.putAll(of(ending.end()));
              end.put("elapsed-ms", ending.elapsed().toMillis());
              return end;
            })
            .toList());
    tree.put("elapsed-ms", Duration.between(board.startedAt(), at).toMillis());
    tree.put("builds", board.buildsStarted());
    tree.put("builds-cancelled", board.buildsCancelled());
    return tree;
  }

  static Map<String, Object> of(ItemEnd end) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("outcome", end.outcome().code());
    tree.put("reason", end.reason());
    Content content = end.content();
    if (content != null) {
      tree.put("content", content.value());
    }
    tree.put("jobs", end.jobs().stream().map(GateDocument::of).toList());
    return tree;
  }

  private static Map<String, Object> of(ItemEnd.JobEnd job) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("job", job.job().value());
    tree.put("build", job.build().value());
    tree.putAll(of(job.verdict()));
    tree.put("tests", of(job.tests()));
    tree.put("voting", job.voting());
    tree.put("builds", job.builds());
    return tree;
  }

  private static void build(
      Map<String, Object> tree, String event, ChangeId change, JobName job, BuildId build) {
    tree.put("event", event);
    tree.put("change", change.value());
    tree.put("job", job.value());
    tree.put("build", build.value());
  }

  private static Map<String, Object> of(Verdict verdict) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("verdict", verdict.kind().code());
    tree.put("reason", Objects.requireNonNull(verdict.reason()));
    return tree;
  }

  static Map<String, Object> of(TestCounts tests) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("passed", tests.passed());
    tree.put("failed", tests.failed());
    tree.put("skipped", tests.skipped());
    tree.put("unfinished", tests.unfinished());
    return tree;
  }

  private static List<String> names(List<ChangeId> changes) {
    return changes.stream().map(ChangeId::value).toList();
  }
}
