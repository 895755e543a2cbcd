package dev.headgate.cli;

import dev.headgate.gate.ItemEnd;
import dev.headgate.model.Content;
import dev.headgate.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Notices as lines for people. */
record NoticeLines(String branch, Style style) {

  /** All that is worth a line in a log; empty if the notice is not. */
  List<String> all(Notice notice) {
    return switch (notice) {
      case Notice.Queued n -> List.of(line(n.change().id(), "queued" + title(n.change().title())));
      case Notice.Merged n ->
          List.of(
              line(
                  n.item().name(),
                  "merged onto "
                      + Wording.path(branch, n.assumed())
                      + style.faint(" as " + Wording.commit(n.content()))));
      case Notice.BuildStarted n ->
          List.of(
              line(
                  n.change(),
                  n.job() + " started" + style.faint(" (build " + n.build() + attempt(n) + ")")));
      case Notice.BuildEnded n when n.verdict().kind() == Verdict.Kind.PASSED ->
          List.of(
              line(
                  n.change(),
                  n.job()
                      + " "
                      + style.good("passed")
                      + " in "
                      + Wording.elapsed(n.elapsed())
                      + comma(Wording.tests(n.tests()))
                      + style.faint(" (build " + n.build() + ")")));
      case Notice.BuildCancelled n ->
          List.of(
              line(n.change(), n.job() + " cancelled" + style.faint(" (build " + n.build() + ")")));
      case Notice.TestEnded n when !n.failed() -> List.of();
      case Notice.Resumed n -> important(n);
      case Notice.Unbuildable n -> important(n);
      case Notice.Restarted n -> important(n);
      case Notice.Explained n -> important(n);
      case Notice.TestEnded n -> important(n);
      case Notice.BuildEnded n -> important(n);
      case Notice.Ended n -> important(n);
      case Notice.Warned n -> important(n);
    };
  }

  /** What is worth a line even above a live display, which shows the rest itself. */
  List<String> important(Notice notice) {
    return switch (notice) {
      case Notice.Resumed n ->
          List.of(
              style.warning("resuming")
                  + " an unfinished queue: "
                  + n.changes().stream().map(Object::toString).collect(Collectors.joining(", ")));
      case Notice.Unbuildable n ->
          block(
              line(
                  n.item().name(),
                  style.bad("cannot be merged or built")
                      + " on "
                      + Wording.path(branch, n.assumed())),
              n.reason().lines().toList());
      case Notice.Restarted n ->
          List.of(line(n.item().name(), style.warning("restarted") + ": " + text(n.reason())));
      case Notice.Explained n -> block(explained(n), n.waited());
      case Notice.TestEnded n when n.failed() ->
          block(
              line(
                  n.change(),
                  style.bad(n.status().toUpperCase(Locale.ROOT))
                      + " "
                      + style.strong(text(n.test()))
                      + style.faint(" (" + n.job() + ", build " + n.build() + ")")),
              n.lines());
      case Notice.BuildEnded n when n.verdict().kind() != Verdict.Kind.PASSED -> failedBuild(n);
      case Notice.Ended n -> List.of(ended(n));
      case Notice.Warned n -> List.of(style.warning("warning: ") + text(n.text()));
      case Notice.Queued n -> List.of();
      case Notice.Merged n -> List.of();
      case Notice.BuildStarted n -> List.of();
      case Notice.BuildEnded n -> List.of();
      case Notice.BuildCancelled n -> List.of();
      case Notice.TestEnded n -> List.of();
    };
  }

  private List<String> failedBuild(Notice.BuildEnded n) {
    if (n.verdict().kind() == Verdict.Kind.NONE) {
      return List.of();
    }
    String what =
        switch (n.verdict().kind()) {
          case ENVIRONMENT -> style.warning("could not be run to its end");
          case FAILED, PASSED, NONE ->
              n.voting() ? style.bad("failed") : style.warning("failed (not voting)");
        };
    String line =
        line(
            n.change(),
            n.job()
                + " "
                + what
                + " after "
                + Wording.elapsed(n.elapsed())
                + ": "
                + text(n.verdict().reason())
                + style.faint(" (build " + n.build() + ")")
                + (n.again() ? ", " + style.warning("tried again") : ""));
    return block(line, n.lines());
  }

  private String ended(Notice.Ended n) {
    ItemEnd end = n.end();
    return switch (end.kind()) {
      case LANDED ->
          line(
              n.change().id(),
              style.good(end.reason()) + as(end.contents().get(n.change().target())));
      case PASSED -> line(n.change().id(), style.good("passed") + " in " + n.item().pipeline());
      case REJECTED ->
          line(n.change().id(), style.bad("rejected") + ": " + firstLine(end.reason()));
      case WITHDRAWN ->
          line(n.change().id(), style.warning("withdrawn") + ": " + firstLine(end.reason()));
    };
  }

  private static String as(@Nullable Content content) {
    return content == null ? "" : " as " + Wording.commit(content);
  }

  private String explained(Notice.Explained n) {
    List<String> restarts = n.restarts();
    String why = restarts.isEmpty() ? "never restarted" : "restarted";
    if (!restarts.isEmpty()) {
      why +=
          " " + Wording.count(restarts.size(), "time") + ": " + text(String.join("; ", restarts));
    }
    String waits = n.waited().isEmpty() ? "" : n.queued() ? "; waits:" : "; waited:";
    return line(n.change(), style.faint("explained") + ": " + why + waits);
  }

  private static String firstLine(String reason) {
    return text(reason.lines().findFirst().orElse(""));
  }

  private List<String> block(String head, List<String> body) {
    List<String> lines = new ArrayList<>();
    lines.add(head);
    body.forEach(text -> lines.add(style.faint("    | ") + text(text)));
    return lines;
  }

  private String line(Object change, String what) {
    return style.strong(text(change.toString())) + "  " + what;
  }

  private static String title(String title) {
    return title.isEmpty() ? "" : ": " + text(title);
  }

  private static String attempt(Notice.BuildStarted n) {
    return n.attempt() == 1 ? "" : ", attempt " + n.attempt();
  }

  private static String comma(String text) {
    return text.isEmpty() ? "" : ", " + text;
  }

  private static String text(String text) {
    return Wording.printable(text);
  }
}
