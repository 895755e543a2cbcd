package dev.headgate.cli;

import dev.headgate.subunit.Attachment;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestResult;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What {@code trace} prints: lines that stay, and on a terminal below them a picture of what each
 * worker runs, drawn again in place.
 */
final class Trace implements AutoCloseable {
  /**
   * What is wanted of it.
   *
   * @param passed a line also for tests that did not fail
   * @param text what programs print
   * @param slowest how many of the slowest tests at the end
   */
  record Shown(boolean passed, boolean text, int slowest) {}

  /** A taller picture would scroll, and what scrolled cannot be drawn again. */
  private static final int MOST_LANES = 16;

  /** Workers beyond these are counted together: more than any farm has. */
  private static final int MOST_WORKERS = 1_000;

  /** More names at the end than that are scrolled past, not read. */
  private static final int MOST_FAILED = 100;

  private static final Duration BETWEEN_PICTURES = Duration.ofMillis(100);
  private static final Comparator<TestResult> BY_DURATION =
      Comparator.comparing((TestResult result) -> result.duration().orElse(Duration.ZERO));

  /** What a route has done, and does. */
  private static final class Lane {
    final Map<String, Instant> running = new LinkedHashMap<>();
    long tests;
    Duration inTests = Duration.ZERO;
  }

  private final PrintStream out;
  private final Style style;
  private final boolean live;
  private final IntSupplier columns;
  private final Clock clock;
  private final Shown shown;
  private final Map<String, Lane> lanes = new TreeMap<>();
  private final Map<Status, Long> counts = new TreeMap<>();
  private final PriorityQueue<TestResult> slowest = new PriorityQueue<>(BY_DURATION);
  private final List<String> failed = new ArrayList<>();
  private final Instant begun;
  private @Nullable Instant first;
  private @Nullable Instant last;
  private boolean inLine;
  private int drawn;
  private Instant drawnAt = Instant.MIN;

  Trace(PrintStream out, Style style, boolean live, IntSupplier columns, Clock clock, Shown shown) {
    this.out = out;
    this.style = style;
    this.live = live;
    this.columns = columns;
    this.clock = clock;
    this.shown = shown;
    this.begun = clock.instant();
    if (live) {
      out.print("\u001b[?25l");
    }
  }

  // What happens.

  /** Takes an event: who runs what, and what it says of no test. */
  void event(Event event) {
    Instant time = event.timestamp();
    if (time != null) {
      first = first == null || time.isBefore(first) ? time : first;
      last = last == null || time.isAfter(last) ? time : last;
    }
    String test = event.testId();
    if (test == null) {
      ofRun(event);
      return;
    }
    if (event.status() == Status.INPROGRESS) {
      lane(event.routeCode()).running.put(test, clock.instant());
    } else if (event.status().isFinal()) {
      lane(event.routeCode()).running.remove(test);
    }
  }

  private void ofRun(Event event) {
    if (event.status().isFailure()) {
      String where = event.routeCode() == null ? "the run" : event.routeCode();
      line(style.bad("failed") + "  " + Wording.printable(String.valueOf(where)) + " as a whole");
    }
    if (event.hasFile()) {
      text(event.fileContent());
    }
  }

  private Lane lane(@Nullable String route) {
    String name = route == null ? "" : route;
    boolean known = lanes.containsKey(name) || lanes.size() < MOST_WORKERS;
    return lanes.computeIfAbsent(known ? name : "others", key -> new Lane());
  }

  /** Takes output of programs. */
  void text(Bytes bytes) {
    if (!shown.text || bytes.isEmpty()) {
      return;
    }
    erase();
    out.print(LogText.harmless(bytes.utf8()));
    inLine = bytes.at(bytes.length() - 1) != '\n';
  }

  /** Takes the result of a test. */
  void ended(TestResult result) {
    Status status = result.status();
    if (status == Status.EXISTS || status == Status.NONE) {
      return;
    }
    counts.merge(status, 1L, Long::sum);
    Lane lane = lane(result.key().route());
    lane.tests++;
    lane.running.remove(result.key().testId());
    result
        .duration()
        .ifPresent(taken -> {
          lane.inTests = lane.inTests.plus(taken);
          remember(result);
        });
    boolean bad = status.isFailure() || status == Status.INPROGRESS;
    if (bad || shown.passed) {
      line(said(result));
    }
    if (bad) {
      if (failed.size() < MOST_FAILED) {
        failed.add(result.key().testId());
      }
      result.attachments().forEach(this::attachment);
    } else if (status == Status.SKIP && shown.passed) {
      result.attachments().stream()
          .filter(file -> file.name().equals("reason"))
          .forEach(this::attachment);
    }
  }

  private void remember(TestResult result) {
    // Without its attachments, which may be large.
    slowest.add(
        new TestResult(
            result.key(),
            result.status(),
            List.of(),
            result.began(),
            result.ended(),
            result.lastSeen(),
            List.of(),
            0));
    if (slowest.size() > shown.slowest) {
      slowest.remove();
    }
  }

  private String said(TestResult result) {
    String time = result.duration().map(StreamLsCommand::seconds).orElse("");
    String attempt = result.key().attempt() > 1 ? " (attempt " + result.key().attempt() + ")" : "";
    String route = result.key().route();
    return "%10s  %s  %s%s%s"
        .formatted(
            time,
            word(result.status()),
            Wording.printable(result.key().testId()),
            style.faint(attempt),
            route.isEmpty() ? "" : style.faint("  " + Wording.printable(route)));
  }

  private String word(Status status) {
    return switch (status) {
      case SUCCESS -> style.good("passed");
      case XFAIL -> style.good("xfail ");
      case SKIP -> style.warning("skip  ");
      case FAIL -> style.bad("FAILED");
      case UXSUCCESS -> style.bad("UXPASS");
      case INPROGRESS -> style.bad("LOST  ");
      case NONE, EXISTS -> "";
    };
  }

  private void attachment(Attachment file) {
    if (file.length() == 0) {
      return;
    }
    String type = file.mimeType() == null ? "" : file.mimeType();
    boolean text = type.isEmpty() || type.startsWith("text/") || type.contains("traceback");
    line(style.strong("    " + Wording.printable(file.name())));
    if (!text) {
      line("    | " + Wording.count(file.length(), "byte") + " of " + Wording.printable(type));
      return;
    }
    file.text().lines().forEach(line -> line(style.faint("    | ") + Wording.printable(line)));
  }

  private void line(String line) {
    erase();
    if (inLine) {
      out.println();
      inLine = false;
    }
    out.println(line);
  }

  // The picture.

  /** Draws the picture, if one is drawn and it is time. */
  void tick() {
    if (!live) {
      out.flush();
      return;
    }
    Instant now = clock.instant();
    boolean soon =
        !drawnAt.equals(Instant.MIN)
            && Duration.between(drawnAt, now).compareTo(BETWEEN_PICTURES) < 0;
    if (soon && drawn > 0) {
      return;
    }
    erase();
    if (inLine) {
      out.println();
      inLine = false;
    }
    List<String> picture = picture(now, columns.getAsInt() - 1);
    picture.forEach(out::println);
    out.flush();
    drawn = picture.size();
    drawnAt = now;
  }

  private List<String> picture(Instant now, int width) {
    List<String> picture = new ArrayList<>();
    picture.add(style.strong(Wording.fit(summary(Duration.between(begun, now)), width)));
    List<Map.Entry<String, Lane>> busy =
        lanes.entrySet().stream().filter(lane -> !lane.getValue().running.isEmpty()).toList();
    int names =
        busy.stream().mapToInt(lane -> Wording.printable(lane.getKey()).length()).max().orElse(0);
    names = Math.min(names, 24);
    for (Map.Entry<String, Lane> lane : busy.subList(0, Math.min(MOST_LANES, busy.size()))) {
      picture.add(row(lane.getKey(), lane.getValue(), names, now, width));
    }
    if (busy.size() > MOST_LANES) {
      picture.add(style.faint("  and " + (busy.size() - MOST_LANES) + " more"));
    }
    return picture;
  }

  private String row(String route, Lane lane, int names, Instant now, int width) {
    Map.Entry<String, Instant> oldest = lane.running.entrySet().iterator().next();
    String name = Wording.fit(Wording.printable(route), names);
    String before =
        "  "
            + name
            + " ".repeat(names - name.length())
            + (names == 0 ? "" : "  ")
            + "%7s  ".formatted(Wording.elapsed(Duration.between(oldest.getValue(), now)));
    String others = lane.running.size() > 1 ? "  and " + (lane.running.size() - 1) + " more" : "";
    String test = Wording.printable(oldest.getKey());
    int room = Math.max(8, width - before.length() - others.length());
    // The end of an id says more than its beginning.
    String shownTest =
        test.length() <= room ? test : "…" + test.substring(test.length() - room + 1);
    return style.faint(before) + shownTest + style.faint(others);
  }

  private void erase() {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A\r\u001b[J");
      drawn = 0;
    }
  }

  // The end.

  private String summary(Duration taken) {
    List<String> parts = new ArrayList<>();
    parts.add(Wording.count(total(), "test"));
    add(parts, count(Status.SUCCESS) + count(Status.XFAIL), "passed");
    add(parts, count(Status.FAIL), "failed");
    add(parts, count(Status.UXSUCCESS), "passed unexpectedly");
    add(parts, count(Status.INPROGRESS), "lost");
    add(parts, count(Status.SKIP), "skipped");
    return String.join(", ", parts) + " in " + Wording.elapsed(taken);
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }

  private long count(Status status) {
    return counts.getOrDefault(status, 0L);
  }

  private long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Says what there is to say when nothing more comes.
   *
   * @param bad whether the stream holds a failure of whatever kind
   */
  void finish(boolean bad) {
    erase();
    if (shown.slowest > 0 && !slowest.isEmpty()) {
      line("");
      line(style.strong("slowest"));
      List<TestResult> sorted = new ArrayList<>(slowest);
      sorted.sort(BY_DURATION.reversed());
      for (TestResult result : sorted) {
        line(
            "%10s  %s"
                .formatted(
                    result.duration().map(StreamLsCommand::seconds).orElse(""),
                    Wording.printable(result.key().testId())));
      }
    }
    if (lanes.size() > 1) {
      line("");
      line(style.strong("workers"));
      lanes.forEach((route, lane) ->
          line(
              "%10s  %6d  %s"
                  .formatted(
                      StreamLsCommand.seconds(lane.inTests),
                      lane.tests,
                      route.isEmpty() ? "(no route)" : Wording.printable(route))));
    }
    if (!failed.isEmpty()) {
      line("");
      line(style.strong("failed"));
      failed.forEach(test -> line("  " + Wording.printable(test)));
      long all = count(Status.FAIL) + count(Status.UXSUCCESS) + count(Status.INPROGRESS);
      if (all > failed.size()) {
        line("  and " + (all - failed.size()) + " more");
      }
    }
    line("");
    Duration taken =
        first == null || last == null
            ? Duration.between(begun, clock.instant())
            : Duration.between(first, last);
    line(bad ? style.bad(summary(taken)) : style.good(summary(taken)));
  }

  @Override
  public void close() {
    erase();
    if (live) {
      out.print("\u001b[?25h");
    }
    out.flush();
  }
}
