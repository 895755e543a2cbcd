package dev.headgate.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.reports.Samples.Sample;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every reader, whatever the bytes. */
class RobustnessTests {
  private static final int MUTATIONS = 150;

  /** Characters that mean something in one format or another. */
  private static final String TELLING = "<>&\"'{}[]:,\\#\n\r \0-0";

  static Stream<Sample> samples() {
    return Samples.all();
  }

  private static Read read(ReportFormat format, Bytes report) {
    return Read.of(format, report);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void anySplitGivesTheSameEventsAndProblems(Sample sample) {
    String whole = read(sample.format(), sample.content()).everything();
    for (int piece : new int[] {1, 2, 3, 7, 64, 1000}) {
      Read split = Read.inPieces(sample.format(), ReadSettings.defaults(), sample.content(), piece);
      assertThat(split.everything()).as("pieces of %d", piece).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyPrefixIsReadWithoutAnException(Sample sample) {
    Bytes all = sample.content();
    Read whole = read(sample.format(), all);
    for (int length = 0; length < all.length(); length++) {
      Read prefix = read(sample.format(), all.slice(0, length));
      assertThat(prefix.attempts.size())
          .as("tests of the first %d bytes", length)
          .isLessThanOrEqualTo(whole.attempts.size() + 4);
      if (prefix.attempts.isEmpty()) {
        assertThat(prefix.problems.isEmpty() && prefix.runFiles.isEmpty())
            .as("nothing is said of the first %d bytes", length)
            .isFalse();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void randomDamageIsReadWithoutAnException(Sample sample) {
    Random random = new Random(20_261_121);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] bytes = sample.content().toByteArray();
      for (int hits = 1 + random.nextInt(8); hits > 0; hits--) {
        int at = random.nextInt(bytes.length);
        bytes[at] =
            switch (random.nextInt(3)) {
              case 0 -> (byte) random.nextInt(256);
              case 1 -> bytes[random.nextInt(bytes.length)];
              default -> (byte) TELLING.charAt(random.nextInt(TELLING.length()));
            };
      }
      Bytes damaged = Bytes.copyOf(bytes);
      String whole = read(sample.format(), damaged).everything();
      Read split =
          Read.inPieces(sample.format(), ReadSettings.defaults(), damaged, 1 + random.nextInt(50));
      assertThat(split.everything()).as("mutation %d", i).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JUNIT", "TAP", "GO", "LIBTEST", "CTRF"})
  void anyReaderReadsAnyFormat(ReportFormat format) {
    Random random = new Random(7);
    byte[] noise = new byte[50_000];
    random.nextBytes(noise);
    Set<Problem.Kind> kinds = EnumSet.noneOf(Problem.Kind.class);
    kinds.addAll(read(format, Bytes.copyOf(noise)).kinds());
    for (Sample sample : Samples.list()) {
      if (sample.format() != format) {
        Read read = read(format, sample.content());
        assertThat(read.problems).as("%s as %s", sample, format).isNotEmpty();
        kinds.addAll(read.kinds());
      }
    }
    assertThat(kinds).contains(Problem.Kind.FOREIGN);
  }

  @ParameterizedTest
  @EnumSource(names = {"JUNIT", "TAP", "GO", "LIBTEST", "CTRF"})
  void problemsAreFew(ReportFormat format) {
    String damage =
        switch (format) {
          case JUNIT -> "<testsuite>" + "<x a=1>&b; </y>< ".repeat(5000);
          case TAP -> "ok 7\n".repeat(5000);
          case GO -> "{\"Action\"\n".repeat(5000);
          case LIBTEST -> "{\"type\"\n".repeat(5000);
          case CTRF -> "{\"results\":{\"tests\":[" + "{},".repeat(5000);
          case CSV, MARKDOWN, GITHUB -> throw new AssertionError(format);
        };
    assertThat(read(format, Bytes.ofUtf8(damage)).problems).isNotEmpty().hasSizeLessThan(103);
  }

  @ParameterizedTest
  @EnumSource(names = {"JUNIT", "TAP", "GO", "LIBTEST", "CTRF"})
  void whatReadersTellEveryWriterWrites(ReportFormat written) {
    Random random = new Random(99);
    for (Sample sample : Samples.list()) {
      byte[] bytes = sample.content().toByteArray();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      Read read = read(sample.format(), Bytes.copyOf(bytes));
      for (ReportFormat format : ReportFormat.values()) {
        if (format.isWritable()) {
          byte[] report = new Written().addAll(read.events).bytes(format, WriteSettings.defaults());
          boolean nothing = format == ReportFormat.GITHUB;
          assertThat(nothing || report.length > 0).isTrue();
        }
      }
    }
    assertThat(written.isReadable()).isTrue();
  }

  @Test
  void endlessLineAndTextAreReadInBoundedSpace() {
    for (ReportFormat format :
        new ReportFormat[] {
          ReportFormat.TAP, ReportFormat.GO, ReportFormat.CTRF, ReportFormat.JUNIT
        }) {
      long[] most = new long[1];
      ReportReader reader =
          Reports.reader(
              format,
              new ReportSink() {
                @Override
                public void event(Event event) {
                  most[0] = Math.max(most[0], event.fileContent().length());
                }

                @Override
                public void problem(Problem problem) {
                  assertThat(problem.message().length()).isLessThan(5000);
                }
              });
      Bytes start =
          Bytes.ofUtf8(
              format == ReportFormat.JUNIT
                  ? "<testsuite><testcase name='a'><failure message='"
                  : format == ReportFormat.CTRF
                      ? "{\"results\":{\"tests\":[{\"name\":\"a\",\"message\":\""
                      : "{");
      reader.offer(start);
      Bytes piece = Bytes.ofUtf8("x".repeat(1 << 16));
      for (int i = 0; i < 120; i++) {
        reader.offer(piece);
      }
      reader.end();
      assertThat(most[0]).as("%s", format).isLessThanOrEqualTo(1 << 15);
    }
  }

  @Test
  void nothingMayFollowTheEnd() {
    ReportReader reader = Reports.reader(ReportFormat.TAP, new Read());
    reader.end();
    reader.end();
    assertThatThrownBy(() -> reader.offer(Bytes.ofUtf8("ok")))
        .isInstanceOf(IllegalStateException.class);
  }
}
