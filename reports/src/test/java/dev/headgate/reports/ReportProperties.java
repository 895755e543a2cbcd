package dev.headgate.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What holds of any bytes that are taken for a report: they are read alike however they come, and
 * what was read can be written in every format, as a document that strict parsers take and our own
 * reader reads without complaint.
 */
final class ReportProperties {
  private static final JsonFactory JSON = new JsonFactory();

  private ReportProperties() {}

  static void assertHold(ReportFormat format, byte[] input) {
    Bytes report = Bytes.copyOf(input);
    Read whole = Read.of(format, report);
    assertReadAlike(format, report, whole);
    assertBounded(whole, input.length);
    for (ReportFormat written : ReportFormat.values()) {
      if (written.isWritable()) {
        assertWritten(written, whole);
      }
    }
  }

  private static void assertReadAlike(ReportFormat format, Bytes report, Read whole) {
    Random random = new Random(Arrays.hashCode(report.toByteArray()));
    for (int piece : new int[] {1, 2 + random.nextInt(6), 8 + random.nextInt(200)}) {
      Read split = Read.inPieces(format, ReadSettings.defaults(), report, piece);
      assertThat(split.everything()).as("pieces of %d", piece).isEqualTo(whole.everything());
    }
  }

  /** One byte says a few events at most, and text grows by escapes of one kind or another only. */
  private static void assertBounded(Read read, int length) {
    assertThat(read.events.size()).isLessThan(1_200 + 4 * length);
    long content = read.events.stream().mapToLong(event -> event.fileContent().length()).sum();
    assertThat(content).isLessThan(200_000 + 64L * length);
    assertThat(read.problems.size()).isLessThan(103);
    if (length == 0) {
      assertThat(read.kinds()).containsExactly(Problem.Kind.EMPTY);
    }
  }

  private static void assertWritten(ReportFormat format, Read read) {
    byte[] report = new Written().addAll(read.events).bytes(format, WriteSettings.defaults());
    switch (format) {
      case JUNIT -> assertThat(cases(report)).isGreaterThanOrEqualTo(tests(read).size());
      case CTRF -> assertStrictJson(report);
      case TAP, CSV, MARKDOWN, GITHUB, GO, LIBTEST -> {}
    }
    if (format.isReadable()) {
      Read again = Read.of(format, Bytes.copyOf(report));
      assertThat(again.problems).as("%s", format).isEmpty();
      assertSaysTheSame(format, read, again);
    }
  }

  private static void assertSaysTheSame(ReportFormat format, Read read, Read again) {
    assertThat(failed(again)).as("%s", format).isEqualTo(failed(read));
    if (format != ReportFormat.TAP) {
      assertThat(tests(again)).as("%s", format).hasSameSizeAs(tests(read));
    }
    if (format == ReportFormat.CTRF) {
      assertThat(tests(again)).isEqualTo(tests(read));
    }
  }

  private static Set<String> tests(Read read) {
    Set<String> ids = new HashSet<>();
    read.attempts.forEach(attempt -> ids.add(attempt.id));
    return ids;
  }

  /** True if something in it must not let a change pass: the last attempt of a test. */
  private static boolean failed(Read read) {
    List<Status> bad = List.of(Status.FAIL, Status.UXSUCCESS, Status.INPROGRESS);
    Map<String, Status> last = new HashMap<>();
    read.attempts.forEach(attempt -> last.put(attempt.id, attempt.status));
    return last.values().stream().anyMatch(bad::contains);
  }

  private static int cases(byte[] report) {
    try {
      DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
      builder.setErrorHandler(null);
      Document document = builder.parse(new ByteArrayInputStream(report));
      return document.getElementsByTagName("testcase").getLength();
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertStrictJson(byte[] report) {
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), report)) {
      while (parser.nextToken() != null) {
        assertThat(parser.getString()).isNotNull();
      }
    }
  }
}
