package dev.headgate.reports;

import dev.headgate.reports.Problem.Kind;
import dev.headgate.subunit.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of {@code go test -json} (the Go command's {@code test2json}).
 *
 * <p>A test is {@code package.TestName/sub}. A package that failed while none of its tests did (it
 * was not built, its process died, its {@code TestMain} failed) is a failed test of its own name. A
 * package that passed has passed all tests that did not say so themselves, which benchmarks do not.
 */
final class GoReader extends LineReader {
  /** Tests that run at once, over all packages; beyond it, their ends alone are told. */
  private static final int MAX_OPEN = 1 << 14;

  /** The most characters of the ids of those. */
  private static final int MAX_CHARACTERS = 1 << 23;

  /** Packages that are tested at once; of more, the one that has been longest is forgotten. */
  private static final int MAX_PACKAGES = 1 << 10;

  /** The most characters of a package's name. */
  private static final int MAX_NAME = 1 << 12;

  private static final int MAX_BUILDS = 1 << 10;

  /** What the go command prints in place of events for a package that it could not build. */
  private static final Pattern NOT_BUILT =
      Pattern.compile("FAIL\\s+(\\S{1,4096}) \\[(?:build|setup) failed]");

  private static final class GoPackage {
    private final Map<String, GoTest> open = new LinkedHashMap<>();
    private final Tail tail = new Tail();
    private boolean failed;
  }

  private record GoTest(TestEvents events, RawText output, Instant began) {}

  private final ReadSettings settings;
  private final Map<String, GoPackage> packages = new LinkedHashMap<>();
  private final Map<String, Tail> builds = new LinkedHashMap<>();
  private final Tail text = new Tail();
  private Instant clock;
  private @Nullable RawText current;
  private int open;
  private long openCharacters;
  private boolean anyEvent;

  GoReader(ReadSettings settings, ReportSink sink) {
    super(sink);
    this.settings = settings;
    clock = settings.start();
  }

  @Override
  public void line(String line) {
    JsonValue value = line.stripLeading().startsWith("{") ? JsonTree.parse(line) : null;
    String action = value == null ? null : value.text("Action");
    if (value == null || action == null) {
      plain(line);
      return;
    }
    anyEvent = true;
    String test = value.text("Test");
    if (action.startsWith("build-")) {
      build(action, value);
    } else if (test == null || test.isEmpty()) {
      ofPackage(action, name(value), value);
    } else {
      ofTest(action, name(value), test, value);
    }
  }

  private static String name(JsonValue value) {
    String name = value.text("Package");
    return name == null ? "" : Findings.cut(name, MAX_NAME);
  }

  private void plain(String line) {
    if (line.isBlank() && !anyEvent) {
      return;
    }
    text(line);
    text.add(line + "\n");
    if (line.stripLeading().startsWith("{\"Action\"") || line.startsWith("{\"Time\"")) {
      problem(Kind.MALFORMED, "a line that is no whole JSON object");
    }
    Matcher matcher = NOT_BUILT.matcher(line.strip());
    if (matcher.matches()) {
      failure(matcher.group(1), "the package was not built", text.text(), null);
    }
  }

  private void build(String action, JsonValue value) {
    String path = value.text("ImportPath");
    String of = path == null ? name(value) : Findings.cut(path, MAX_NAME);
    if (builds.size() == MAX_BUILDS && !builds.containsKey(of)) {
      problem(Kind.LIMIT, "more than " + MAX_BUILDS + " failed builds");
      return;
    }
    Tail tail = builds.computeIfAbsent(of, any -> new Tail());
    String output = value.text("Output");
    if (action.equals("build-output") && output != null) {
      tail.add(output);
      output(output);
    }
  }

  private void ofPackage(String action, String name, JsonValue value) {
    GoPackage of = known(name);
    switch (action) {
      case "output" -> {
        String output = value.text("Output");
        if (output != null) {
          of.tail.add(output);
          output(output);
        }
      }
      case "pass", "skip", "bench" -> endPackage(name, of, value, true);
      case "fail" -> endPackage(name, of, value, false);
      default -> {}
    }
  }

  private void endPackage(String name, GoPackage of, JsonValue value, boolean passed) {
    packages.remove(name);
    if (passed) {
      for (GoTest test : of.open.values()) {
        end(test, Status.SUCCESS, value);
      }
    } else {
      lost(name, of);
      if (!of.failed) {
        packageFailure(name, of, value);
      }
    }
    of.open.values().forEach(this::forget);
    forgetOutput();
  }

  private void lost(String name, GoPackage of) {
    if (!of.open.isEmpty()) {
      String names = String.join(", ", of.open.keySet().stream().limit(5).toList());
      String more = of.open.size() > 5 ? ", ..." : "";
      problem(
          Kind.INCONSISTENT,
          "package "
              + name
              + " ended while "
              + of.open.size()
              + " of its tests ran: "
              + Findings.cut(names, 1000)
              + more);
    }
  }

  private void packageFailure(String name, GoPackage of, JsonValue value) {
    String build = value.text("FailedBuild");
    Tail output = build == null ? null : builds.remove(Findings.cut(build, MAX_NAME));
    String message = build == null ? "the package failed" : "the package was not built";
    String said = output == null ? of.tail.text() : output.text() + of.tail.text();
    failure(name, message, said, time(value));
  }

  /** A failure that is no test's. */
  private void failure(String name, String message, String output, @Nullable Instant time) {
    flush();
    TestEvents events = new TestEvents(findings(), name.isEmpty() ? "package" : name, false);
    events.begin(null);
    events.file(FileNames.MESSAGE, message);
    events.file(FileNames.STDOUT, output);
    events.status(Status.FAIL, List.of(FileNames.ERROR_TAG), time);
  }

  private void ofTest(String action, String name, String test, JsonValue value) {
    GoPackage of = known(name);
    switch (action) {
      case "run" -> begin(of, name, test, value);
      case "output" -> testOutput(begun(of, name, test, value), value);
      case "attr" -> attribute(begun(of, name, test, value), value);
      case "pass", "bench" -> finish(of, name, test, value, Status.SUCCESS);
      case "fail" -> finish(of, name, test, value, Status.FAIL);
      case "skip" -> finish(of, name, test, value, Status.SKIP);
      default -> {}
    }
  }

  private GoTest begun(GoPackage of, String name, String test, JsonValue value) {
    GoTest known = of.open.get(test);
    return known == null ? begin(of, name, test, value) : known;
  }

  private GoTest begin(GoPackage of, String name, String test, JsonValue value) {
    flush();
    String id = name.isEmpty() ? test : name + "." + test;
    Instant time = time(value);
    Duration taken = ReportTimes.seconds(value.text("Elapsed"));
    Instant began = time == null ? clock : taken == null ? time : time.minus(taken);
    TestEvents events = new TestEvents(findings(), id, true);
    GoTest begun =
        new GoTest(events, new RawText(findings(), events.id(), FileNames.STDOUT), began);
    if (open < MAX_OPEN && openCharacters + id.length() <= MAX_CHARACTERS) {
      forget(of.open.put(test, begun));
      open++;
      openCharacters += begun.events.id().length();
    } else {
      problem(Kind.LIMIT, "more than " + MAX_OPEN + " tests at once");
    }
    events.begin(began);
    return begun;
  }

  private void forget(@Nullable GoTest test) {
    if (test != null) {
      open--;
      openCharacters -= test.events.id().length();
    }
  }

  private GoPackage known(String name) {
    GoPackage known = packages.get(name);
    if (known != null) {
      return known;
    }
    if (packages.size() == MAX_PACKAGES) {
      problem(Kind.LIMIT, "more than " + MAX_PACKAGES + " packages at once");
      GoPackage eldest = packages.remove(packages.keySet().iterator().next());
      if (eldest != null) {
        eldest.open.values().forEach(this::forget);
      }
    }
    GoPackage begun = new GoPackage();
    packages.put(name, begun);
    return begun;
  }

  private void testOutput(GoTest test, JsonValue value) {
    String output = value.text("Output");
    if (output != null) {
      if (test.output != current) {
        flush();
        current = test.output;
      }
      test.output.add(output);
    }
  }

  private void attribute(GoTest test, JsonValue value) {
    String key = value.text("Key");
    String said = value.text("Value");
    if (key != null && said != null) {
      flush();
      test.events.file(FileNames.PROPERTIES, PropertyText.line(key, said));
    }
  }

  private void finish(GoPackage of, String name, String test, JsonValue value, Status status) {
    GoTest ended = begun(of, name, test, value);
    forget(of.open.remove(test));
    of.failed |= status.isFailure();
    end(ended, status, value);
  }

  private void end(GoTest test, Status status, JsonValue value) {
    flush();
    test.output.end();
    Instant time = time(value);
    Duration taken = ReportTimes.seconds(value.text("Elapsed"));
    if (time == null && taken != null) {
      time = test.began.plus(taken);
      clock = time.isAfter(clock) ? time : clock;
    }
    test.events.status(status, List.of(), time);
  }

  private @Nullable Instant time(JsonValue value) {
    return ReportTimes.instant(value.text("Time"), settings.zone());
  }

  private void flush() {
    flushOutput();
    if (current != null) {
      current.flush();
    }
    current = null;
  }

  private void forgetOutput() {
    current = null;
  }

  @Override
  void finish() {
    flush();
    if (!anyEvent) {
      foreign("no line is an event of go test");
    }
    for (Map.Entry<String, Tail> build : builds.entrySet()) {
      failure(build.getKey(), "the package was not built", build.getValue().text(), null);
    }
    List<String> unfinished = new ArrayList<>(packages.keySet());
    if (!unfinished.isEmpty()) {
      String message = "the report ends before package " + unfinished.getFirst() + " does";
      problem(Kind.TRUNCATED, Findings.cut(message, 1000));
    }
  }
}
