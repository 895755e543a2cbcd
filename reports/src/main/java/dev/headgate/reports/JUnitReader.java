package dev.headgate.reports;

import dev.headgate.reports.Problem.Kind;
import dev.headgate.subunit.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads JUnit XML, in all dialects at once: they differ in what they leave out and in where they
 * put it, and hardly contradict one another. docs/reference/reports.md says what becomes of each
 * part.
 */
final class JUnitReader implements ReportReader, XmlHandler {
  private static final Set<String> ROOTS = Set.of("testsuites", "testsuite", "testcase");

  /** An element that is open, and where its text goes. */
  private static final class Part {
    private final String element;
    private @Nullable TextTarget text;
    private @Nullable JUnitTrouble trouble;
    private @Nullable Suite suite;

    /** The text is that of the element around, and ends with it. */
    private boolean borrowed;

    Part(String element) {
      this.element = element;
    }
  }

  /** What a suite says of itself, and how many failures were found in it. */
  private static final class Suite {
    private final String name;
    private final long announced;
    private long found;

    Suite(String name, long announced) {
      this.name = name;
      this.announced = announced;
    }
  }

  private final Findings findings;
  private final ReadSettings settings;
  private final ReportClock clock;
  private final XmlScanner scanner;
  private final TestNames names = new TestNames();
  private final List<Part> parts = new ArrayList<>();
  private final List<Suite> suites = new ArrayList<>();
  private @Nullable JUnitCase test;
  private String lastId = "";
  private boolean foreign;
  private boolean ended;

  /** What a case that may continue the one before waits for: its first element. */
  private @Nullable XmlAttributes undecided;

  JUnitReader(ReadSettings settings, ReportSink sink) {
    this.settings = settings;
    findings = new Findings(sink);
    clock = new ReportClock(settings.start());
    scanner = new XmlScanner(this, findings);
  }

  @Override
  public void offer(Bytes piece) {
    if (ended) {
      throw new IllegalStateException("the report has ended");
    }
    scanner.offer(piece);
  }

  @Override
  public void end() {
    if (ended) {
      return;
    }
    ended = true;
    scanner.end();
    if (scanner.isBlank()) {
      findings.problem(Kind.EMPTY, 0, 0, "the report is empty");
    } else if (scanner.isWithoutElements()) {
      findings.problem(Kind.FOREIGN, 1, 1, "no XML");
    }
    for (Part part : parts.reversed()) {
      if (part.text != null && !part.borrowed) {
        part.text.abandon();
      }
    }
    decide("");
    if (test != null) {
      test.cutOff();
    }
    findings.end();
  }

  @Override
  public void start(String name, XmlAttributes attributes) {
    Part part = new Part(name);
    if (parts.isEmpty()) {
      foreign = !ROOTS.contains(name) && !isTestRun(name, attributes);
      if (foreign) {
        String message = "<" + name + "> is no JUnit report";
        findings.problem(Kind.FOREIGN, scanner.line(), scanner.column(), message);
      }
    }
    parts.add(part);
    if (!foreign) {
      startPart(part, name, attributes);
    }
  }

  /** Eclipse's and IntelliJ's root; Visual Studio's has the same name, and other attributes. */
  private static boolean isTestRun(String name, XmlAttributes attributes) {
    return name.equals("testrun") && attributes.get("tests") != null;
  }

  private void startPart(Part part, String name, XmlAttributes attributes) {
    switch (name) {
      case "testsuites", "testsuite", "testrun" -> startSuite(part, attributes);
      case "testcase" -> startCase(attributes);
      case "system-out" -> part.text = output(FileNames.STDOUT);
      case "system-err" -> part.text = output(FileNames.STDERR);
      case "stacktrace" -> part.text = stackTrace();
      case "properties" -> part.text = file(FileNames.PROPERTIES);
      case "property" -> part.text = property(attributes);
      default -> startOther(part, name, attributes);
    }
  }

  private void startOther(Part part, String name, XmlAttributes attributes) {
    JUnitTrouble trouble = JUnitTrouble.of(name);
    boolean inner = parts.size() > 1 && isWithinTrouble();
    if (trouble == null || inner) {
      part.text = inner ? parts.get(parts.size() - 2).text : null;
      part.borrowed = true;
      return;
    }
    part.trouble = trouble;
    decide(attributes.text("message"));
    if (test == null && trouble != JUnitTrouble.SKIPPED) {
      test = suiteCase();
    }
    if (test != null) {
      part.text = test.trouble(trouble, attributes);
    }
  }

  private boolean isWithinTrouble() {
    return parts.stream().anyMatch(part -> part.trouble != null);
  }

  private void startSuite(Part part, XmlAttributes attributes) {
    long failures = count(attributes, "failures") + count(attributes, "errors");
    Suite suite = new Suite(Findings.cut(attributes.text("name"), Findings.MAX_ID), failures);
    part.suite = suite;
    suites.add(suite);
    clock.set(ReportTimes.instant(attributes.get("timestamp"), settings.zone()));
  }

  private static long count(XmlAttributes attributes, String name) {
    String text = attributes.text(name).strip();
    return text.matches("\\d{1,9}") ? Long.parseLong(text) : 0;
  }

  private void startCase(XmlAttributes attributes) {
    // A case within a case: the outer one was never closed, so its test was lost.
    decide("");
    if (test != null) {
      test.cutOff();
      test = null;
    }
    String id = id(attributes);
    if (id.equals(lastId)) {
      undecided = attributes;
    } else {
      lastId = id;
      beginTest(names.unique(id), attributes);
    }
  }

  private void beginTest(String id, XmlAttributes attributes) {
    beginCase(new TestEvents(findings, id, true), attributes)
        .location(attributes.text("file"), attributes.text("line"));
  }

  private JUnitCase beginCase(TestEvents events, XmlAttributes attributes) {
    clock.set(ReportTimes.instant(attributes.get("timestamp"), settings.zone()));
    Duration taken = ReportTimes.seconds(attributes.get("time"));
    if (taken == null) {
      taken = ReportTimes.seconds(attributes.get("duration"));
    }
    JUnitCase begun = new JUnitCase(events, clock, taken, attributes);
    test = begun;
    return begun;
  }

  /**
   * Settles whether a case of the same name as the one before is another test: pytest writes a case
   * of its own for an error in the teardown of a test that had failed.
   */
  private void decide(String message) {
    XmlAttributes attributes = undecided;
    if (attributes == null) {
      return;
    }
    undecided = null;
    if (message.startsWith("failed on teardown") || message.startsWith("failed on setup")) {
      beginCase(new TestEvents(findings, lastId, true), attributes).continueAttempt();
    } else {
      beginTest(names.unique(lastId), attributes);
    }
  }

  private String id(XmlAttributes attributes) {
    String group = attributes.get("classname");
    if (group == null) {
      group = attributes.get("class");
    }
    String suite = "";
    for (Suite each : suites) {
      suite = each.name.isBlank() ? suite : each.name;
    }
    String id = CaseName.id(group, attributes.text("name"), suite);
    return id.isBlank() ? "unnamed" : id;
  }

  /** What stands for a suite that failed by itself. */
  private JUnitCase suiteCase() {
    String name = "";
    for (Suite suite : suites) {
      name = suite.name.isBlank() ? name : suite.name;
    }
    String id = names.unique(name.isBlank() ? "suite" : name);
    return new JUnitCase(new TestEvents(findings, id, false), clock, null, new XmlAttributes());
  }

  private TextTarget output(String name) {
    decide("");
    return test == null
        ? new FileText(findings, null, false, name, FileText.TEXT)
        : test.output(name);
  }

  private TextTarget file(String name) {
    decide("");
    return test == null
        ? new FileText(findings, null, false, name, FileText.TEXT)
        : test.open(name, FileText.TEXT);
  }

  private @Nullable TextTarget stackTrace() {
    return isWithinTrouble() ? file(FileNames.TRACEBACK) : null;
  }

  private @Nullable TextTarget property(XmlAttributes attributes) {
    TextTarget file = parts.size() < 2 ? null : parts.get(parts.size() - 2).text;
    if (file == null || !parts.get(parts.size() - 2).element.equals("properties")) {
      return null;
    }
    PropertyText property = new PropertyText(file, attributes.text("name"));
    property.add(attributes.text("value"));
    return property;
  }

  @Override
  public void text(CharSequence text) {
    Part part = parts.getLast();
    boolean layout = part.element.equals("properties");
    if (part.text != null && !layout) {
      part.text.add(part.element.equals("property") ? text.toString().strip() : text);
    }
  }

  @Override
  public void end(String name) {
    Part part = parts.removeLast();
    if (part.text != null && !part.borrowed) {
      part.text.end();
    }
    JUnitCase current = test;
    if (part.trouble != null && current != null) {
      current.troubleEnds(part.trouble);
      if (parts.stream().noneMatch(outer -> outer.element.equals("testcase"))) {
        endCase(current);
      }
    } else if (name.equals("testcase") && !foreign) {
      decide("");
      if (test != null) {
        endCase(test);
      }
    } else if (part.suite != null) {
      endSuite(part.suite);
    }
  }

  private void endCase(JUnitCase current) {
    current.end();
    test = null;
    // Surefire counts attempts in some versions, and tests in others.
    suites.forEach(suite -> suite.found += current.failures());
  }

  private void endSuite(Suite suite) {
    suites.remove(suite);
    if (suite.announced > suite.found) {
      String message =
          "the suite '"
              + Findings.cut(suite.name, 200)
              + "' says that "
              + suite.announced
              + " tests failed, and has "
              + suite.found;
      findings.problem(Kind.INCONSISTENT, scanner.line(), scanner.column(), message);
    }
  }
}
