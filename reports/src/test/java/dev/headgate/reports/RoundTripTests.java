package dev.headgate.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.reports.Samples.Sample;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Events to a format and back keep what docs/reference/reports.md says. */
class RoundTripTests {
  static Stream<Sample> samples() {
    return Samples.all();
  }

  private static Read again(ReportFormat format, Written written) {
    Read read = Read.of(format, Bytes.copyOf(written.bytes(format, WriteSettings.defaults())));
    assertThat(read.problems).isEmpty();
    return read;
  }

  private static Written everyOutcome() {
    Written written = new Written();
    for (Status status : Status.values()) {
      if (status != Status.NONE && status != Status.EXISTS) {
        written.test("a.B." + status.word() + "[x.y]", status);
      }
    }
    return written;
  }

  private static List<String> outcomes(Read read) {
    return read.outcomes().stream().sorted().toList();
  }

  @Test
  void junitKeepsEveryOutcome() {
    Written written = everyOutcome();
    written.add(Event.test("a.B.exists", Status.EXISTS));
    assertThat(outcomes(again(ReportFormat.JUNIT, written)))
        .containsExactly(
            "a.B.exists exists",
            "a.B.fail[x.y] fail",
            "a.B.inprogress[x.y] inprogress",
            "a.B.skip[x.y] skip",
            "a.B.success[x.y] success",
            "a.B.uxsuccess[x.y] uxsuccess",
            "a.B.xfail[x.y] xfail");
  }

  @Test
  void ctrfKeepsEveryOutcome() {
    Written written = everyOutcome();
    written.add(Event.test("a.B.exists", Status.EXISTS));
    assertThat(outcomes(again(ReportFormat.CTRF, written)))
        .containsExactly(
            "a.B.exists exists",
            "a.B.fail[x.y] fail",
            "a.B.inprogress[x.y] inprogress",
            "a.B.skip[x.y] skip",
            "a.B.success[x.y] success",
            "a.B.uxsuccess[x.y] uxsuccess",
            "a.B.xfail[x.y] xfail");
  }

  @Test
  void tapMakesAFailureOfWhatNeverEnded() {
    assertThat(outcomes(again(ReportFormat.TAP, everyOutcome())))
        .containsExactly(
            "a.B.fail[x.y] fail",
            "a.B.inprogress[x.y] fail",
            "a.B.skip[x.y] skip",
            "a.B.success[x.y] success",
            "a.B.uxsuccess[x.y] uxsuccess",
            "a.B.xfail[x.y] xfail");
  }

  @Test
  void filesAndTimesOfAFailureAreKept() {
    String trace = "one\n  two <&> ]]> 'x' \"y\"\n\nthree";
    Written written =
        new Written()
            .test(
                "a.B.t",
                Status.FAIL,
                "message",
                "no: 1 & 2\nnext",
                "traceback",
                trace,
                "stdout",
                "out\n",
                "stderr",
                "err",
                "location",
                "src/a.c:7");
    for (ReportFormat format : List.of(ReportFormat.JUNIT, ReportFormat.TAP, ReportFormat.CTRF)) {
      Read.Attempt test = again(format, written).only();
      assertThat(test.file("message")).as("%s", format).isEqualTo("no: 1 & 2\nnext");
      assertThat(test.file("traceback")).as("%s", format).isEqualTo(trace);
      assertThat(test.file("stdout").strip()).as("%s", format).isEqualTo("out");
      assertThat(test.file("stderr")).as("%s", format).isEqualTo("err");
      assertThat(test.file("location")).as("%s", format).isEqualTo("src/a.c:7");
      assertThat(test.seconds()).as("%s", format).isEqualTo(1);
      if (format != ReportFormat.TAP) {
        assertThat(test.began).as("%s", format).isEqualTo(Written.START);
      }
    }
  }

  @Test
  void attemptsOfAFlakyTestAreKept() {
    Written written =
        new Written()
            .test("a.B.t", Status.FAIL, "message", "one")
            .attempt(null, "a.B.t", Status.FAIL, List.of("error"), "message", "two")
            .test("a.B.t", Status.SUCCESS);
    for (ReportFormat format : List.of(ReportFormat.JUNIT, ReportFormat.CTRF)) {
      Read read = again(format, written);
      assertThat(read.outcomes())
          .as("%s", format)
          .containsExactly("a.B.t fail", "a.B.t fail", "a.B.t success");
      assertThat(read.attempts.get(1).file("message")).isEqualTo("two");
    }
    assertThat(again(ReportFormat.TAP, written).outcomes()).containsExactly("a.B.t success");
  }

  @Test
  void anyIdIsKept() {
    for (String id :
        List.of(
            "a.b.c",
            "plain",
            "a b",
            "a.a b",
            "x > y.z",
            "p.t[a.b]",
            ".x",
            "x.",
            "a..b",
            "Ä.ö",
            "pkg/sub.Test/x",
            "tests::it",
            "a.b (c.d)",
            "a#2",
            "a.pkg a",
            "parent [sub]")) {
      Written written = new Written().test(id, Status.SUCCESS);
      for (ReportFormat format : List.of(ReportFormat.JUNIT, ReportFormat.TAP, ReportFormat.CTRF)) {
        assertThat(again(format, written).only().id).as("%s", format).isEqualTo(id);
      }
    }
  }

  private static List<String> files(Read read) {
    return read.attempts.stream()
        .map(attempt -> attempt.id + " " + attempt.status + " " + new TreeMap<>(attempt.files))
        .sorted()
        .toList();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void secondTripLosesNothing(Sample sample) {
    Read first = Read.of(sample.format(), sample.content());
    for (ReportFormat format : List.of(ReportFormat.JUNIT, ReportFormat.CTRF)) {
      Read once = again(format, new Written().addAll(first.events));
      Read twice = again(format, new Written().addAll(once.events));
      assertThat(outcomes(twice)).as("%s", format).isEqualTo(outcomes(once));
      assertThat(once.outcomes()).isNotEmpty();
      assertThat(files(twice)).as("%s", format).isEqualTo(files(once));
    }
  }
}
