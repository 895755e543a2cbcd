package dev.headgate.reports;

import dev.headgate.reports.Problem.Kind;
import dev.headgate.reports.TapLevel.Pending;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Test Anything Protocol, versions 12 to 14 (testanything.org), with the subtests and the
 * diagnostics of Perl's Test::More, node-tap and Node's own runner.
 *
 * <p>A point is told when the line after its diagnostics has come. {@code not ok # TODO} is an
 * expected failure, {@code ok # TODO} an unexpected success, and {@code SKIP} a skip whatever
 * stands before it. A test that was planned and did not come is a failed test, and so is a plan
 * that more tests came than.
 */
final class TapReader extends LineReader {
  /** Subtests nest less deeply than this. */
  private static final int MAX_LEVELS = 64;

  /** Tests that were planned and did not come, told one by one. */
  private static final int MAX_MISSING = 1000;

  /** Indentation of subtests that nothing announced (TAP 14). */
  private static final int INDENT = 4;

  /** Keys of diagnostics that become files and times, so that the block need not be kept. */
  private static final Set<String> KNOWN =
      Set.of(
          "message",
          "error",
          "traceback",
          "trace",
          "stack",
          "stdout",
          "stderr",
          "duration_ms",
          "type",
          "location",
          "exception");

  private final ReportClock clock;
  private final TestNames names = new TestNames();
  private final List<TapLevel> levels = new ArrayList<>();
  private int version = 12;
  private boolean anything;
  private boolean bailedOut;
  private boolean strict;
  private boolean told;

  /** The comment at hand has named the level that it stands in, as Perl's do. */
  private boolean openedByComment;

  /** The test whose diagnostic block is open, and the spaces before the block. */
  private @Nullable Pending block;

  private int blockIndent;

  TapReader(ReadSettings settings, ReportSink sink) {
    super(sink);
    clock = new ReportClock(settings.start());
    levels.add(new TapLevel(0, ""));
  }

  private TapLevel level() {
    return levels.getLast();
  }

  @Override
  public void line(String line) {
    int indent = indent(line);
    String content = line.substring(indent).stripTrailing();
    if (block != null) {
      inBlock(block, indent, line, content);
      return;
    }
    if (content.equals("---") && beginBlock(indent)) {
      return;
    }
    TapLine said = TapLine.of(content, version);
    if (said instanceof TapLine.Other || !enter(indent, said)) {
      other(line);
      return;
    }
    anything |= !(said instanceof TapLine.Comment);
    tap(said, line);
  }

  private static int indent(String line) {
    int indent = 0;
    while (indent < line.length() && line.charAt(indent) == ' ') {
      indent++;
    }
    return indent;
  }

  private boolean beginBlock(int indent) {
    for (TapLevel each : levels.reversed()) {
      if (indent > each.indent && each.pending != null) {
        boolean empty = each.pending.yaml.isEmpty();
        block = empty ? each.pending : null;
        blockIndent = indent;
        return empty;
      }
    }
    return false;
  }

  private void inBlock(Pending of, int indent, String line, String content) {
    if (content.equals("...") && indent <= blockIndent) {
      block = null;
      return;
    }
    if (indent < blockIndent
        && !content.isEmpty()
        && !(TapLine.of(content, version) instanceof TapLine.Other)) {
      problem(Kind.MALFORMED, "a diagnostic block that has no end");
      block = null;
      line(line);
      return;
    }
    String own = line.substring(Math.min(indent, blockIndent));
    if (!of.addYaml(own) && !told) {
      told = true;
      problem(Kind.LIMIT, "diagnostics larger than are kept");
    }
  }

  /** Goes to the level of a line; false if its indentation makes it no line of this document. */
  private boolean enter(int indent, TapLine said) {
    TapLevel now = level();
    if (indent > now.indent) {
      return descend(indent, said);
    }
    if (said instanceof TapLine.Comment
        && indent < now.indent
        && TapLine.subtest(text(said)) == null) {
      return true;
    }
    while (levels.size() > 1 && level().indent > indent) {
      finish(levels.removeLast());
    }
    return true;
  }

  private static String text(TapLine said) {
    return said instanceof TapLine.Comment comment ? comment.text() : "";
  }

  private boolean descend(int indent, TapLine said) {
    TapLevel now = level();
    Pending pending = now.pending;
    boolean opened = pending != null && pending.point.opens();
    String subtest = TapLine.subtest(text(said));
    boolean expected = opened || now.announced != null || subtest != null;
    boolean mere = said instanceof TapLine.Comment && subtest == null;
    if (levels.size() == MAX_LEVELS || mere || (!expected && indent != now.indent + INDENT)) {
      return mere;
    }
    String name = now.announced;
    if (opened && pending != null) {
      push(indent, pending.id);
      return true;
    }
    tell(now);
    if (name == null && subtest != null) {
      openedByComment = true;
      push(indent, now.id(subtest));
      return true;
    }
    push(indent, now.id(name == null ? "subtest " + now.next : name));
    return true;
  }

  private void push(int indent, String parent) {
    level().announced = null;
    levels.add(new TapLevel(indent, Findings.cut(parent, Findings.MAX_ID / 2)));
  }

  private void tap(TapLine said, String line) {
    switch (said) {
      case TapLine.Point point -> point(point);
      case TapLine.Plan plan -> plan(plan);
      case TapLine.BailOut bailOut -> bailOut(bailOut.why());
      case TapLine.Version number -> version = levels.size() == 1 ? number.number() : version;
      case TapLine.Pragma pragma -> pragma(pragma.settings());
      case TapLine.Comment comment -> comment(comment.text(), line);
      case TapLine.Close close -> tell(level());
      case TapLine.Other other -> other(line);
    }
  }

  private void point(TapLine.Point point) {
    TapLevel level = level();
    tell(level);
    long number = point.number() < 0 ? level.next : point.number();
    if (number != level.next) {
      problem(Kind.INCONSISTENT, "test " + number + " where test " + level.next + " is next");
    }
    if (!level.see(number)) {
      problem(Kind.INCONSISTENT, "the number " + number + " twice");
    }
    level.next = number + 1;
    level.points++;
    level.announced = null;
    String description = point.description().isEmpty() ? "test " + number : point.description();
    level.pending = new Pending(point, names.unique(level.id(description)));
  }

  private void plan(TapLine.Plan plan) {
    TapLevel level = level();
    tell(level);
    if (level.plan != null) {
      problem(Kind.INCONSISTENT, "a second plan");
      return;
    }
    level.plan = plan;
    if (levels.size() == 1 && plan.last() < plan.first() && !plan.comment().isEmpty()) {
      skipped(plan.comment());
    }
  }

  /** The document was skipped as a whole. */
  private void skipped(String comment) {
    flushOutput();
    String reason = comment.replaceFirst("(?i)^skip\\w*:?\\s*", "");
    Event.Builder event = Event.builder().status(Status.SKIP);
    if (!reason.isEmpty()) {
      event.file(FileNames.REASON, Bytes.ofUtf8(reason)).mimeType(FileText.TEXT).eof(true);
    }
    findings().event(event.build());
  }

  private void bailOut(String why) {
    for (TapLevel level : levels.reversed()) {
      tell(level);
    }
    bailedOut = true;
    failure(names.unique("Bail out!"), why.isEmpty() ? "the tests gave up" : why);
  }

  private void failure(String id, String message) {
    flushOutput();
    TestEvents events = new TestEvents(findings(), id, false);
    events.begin(null);
    events.file(FileNames.MESSAGE, message);
    events.status(Status.FAIL, List.of(FileNames.ERROR_TAG), null);
  }

  private void pragma(String settings) {
    for (String setting : settings.split(",", -1)) {
      if (setting.strip().equals("+strict") || setting.strip().equals("-strict")) {
        strict = setting.strip().startsWith("+");
      }
    }
  }

  private void comment(String text, String line) {
    String subtest = TapLine.subtest(text);
    TapLevel level = level();
    if (subtest != null) {
      tell(level);
      level.announced = openedByComment ? null : subtest;
      openedByComment = false;
      return;
    }
    Pending pending = level.pending;
    if (pending == null || pending.point.ok()) {
      text(line);
    } else if (!pending.addComment(text) && !told) {
      told = true;
      problem(Kind.LIMIT, "diagnostics larger than are kept");
    }
  }

  private void other(String line) {
    if (strict && !line.isBlank()) {
      problem(Kind.MALFORMED, "a line that is no TAP, where the pragma asks for strictness");
    }
    text(line);
  }

  /** Tells the test that waited for its diagnostics. */
  private void tell(TapLevel level) {
    Pending pending = level.pending;
    if (pending == null) {
      return;
    }
    level.pending = null;
    flushOutput();
    Map<String, String> scalars = pending.scalars();
    Duration taken = taken(pending.point, scalars);
    TestEvents events = new TestEvents(findings(), pending.id, level.parent.isEmpty());
    Status status = status(pending.point);
    Instant began = clock.begin(taken);
    events.begin(began);
    files(events, pending, status, scalars);
    events.status(status, List.of(), clock.end(taken));
  }

  private static @Nullable Duration taken(TapLine.Point point, Map<String, String> scalars) {
    if (point.directive().equals("TIME")) {
      return ReportTimes.seconds(point.explanation());
    }
    return ReportTimes.millis(scalars.get("duration_ms"));
  }

  private static Status status(TapLine.Point point) {
    return switch (point.directive()) {
      case "SKIP" -> Status.SKIP;
      case "TODO" -> point.ok() ? Status.UXSUCCESS : Status.XFAIL;
      default -> point.ok() ? Status.SUCCESS : Status.FAIL;
    };
  }

  private static void files(
      TestEvents events, Pending pending, Status status, Map<String, String> scalars) {
    if (!pending.point.directive().equals("TIME")) {
      events.file(FileNames.REASON, pending.point.explanation());
    }
    events.file(FileNames.MESSAGE, first(scalars, "message", "error", "exception"));
    events.file(FileNames.TRACEBACK, first(scalars, "traceback", "stack", "trace"));
    events.file(FileNames.STDOUT, scalars.get("stdout"));
    events.file(FileNames.STDERR, scalars.get("stderr"));
    events.file(FileNames.LOCATION, scalars.get("location"));
    if (!KNOWN.containsAll(scalars.keySet()) || (scalars.isEmpty() && !pending.yaml.isEmpty())) {
      String block = String.join("\n", pending.yaml) + "\n";
      events.file(FileNames.DIAGNOSTICS, FileNames.YAML, block);
    }
    if (!pending.comments.isEmpty() && status != Status.SUCCESS) {
      events.file(FileNames.COMMENTS, pending.comments.toString());
    }
  }

  private static @Nullable String first(Map<String, String> scalars, String... keys) {
    for (String key : keys) {
      String value = scalars.get(key);
      if (value != null && !value.isBlank()) {
        return value;
      }
    }
    return null;
  }

  @Override
  void finish() {
    if (block != null) {
      problem(Kind.TRUNCATED, "the report ends within a diagnostic block");
    }
    while (!levels.isEmpty()) {
      finish(levels.removeLast());
    }
    if (!anything) {
      foreign("no line is TAP");
    }
  }

  /** A level is over: says what its plan lacks. */
  private void finish(TapLevel level) {
    tell(level);
    TapLine.Plan plan = level.plan;
    if (plan == null) {
      if (level.parent.isEmpty() && anything && !bailedOut) {
        problem(Kind.INCONSISTENT, "no plan: whether all tests came is not known");
      }
      return;
    }
    long planned = Math.max(0, plan.last() - plan.first() + 1);
    if (level.points != planned && !bailedOut) {
      String message = planned + " tests were planned, " + level.points + " came";
      problem(Kind.INCONSISTENT, message);
      if (level.points > planned) {
        failure(names.unique(level.id("plan")), message);
      }
    }
    if (!bailedOut && level.seen.cardinality() < planned) {
      missing(level, plan);
    }
  }

  private void missing(TapLevel level, TapLine.Plan plan) {
    int told = 0;
    long last = Math.min(plan.last(), TapLevel.MAX_NUMBER);
    long number = plan.first();
    for (; number <= last && told < MAX_MISSING; number++) {
      if (!level.seen.get((int) number)) {
        told++;
        failure(names.unique(level.id("test " + number)), "planned, and missing from the report");
      }
    }
    if (number <= plan.last() && told == MAX_MISSING) {
      failure(
          names.unique(level.id("tests " + number + " to " + plan.last())),
          "planned, and missing from the report as far as they were looked for");
    }
  }
}
