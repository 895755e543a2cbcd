package dev.headgate.cli;

import dev.headgate.gate.ItemEnd;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Content;
import dev.headgate.model.Verdict;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The table at the end of {@code headgate gate}. */
record GateSummary(PrintStream out, Style style, int width) {
  private static final int GAP = 2;
  private static final int MOST_NAME_COLUMNS = 32;
  private static final int MOST_REASON_LINES = 8;

  /**
   * Prints it.
   *
   * @param tips where the branches are that were landed on, that of the current repository first
   */
  void print(Board board, Map<BranchRef, Content> tips, Instant now) {
    List<Board.Ending> endings = board.endings();
    int names = endings.stream().mapToInt(ending -> name(ending).length()).max().orElse(0) + GAP;
    out.println();
    for (Board.Ending ending : endings) {
      row(ending, names);
    }
    if (!endings.isEmpty()) {
      out.println();
    }
    out.println(totals(board, tips, now));
  }

  private static String name(Board.Ending ending) {
    return Wording.fit(Wording.printable(ending.change().id().value()), MOST_NAME_COLUMNS);
  }

  private void row(Board.Ending ending, int names) {
    ItemEnd end = ending.end();
    String name = name(ending);
    String left = "  " + name + " ".repeat(names - name.length());
    String word = "%-9s  ".formatted(end.kind().code());
    String right = "  " + Wording.elapsed(ending.elapsed());
    int room = Math.max(20, width - left.length() - word.length() - right.length());
    List<String> text = wrap(what(ending), room);
    for (int i = 0; i < text.size(); i++) {
      String head = i == 0 ? left + colour(end, word) : " ".repeat(left.length() + word.length());
      String line = text.get(i);
      out.println(
          head + line + (i == 0 ? " ".repeat(Math.max(0, room - line.length())) + right : ""));
    }
  }

  private static String what(Board.Ending ending) {
    ItemEnd end = ending.end();
    if (end.kind() != ItemEnd.Kind.LANDED && end.kind() != ItemEnd.Kind.PASSED) {
      return end.reason();
    }
    String jobs = end.jobs().stream().map(GateSummary::job).collect(Collectors.joining(", "));
    String commit = ending.content().map(Wording::commit).orElse("");
    return jobs.isEmpty() ? commit + "  no job applies" : commit + "  " + jobs;
  }

  private static String job(ItemEnd.JobEnd job) {
    String text = job.job().value();
    if (job.verdict().kind() != Verdict.Kind.PASSED) {
      text += " failed (not voting)";
    }
    if (job.tests().total() > 0) {
      text += " " + Wording.tests(job.tests());
    }
    return job.builds() == 1 ? text : text + " in build " + job.builds();
  }

  private String colour(ItemEnd end, String word) {
    return switch (end.kind()) {
      case LANDED, PASSED -> style.good(word);
      case REJECTED -> style.bad(word);
      case WITHDRAWN -> style.warning(word);
    };
  }

  private String totals(Board board, Map<BranchRef, Content> tips, Instant now) {
    long landed = count(board, ItemEnd.Kind.LANDED);
    long passed = count(board, ItemEnd.Kind.PASSED);
    long rejected = count(board, ItemEnd.Kind.REJECTED);
    long withdrawn = count(board, ItemEnd.Kind.WITHDRAWN);
    List<String> parts = new ArrayList<>();
    if (landed > 0 || passed == 0) {
      parts.add(style.strong(landed + " landed"));
    }
    if (passed > 0) {
      parts.add(style.strong(passed + " passed"));
    }
    parts.add(rejected + " rejected");
    if (withdrawn > 0) {
      parts.add(withdrawn + " withdrawn");
    }
    parts.add(Wording.elapsed(Duration.between(board.startedAt(), now)));
    parts.add(
        Wording.count(board.buildsStarted(), "build")
            + (board.buildsCancelled() == 0 ? "" : " (" + board.buildsCancelled() + " cancelled)"));
    tips.forEach((branch, tip) ->
        parts.add((tips.size() == 1 ? branch.branch() : branch) + " is at " + Wording.commit(tip)));
    return String.join(", ", parts);
  }

  private static long count(Board board, ItemEnd.Kind kind) {
    return board.endings().stream().filter(ending -> ending.end().kind() == kind).count();
  }

  /** Breaks at blanks where it can; bounded, because a reason may hold a whole file of problems. */
  private static List<String> wrap(String text, int columns) {
    List<String> lines = new ArrayList<>();
    for (String line : text.lines().map(Wording::printable).toList()) {
      String rest = line;
      while (rest.length() > columns) {
        int blank = rest.lastIndexOf(' ', columns);
        int cut = blank > columns / 2 ? blank : columns;
        lines.add(rest.substring(0, cut));
        rest = rest.substring(cut).strip();
      }
      lines.add(rest);
    }
    if (lines.size() > MOST_REASON_LINES) {
      lines.subList(MOST_REASON_LINES - 1, lines.size()).clear();
      lines.add("… `headgate explain` shows the rest");
    }
    return lines.isEmpty() ? List.of("") : lines;
  }
}
