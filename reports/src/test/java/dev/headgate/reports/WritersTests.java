package dev.headgate.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class WritersTests {
  private final Written written = new Written();

  /** The document as a strict parser sees it. */
  private Document junit() throws Exception {
    byte[] xml = written.bytes(ReportFormat.JUNIT, WriteSettings.defaults());
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xml));
  }

  private static int count(Document document, String element) {
    return document.getElementsByTagName(element).getLength();
  }

  @Test
  void junitSuitesHaveRightCounts() throws Exception {
    written
        .test("a.B.passes", Status.SUCCESS)
        .test("a.B.fails", Status.FAIL, "message", "m", "traceback", "t")
        .test("a.C.skipped", Status.SKIP, "reason", "r")
        .attempt(null, "a.B.errs", Status.FAIL, List.of("error"))
        .test("a.B.hangs", Status.INPROGRESS)
        .test("a.B.xpasses", Status.UXSUCCESS)
        .test("a.C.xfails", Status.XFAIL);
    NodeList suites = junit().getElementsByTagName("testsuite");
    assertThat(suites.getLength()).isEqualTo(2);
    for (int i = 0; i < suites.getLength(); i++) {
      Element suite = (Element) suites.item(i);
      boolean first = suite.getAttribute("name").equals("a.B");
      assertThat(suite.getAttribute("tests")).isEqualTo(first ? "5" : "2");
      assertThat(suite.getAttribute("failures")).isEqualTo(first ? "2" : "0");
      assertThat(suite.getAttribute("errors")).isEqualTo(first ? "2" : "0");
      assertThat(suite.getAttribute("skipped")).isEqualTo(first ? "0" : "2");
      assertThat(suite.getAttribute("time")).isEqualTo(first ? "4" : "2");
    }
  }

  @Test
  void junitCountsAreRightHoweverManySuitesAreInterleaved() throws Exception {
    for (int i = 0; i < 3000; i++) {
      written.test("suite" + i % 100 + ".test" + i, i % 7 == 0 ? Status.FAIL : Status.SUCCESS);
    }
    Document document = junit();
    NodeList suites = document.getElementsByTagName("testsuite");
    int failures = 0;
    for (int i = 0; i < suites.getLength(); i++) {
      Element suite = (Element) suites.item(i);
      assertThat(suite.getElementsByTagName("testcase").getLength())
          .isEqualTo(Integer.parseInt(suite.getAttribute("tests")));
      assertThat(suite.getElementsByTagName("failure").getLength())
          .isEqualTo(Integer.parseInt(suite.getAttribute("failures")));
      failures += Integer.parseInt(suite.getAttribute("failures"));
    }
    assertThat(count(document, "testcase")).isEqualTo(3000);
    assertThat(failures).isEqualTo(429);
  }

  @Test
  void junitTellsFlakyAndRepeatedFailuresAsSurefireDoes() throws Exception {
    written
        .test("A.flaky", Status.FAIL, "message", "one", "traceback", "trace 1", "stdout", "out 1")
        .test("A.flaky", Status.SUCCESS, "stdout", "out 2")
        .test("A.bad", Status.FAIL, "message", "first")
        .test("A.bad", Status.FAIL, "message", "second");
    Document document = junit();
    assertThat(count(document, "testcase")).isEqualTo(2);
    assertThat(count(document, "flakyFailure")).isEqualTo(1);
    assertThat(count(document, "rerunFailure")).isEqualTo(1);
    Element failure = (Element) document.getElementsByTagName("failure").item(0);
    assertThat(failure.getAttribute("message")).isEqualTo("first");
  }

  @Test
  void junitKeepsOutputOfRunsAndOtherFiles() throws Exception {
    written
        .add(Event.builder().file("stdout", Bytes.ofUtf8("hello ")))
        .add(Event.builder().file("stdout", Bytes.ofUtf8("run")))
        .test("A.t", Status.SUCCESS, "stdout", "out", "pythonlogging", "log line");
    assertThat(written.as(ReportFormat.JUNIT))
        .contains("<system-out>hello run</system-out>")
        .contains("out\n--- pythonlogging ---\nlog line");
    assertThat(count(junit(), "testcase")).isEqualTo(1);
  }

  private static Event.Builder left(String name, String mimeType, Bytes content) {
    return Event.test("a.B.t", Status.NONE).file(name, content).mimeType(mimeType).eof(true);
  }

  /** What each format shows of the failure, escapes taken back as far as the texts here go. */
  private String shown(ReportFormat format) throws Exception {
    return switch (format) {
      case JUNIT -> junit().getElementsByTagName("failure").item(0).getTextContent();
      case GITHUB -> written.as(format).replace("%0A", "\n");
      default -> written.as(format);
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"JUNIT", "TAP", "CTRF", "MARKDOWN", "GITHUB"})
  void attachmentOfAnyNameShowsAFailureThatHasNothingElse(ReportFormat format) throws Exception {
    written
        .add(Event.test("a.B.t", Status.INPROGRESS))
        .add(left("e.log", "text/plain", Bytes.ofUtf8("it broke here")))
        .add(Event.test("a.B.t", Status.FAIL));
    assertThat(shown(format)).contains("it broke here").doesNotContain("--- e.log ---");
  }

  @ParameterizedTest
  @EnumSource(names = {"JUNIT", "TAP", "CTRF", "MARKDOWN", "GITHUB"})
  void severalAttachmentsAreNamedAndBinaryOnesToldBySize(ReportFormat format) throws Exception {
    written
        .add(left("pythonlogging:''", "text/plain", Bytes.ofUtf8("logged")))
        .add(left("shot", "image/png", Bytes.copyOf(new byte[] {1, 2, 3})))
        .add(left("stdout", "text/plain", Bytes.ofUtf8("printed")))
        .add(Event.test("a.B.t", Status.FAIL));
    assertThat(shown(format))
        .contains("--- pythonlogging:'' ---", "logged", "--- shot ---", "3 bytes of image/png")
        .contains("printed");
  }

  @ParameterizedTest
  @EnumSource(names = {"JUNIT", "TAP", "CTRF", "MARKDOWN", "GITHUB"})
  void tracebackAloneIsTheFailureWhereThereIsOne(ReportFormat format) throws Exception {
    written
        .add(left("e.log", "text/plain", Bytes.ofUtf8("much else")))
        .add(left("traceback-1", "text/x-traceback;charset=utf8", Bytes.ofUtf8("second cause")))
        .add(left("traceback", "text/x-traceback;charset=utf8", Bytes.ofUtf8("first cause")))
        .add(Event.test("a.B.t", Status.FAIL));
    assertThat(shown(format)).contains("second cause", "first cause").doesNotContain("much else");
    assertThat(written.as(ReportFormat.JUNIT))
        .contains("<system-out>--- e.log ---\nmuch else\n</system-out>");
  }

  @Test
  void messageAloneIsTheFailureWhereThereIsNoTraceback() {
    written.test("a.B.t", Status.FAIL, "message", "one\ntwo", "e.log", "much else");
    assertThat(written.as(ReportFormat.MARKDOWN)).contains("one\ntwo").doesNotContain("much else");
    assertThat(written.as(ReportFormat.GITHUB)).endsWith("::one%0Atwo\n");
  }

  @ParameterizedTest
  @EnumSource(names = {"JUNIT", "TAP", "CTRF", "MARKDOWN", "GITHUB"})
  void textOfAFailureIsBounded(ReportFormat format) throws Exception {
    for (int i = 0; i < 60; i++) {
      written.add(left("log" + i, "text/plain", Bytes.ofUtf8("x".repeat(1 << 16))));
    }
    written.add(Event.test("a.B.t", Status.FAIL));
    String shown = shown(format);
    assertThat(shown.length()).isLessThan(400_000);
    if (format != ReportFormat.GITHUB && format != ReportFormat.MARKDOWN) {
      assertThat(shown).contains("[56 more attachments not shown]");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JUNIT", "TAP", "CTRF", "CSV", "MARKDOWN", "GITHUB"})
  void noContentMakesAWriterFail(ReportFormat format) throws Exception {
    StringBuilder all = new StringBuilder("]]> <!-- --> & \" ' | ` %0A ::error:: # \\ {");
    IntStream.range(0, 0x300).forEach(c -> all.append((char) c));
    all.append("\uD800 \uDC00 \uFFFE \uFFFF \uD83D\uDE00 \u202E \u2028");
    String text = all.toString();
    byte[] binary = new byte[70_000];
    for (int i = 0; i < binary.length; i++) {
      binary[i] = (byte) (i * 31);
    }
    for (Status status : Status.values()) {
      written.add(Event.test(text + status, status).tags(text).routeCode(text));
      for (String file : List.of("message", "traceback", "stdout", "reason", "properties", text)) {
        written.add(
            Event.test(text + status, Status.NONE)
                .routeCode(text)
                .file(file, Bytes.copyOf(binary)));
      }
    }
    written.test("", Status.FAIL, "", "", "location", ":", "message", "\n", "attachment", text);
    String report = written.as(format);
    assertThat(report).isNotEmpty();
    if (format == ReportFormat.JUNIT) {
      assertThat(count(junit(), "testcase")).isEqualTo(8);
    }
    if (format.isReadable()) {
      Read read = Read.of(format, report);
      assertThat(read.kinds()).doesNotContain(Problem.Kind.MALFORMED, Problem.Kind.TRUNCATED);
      assertThat(read.attempts).hasSizeGreaterThanOrEqualTo(8);
    }
  }

  @Test
  void tapHasAPointForEachTestAndItsPlanLast() {
    written
        .test("a # b \\ c", Status.SUCCESS)
        .test("bad", Status.FAIL, "message", "m: \"x\"", "traceback", "one\n  two\n")
        .test("skipped", Status.SKIP, "reason", "why\nnot")
        .test("todo", Status.XFAIL)
        .test("hung", Status.INPROGRESS);
    assertThat(written.as(ReportFormat.TAP))
        .isEqualTo(
            """
            TAP version 14
            ok 1 - a \\# b \\\\ c
              ---
              duration_ms: 1000
              ...
            not ok 2 - bad
              ---
              message: "m: \\"x\\""
              traceback: |
                one
                  two
              duration_ms: 1000
              ...
            ok 3 - skipped # SKIP why not
              ---
              duration_ms: 1000
              ...
            not ok 4 - todo # TODO
              ---
              duration_ms: 1000
              ...
            not ok 5 - hung
              ---
              message: "began and did not end: hung or lost"
              ...
            1..5
            """);
  }

  @Test
  void reportsOfNothingAreWhole() throws Exception {
    assertThat(count(junit(), "testsuites")).isEqualTo(1);
    assertThat(written.as(ReportFormat.TAP)).isEqualTo("TAP version 14\n1..0\n");
    assertThat(written.as(ReportFormat.CSV))
        .startsWith("test,route,attempt,status")
        .endsWith("\r\n");
    assertThat(written.as(ReportFormat.MARKDOWN)).contains("| 0 | 0 | 0 | 0 | 0 | 0 s |");
    assertThat(written.as(ReportFormat.GITHUB)).isEmpty();
    assertThat(JsonTree.parse(written.as(ReportFormat.CTRF))).isNotNull();
  }

  @Test
  void ctrfCountsAtTheEndAndListsRetries() {
    written
        .test("A.flaky", Status.FAIL, "message", "one")
        .test("A.flaky", Status.SUCCESS)
        .test("A.bad", Status.FAIL)
        .test("A.hung", Status.INPROGRESS);
    JsonValue json = JsonTree.parse(written.as(ReportFormat.CTRF));
    JsonValue results = json.member("results");
    JsonValue summary = results.member("summary");
    assertThat(summary.text("tests")).isEqualTo("3");
    assertThat(summary.text("passed")).isEqualTo("1");
    assertThat(summary.text("failed")).isEqualTo("1");
    assertThat(summary.text("other")).isEqualTo("1");
    assertThat(summary.text("flaky")).isEqualTo("1");
    JsonValue flaky = results.items("tests").getFirst();
    assertThat(flaky.text("name")).isEqualTo("flaky");
    assertThat(flaky.text("duration")).isEqualTo("1000");
    assertThat(flaky.isTrue("flaky")).isTrue();
    assertThat(flaky.items("retryAttempts")).hasSize(1);
  }

  @Test
  void csvQuotesAndGuardsItsCells() {
    written
        .test("=cmd()", Status.FAIL, "message", "a \"b\", c\nd")
        .test("-x", Status.SUCCESS)
        .add(Event.test("bare", Status.SUCCESS));
    assertThat(written.as(ReportFormat.CSV))
        .isEqualTo(
            "test,route,attempt,status,started,ended,seconds,tags,message,attachments\r\n"
                + "'=cmd(),,1,fail,2026-01-02T03:04:05Z,2026-01-02T03:04:06Z,1,,"
                + "\"a \"\"b\"\", c\nd\",message\r\n"
                + "'-x,,1,success,2026-01-02T03:04:05Z,2026-01-02T03:04:06Z,1,,,\r\n"
                + "bare,,1,success,,,,,,\r\n");
    assertThat(written.as(ReportFormat.CSV, WriteSettings.defaults().withGuardFormulas(false)))
        .contains("\r\n-x,")
        .contains("\r\n=cmd(),");
  }

  @Test
  void markdownEscapesFencesAndStaysWithinItsLimit() {
    for (int i = 0; i < 200; i++) {
      written.test(
          "bad<" + i + ">",
          Status.FAIL,
          "message",
          "a|b <script>",
          "traceback",
          "```\nx\n".repeat(50));
    }
    String text = written.as(ReportFormat.MARKDOWN, WriteSettings.defaults().withLimit(5000));
    assertThat(text.length()).isLessThanOrEqualTo(5000);
    assertThat(text)
        .contains("| 0 | 200 | 0 | 0 | 0 | 200 s |")
        .contains("<code>bad&lt;0&gt;</code>: a|b &lt;script&gt;")
        .contains("````text\n")
        .containsPattern("and \\d+ more\\.")
        .doesNotContain("<script>");
  }

  @Test
  void markdownListsFlakyAndSlowTests() {
    written.test("flaky", Status.FAIL).test("flaky", Status.SUCCESS);
    assertThat(written.as(ReportFormat.MARKDOWN))
        .startsWith("## headgate: passed\n")
        .contains("### Flaky\n\n- <code>flaky</code>, attempt 2\n")
        .contains("### Slowest\n")
        .contains("| <code>flaky</code> | 1 s |");
  }

  @Test
  void annotationsPointToTheCode() {
    written
        .test(
            "t1",
            Status.FAIL,
            "message",
            "50% of\na: b",
            "traceback",
            "  File \"/w/a,b.py\", line 7, in t")
        .test("t2", Status.INPROGRESS)
        .test("fine", Status.SUCCESS)
        .test("flaky", Status.FAIL, "message", "x")
        .test("flaky", Status.SUCCESS);
    assertThat(written.as(ReportFormat.GITHUB, WriteSettings.defaults().withRoot("/w")))
        .isEqualTo(
            "::error file=a%2Cb.py,line=7,title=t1::50%25 of%0Aa: b\n"
                + "::warning title=flaky::flaky: x\n"
                + "::error title=t2::began and did not end: hung or lost\n");
  }

  @Test
  void runThatFailedOrWasSkippedStandsBesideTheTests() {
    written.add(Event.builder().status(Status.FAIL).routeCode("w1"));
    assertThat(written.as(ReportFormat.TAP)).contains("not ok 1 - w1\n");
  }
}
