package dev.headgate.cli;

import dev.headgate.conduct.Conductor;
import dev.headgate.conduct.History;
import dev.headgate.gate.Explanation;
import dev.headgate.gate.Gate;
import dev.headgate.gate.GateSettings;
import dev.headgate.gate.ItemEnd;
import dev.headgate.model.BranchRef;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import java.io.PrintStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code headgate explain}: what a change waits for, why it was restarted, how it ended. */
@Command(
    name = "explain",
    description = "Says what a change waits for, why it was restarted and how it ended.",
    sortOptions = false)
final class ExplainCommand implements Callable<ExitCode> {
  private final Invocation invocation;

  @Parameters(paramLabel = "CHANGE", description = "The branch, as it was given to the gate.")
  String change = "";

  @Option(names = "--json", description = "One JSON document.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  ExplainCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() {
    try (Site site = Site.look(invocation)) {
      ChangeId id = new ChangeId(change);
      Gate gate = Conductor.view(site.store(), GateSettings.DEFAULT);
      Optional<Explanation> now = gate.explain(id);
      List<History.Fact> past = History.of(site.store(), id);
      if (now.isEmpty() && past.isEmpty()) {
        throw CommandFailure.usage(
            "no change named " + change + " was gated in this repository", unknownAdvice(site));
      }
      PrintStream out = invocation.console().out();
      if (json) {
        out.println(JsonText.of(document(now, past)));
      } else {
        print(out, now, past);
      }
      return ExitCode.SUCCESS;
    }
  }

  private String unknownAdvice(Site site) {
    List<String> names =
        History.recent(site.store(), 200).stream().map(ExplainCommand::nameOf).distinct().toList();
    List<String> near = Nearest.to(change, names);
    return near.isEmpty()
        ? "`headgate last` lists what was"
        : "did you mean " + String.join(" or ", near) + "?";
  }

  private static String nameOf(History.Fact fact) {
    return switch (fact) {
      case History.Fact.Ended ended -> ended.change().id().value();
      case History.Fact.Restarted restarted -> restarted.change().value();
    };
  }

  private void print(PrintStream out, Optional<Explanation> now, List<History.Fact> past) {
    Style style = new Style(invocation.console().terminal().coloursOnOut());
    out.println(style.strong(Wording.printable(change)));
    for (History.Fact fact : past) {
      out.println("  " + style.faint(Times.local(fact.at())) + "  " + sentence(fact, style));
    }
    now.ifPresent(explanation -> print(out, style, explanation));
  }

  private static String sentence(History.Fact fact, Style style) {
    return switch (fact) {
      case History.Fact.Restarted restarted ->
          style.warning("restarted") + ": " + indented(restarted.reason());
      case History.Fact.Ended ended -> ended(ended, style) + jobs(ended.end());
    };
  }

  private static String ended(History.Fact.Ended ended, Style style) {
    ItemEnd end = ended.end();
    Content content = end.contents().get(ended.change().target());
    String commit = content == null ? "" : " as " + Wording.commit(content);
    String with = ended.with().isEmpty() ? "" : ", together with " + names(ended.with());
    return switch (end.kind()) {
      case LANDED -> style.good(end.reason()) + commit + with;
      case PASSED -> style.good("passed") + " in " + ended.pipeline() + commit + with;
      case REJECTED -> style.bad("rejected") + with + ": " + indented(end.reason());
      case WITHDRAWN -> style.warning("withdrawn") + with + ": " + indented(end.reason());
    };
  }

  private static String names(List<ChangeId> changes) {
    return changes.stream()
        .map(change -> Wording.printable(change.value()))
        .collect(Collectors.joining(", "));
  }

  private static String jobs(ItemEnd end) {
    StringBuilder text = new StringBuilder();
    for (ItemEnd.JobEnd job : end.jobs()) {
      String tests = Wording.tests(job.tests());
      text.append("\n      ")
          .append(job.job())
          .append(": ")
          .append(job.verdict().kind().code())
          .append(job.verdict().reason().isEmpty() ? "" : ", " + job.verdict().reason())
          .append(tests.isEmpty() ? "" : ", " + tests)
          .append(" (`headgate log ")
          .append(job.build())
          .append("`)");
    }
    return text.toString();
  }

  private static String indented(String text) {
    List<String> lines = text.lines().map(Wording::printable).toList();
    return String.join("\n      ", lines);
  }

  private static void print(PrintStream out, Style style, Explanation now) {
    out.println(
        "  "
            + style.strong(now.state().code())
            + ", place "
            + now.position()
            + " of "
            + now.length()
            + " in the queue "
            + Wording.printable(now.queue().toString()));
    if (!now.with().isEmpty()) {
      out.println("  lands together with " + names(now.with()) + ", or not at all");
    }
    if (!now.base().isEmpty()) {
      out.println(
          "  built on "
              + now.base().values().stream().map(Wording::commit).collect(Collectors.joining(", "))
              + (now.assumed().isEmpty()
                  ? ""
                  : ", which assumes that " + names(now.assumed()) + " will have landed"));
    }
    for (String wait : now.waitsFor()) {
      out.println("  waits: " + indented(wait));
    }
    if (now.restarts() > 0) {
      out.println(
          "  restarted "
              + Wording.count(now.restarts(), "time")
              + ", last because "
              + now.lastRestart());
    }
  }

  private Map<String, Object> document(Optional<Explanation> now, List<History.Fact> past) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("v", 1);
    tree.put("change", change);
    now.ifPresent(explanation -> tree.put("queued", document(explanation)));
    List<Map<String, Object>> facts = new ArrayList<>();
    past.forEach(fact -> facts.add(document(fact)));
    tree.put("history", facts);
    return tree;
  }

  private static Map<String, Object> document(Explanation now) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("pipeline", now.queue().pipeline().value());
    tree.put("queue", now.queue().name());
    tree.put("with", now.with().stream().map(ChangeId::value).toList());
    tree.put("state", now.state().code());
    tree.put("position", now.position());
    tree.put("length", now.length());
    tree.put("assumed", now.assumed().stream().map(ChangeId::value).toList());
    put(tree, "base", now.base());
    put(tree, "content", now.contents());
    tree.put("waits-for", now.waitsFor());
    tree.put("restarts", now.restarts());
    tree.put("last-restart", now.lastRestart());
    return tree;
  }

  /** Of several branches each by its name, of one the content alone. */
  private static void put(Map<String, Object> tree, String name, Map<BranchRef, Content> contents) {
    if (contents.size() > 1) {
      tree.put(name + "s", GateDocument.branches(contents));
    } else {
      contents.values().forEach(content -> tree.put(name, content.value()));
    }
  }

  private static Map<String, Object> document(History.Fact fact) {
    Map<String, Object> tree = new LinkedHashMap<>();
    Instant at = fact.at();
    tree.put("at", at.toString());
    switch (fact) {
      case History.Fact.Restarted restarted -> {
        tree.put("event", "restarted");
        tree.put("reason", restarted.reason());
      }
      case History.Fact.Ended ended -> {
        tree.put("event", ended.end().kind().code());
        tree.put("pipeline", ended.pipeline().value());
        tree.put("with", ended.with().stream().map(ChangeId::value).toList());
        tree.putAll(GateDocument.of(ended.end(), ended.change().target()));
      }
    }
    return tree;
  }
}
