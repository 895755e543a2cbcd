package dev.headgate.cli;

import dev.headgate.gate.BuildState;
import dev.headgate.gate.ItemEnd;
import dev.headgate.gate.Row;
import dev.headgate.model.Verdict;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The queue, drawn again in place at the bottom of a terminal; what people must not miss scrolls
 * away above it.
 *
 * <p>Lines are cut to the terminal's width: a line that wraps would take the cursor where it is not
 * expected.
 */
final class LiveDisplay implements Display {
  /** A taller picture would scroll, and what scrolled cannot be drawn again. */
  private static final int MOST_ITEMS = 15;

  /** Ten pictures a second are smooth; more only load the terminal. */
  private static final Duration BETWEEN_PICTURES = Duration.ofMillis(100);

  private static final int LEAST_NAME_COLUMNS = 12;
  private static final int MOST_NAME_COLUMNS = 28;

  private final PrintStream out;
  private final NoticeLines lines;
  private final Style style;
  private final String branch;
  private final IntSupplier columns;
  private final Clock clock;
  private int drawn;
  private Instant drawnAt = Instant.MIN;

  LiveDisplay(PrintStream out, String branch, Style style, IntSupplier columns, Clock clock) {
    this.out = out;
    this.lines = new NoticeLines(branch, style);
    this.style = style;
    this.branch = branch;
    this.columns = columns;
    this.clock = clock;
    out.print("\u001b[?25l");
  }

  @Override
  public void show(Notice notice, Board board) {
    List<String> important = lines.important(notice);
    if (important.isEmpty()) {
      tick(board);
      return;
    }
    erase();
    important.forEach(out::println);
    draw(board);
  }

  @Override
  public void tick(Board board) {
    if (!drawnAt.equals(Instant.MIN)
        && Duration.between(drawnAt, clock.instant()).compareTo(BETWEEN_PICTURES) < 0) {
      return;
    }
    erase();
    draw(board);
  }

  @Override
  public void close() {
    erase();
    out.print("\u001b[?25h");
    out.flush();
  }

  private void erase() {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A\r\u001b[J");
      drawn = 0;
    }
  }

  private void draw(Board board) {
    List<String> picture = picture(board);
    picture.forEach(out::println);
    out.flush();
    drawn = picture.size();
    drawnAt = clock.instant();
  }

  private List<String> picture(Board board) {
    Instant now = clock.instant();
    int width = columns.getAsInt() - 1;
    List<Row.Item> items = board.items();
    List<String> picture = new ArrayList<>();
    picture.add("");
    picture.add(header(board, items.size(), now, width));
    int names = nameColumns(items);
    for (Row.Item item : items.subList(0, Math.min(MOST_ITEMS, items.size()))) {
      picture.add(row(board, item, now, names, width));
    }
    if (items.size() > MOST_ITEMS) {
      picture.add(style.faint("  and " + (items.size() - MOST_ITEMS) + " more"));
    }
    return picture;
  }

  private String header(Board board, int queued, Instant now, int width) {
    long landed = board.endings().stream().filter(ending -> isGood(ending.end())).count();
    long others = board.endings().size() - landed;
    String text =
        "%s  %d queued, %d landed, %d not, %s, %s"
            .formatted(
                branch,
                queued,
                landed,
                others,
                Wording.count(board.buildsStarted(), "build"),
                Wording.elapsed(Duration.between(board.startedAt(), now)));
    return style.strong(Wording.fit(text, width));
  }

  private static boolean isGood(ItemEnd end) {
    return end.kind() == ItemEnd.Kind.LANDED || end.kind() == ItemEnd.Kind.PASSED;
  }

  private static int nameColumns(List<Row.Item> items) {
    int longest = items.stream().mapToInt(item -> name(item).length()).max().orElse(0);
    return Math.clamp(longest, LEAST_NAME_COLUMNS, MOST_NAME_COLUMNS);
  }

  private static String name(Row.Item item) {
    return Notice.Subject.of(item.queue().pipeline(), item.changes()).name();
  }

  /** The plain text decides what fits; colour is put on afterwards. */
  private String row(Board board, Row.Item item, Instant now, int names, int width) {
    String name = Wording.fit(Wording.printable(name(item)), names);
    StringBuilder line = new StringBuilder("  " + name + " ".repeat(names - name.length()) + "  ");
    int used = line.length();
    List<BuildView> builds = board.buildsOf(item.id());
    if (builds.isEmpty()) {
      return line + style.faint(Wording.fit(state(board, item), width - used));
    }
    for (BuildView build : builds) {
      String text = build(build, now);
      if (used + text.length() + 2 > width) {
        line.append(style.faint("…"));
        return line.toString();
      }
      line.append(colour(build, text)).append("  ");
      used += text.length() + 2;
    }
    String path = "on " + Wording.path(branch, board.assumed(item));
    if (used + LEAST_NAME_COLUMNS < width) {
      line.append(style.faint(Wording.fit(path, width - used)));
    }
    return line.toString();
  }

  private String state(Board board, Row.Item item) {
    if (!item.held().isEmpty()) {
      return "is held: " + Wording.printable(item.held());
    }
    return switch (item.state()) {
      case WAITING -> "waits for the item ahead";
      case PREPARING -> "is being merged onto " + Wording.path(branch, board.assumed(item));
      case TESTING -> "waits for a worker, on " + Wording.path(branch, board.assumed(item));
      case UNBUILDABLE -> "cannot be built on " + Wording.path(branch, board.assumed(item));
      case LANDING -> "is landing";
    };
  }

  private static String build(BuildView build, Instant now) {
    Row.Build row = build.row();
    String counts = counts(build);
    return switch (row.state()) {
      case STARTING -> row.job() + " …";
      case RUNNING -> row.job() + " " + counts + Wording.elapsed(build.elapsed(now));
      case PAUSED -> row.job() + " waits for what needs it";
      case CANCELLING -> row.job() + " ending";
      case ENDED -> row.job() + " " + counts + mark(row.verdict());
    };
  }

  private static String counts(BuildView build) {
    if (build.passedTests() + build.failedTests() + build.skippedTests() == 0) {
      return "";
    }
    String passed = build.passedTests() + build.skippedTests() + "✓ ";
    return build.failedTests() == 0 ? passed : passed + build.failedTests() + "✗ ";
  }

  private static String mark(@Nullable Verdict verdict) {
    return verdict != null && verdict.kind() == Verdict.Kind.PASSED ? "passed" : "failed";
  }

  private String colour(BuildView build, String text) {
    Verdict verdict = build.row().verdict();
    if (build.row().state() == BuildState.ENDED && verdict != null) {
      return verdict.kind() == Verdict.Kind.PASSED ? style.good(text) : style.bad(text);
    }
    return build.failedTests() > 0 ? style.bad(text) : text;
  }
}
