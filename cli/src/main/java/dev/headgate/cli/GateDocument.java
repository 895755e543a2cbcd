package dev.headgate.cli;

import dev.headgate.gate.ItemEnd;
import dev.headgate.model.BranchRef;
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
        item(tree, n.item(), n.change().id());
        tree.put("revision", n.change().revision().value());
        tree.put("depends-on", names(n.change().dependsOn()));
        tree.put("title", n.change().title());
      }
      case Notice.Merged n -> {
        tree.put("event", "merged");
        item(tree, n.item(), n.item().change());
        tree.put("content", n.content().value());
        contents(tree, n.contents());
        tree.put("assumed", names(n.assumed()));
        tree.put("jobs", n.jobs().stream().map(JobName::value).toList());
      }
      case Notice.Unbuildable n -> {
        tree.put("event", "unbuildable");
        item(tree, n.item(), n.item().change());
        tree.put("assumed", names(n.assumed()));
        tree.put("reason", n.reason());
      }
      case Notice.Restarted n -> {
        tree.put("event", "restarted");
        item(tree, n.item(), n.item().change());
        tree.put("reason", n.reason());
      }
      case Notice.Explained n -> {
        tree.put("event", "explained");
        tree.put("change", n.change().value());
        tree.put("queued", n.queued());
        tree.put("restarts", n.restarts());
        tree.put("waited", n.waited());
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
        item(tree, n.item(), n.change().id());
        tree.putAll(of(n.end(), n.change().target()));
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

  private static void item(Map<String, Object> tree, Notice.Subject item, ChangeId change) {
    tree.put("change", change.value());
    if (item.changes().size() > 1) {
      tree.put("changes", names(item.changes()));
    }
    tree.put("pipeline", item.pipeline().value());
  }

  /** What one content cannot tell: where each of several branches is. */
  private static void contents(Map<String, Object> tree, Map<BranchRef, Content> contents) {
    if (contents.size() > 1) {
      tree.put("contents", branches(contents));
    }
  }

  static Map<String, Object> branches(Map<BranchRef, Content> contents) {
    Map<String, Object> tree = new LinkedHashMap<>();
    contents.forEach((branch, content) -> tree.put(branch.toString(), content.value()));
    return tree;
  }

  /**
   * The last line: how everything ended.
   *
   * @param tips where the branches are that were landed on, that of the current repository first
   */
  static Map<String, Object> summary(Board board, Map<BranchRef, Content> tips, Instant at) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("v", VERSION);
    tree.put("at", at.toString());
    tree.put("event", "summary");
    tree.put("tip", tips.values().iterator().next().value());
    if (tips.size() > 1) {
      tree.put("tips", branches(tips));
    }
    tree.put(
        "changes",
        board.endings().stream()
            .map(ending -> {
              Map<String, Object> end = new LinkedHashMap<>();
              item(end, ending.item(), ending.change().id());
              end.put("end", ending.end().kind().code());
              end.putAll(of(ending.end(), ending.change().target()));
              end.put("elapsed-ms", ending.elapsed().toMillis());
              return end;
            })
            .toList());
    tree.put("elapsed-ms", Duration.between(board.startedAt(), at).toMillis());
    tree.put("builds", board.buildsStarted());
    tree.put("builds-cancelled", board.buildsCancelled());
    return tree;
  }

  /** An end, as one of its changes sees it whose branch is the given one. */
  static Map<String, Object> of(ItemEnd end, BranchRef target) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("outcome", end.outcome().code());
    tree.put("cause", end.cause().code());
    tree.put("reason", end.reason());
    Content base = end.base().get(target);
    if (base != null) {
      tree.put("base", base.value());
    }
    Content content = end.contents().get(target);
    if (content != null) {
      tree.put("content", content.value());
    }
    contents(tree, end.contents());
    tree.put("jobs", end.jobs().stream().map(GateDocument::of).toList());
    return tree;
  }

  private static Map<String, Object> of(ItemEnd.JobEnd job) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("change", job.change().value());
    tree.put("job", job.job().value());
    tree.put("definition", job.definition());
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
