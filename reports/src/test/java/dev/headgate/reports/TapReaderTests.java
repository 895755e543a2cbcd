package dev.headgate.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.reports.Problem.Kind;
import dev.headgate.subunit.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TapReaderTests {
  private static Read read(String... lines) {
    return Read.of(ReportFormat.TAP, String.join("\n", lines) + "\n");
  }

  private static Read sound(String... lines) {
    Read read = read(lines);
    assertThat(read.problems).isEmpty();
    return read;
  }

  @Test
  void pointsAreTestsByTheirDescription() {
    Read read = sound("1..3", "ok 1 - adds", "not ok 2 subtracts", "ok");
    assertThat(read.outcomes()).containsExactly("adds success", "subtracts fail", "test 3 success");
    assertThat(read.attempts.getFirst().began).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ok 1 - a # SKIP no db | a skip | no db",
        "ok 1 - a # skip: no db | a skip | no db",
        "ok 1 # SKIPPED no db | test 1 skip | no db",
        "not ok 1 - a # SKIP no db | a skip | no db",
        "not ok 1 - a # TODO later | a xfail | later",
        "not ok 1 - a #TODO later | a xfail | later",
        "ok 1 - a # TODO later | a uxsuccess | later",
        "ok 1 - a # TODO | a uxsuccess |",
        "ok 1 - a \\# TODO later | a # TODO later success |",
        "ok 1 - a # todos are fun | a # todos are fun success |",
        "ok 1 - see issue #12 | see issue #12 success |",
        "ok 1 - a # time=12ms | a success |",
        "okay | |"
      })
  void directivesDecideTheStatus(String line, String outcome, String reason) {
    Read read = read("1..1", line);
    if (outcome == null) {
      assertThat(read.runFiles.get("stdout")).isEqualTo(line + "\n");
      return;
    }
    assertThat(read.outcomes()).containsExactly(outcome);
    assertThat(read.only().file("reason")).isEqualTo(reason);
  }

  @Test
  void backslashesAreEscapedSinceVersion14() {
    assertThat(sound("TAP version 14", "1..1", "ok 1 - C:\\\\x \\# y").only().id)
        .isEqualTo("C:\\x # y");
    assertThat(sound("TAP version 13", "1..1", "ok 1 - C:\\\\x").only().id).isEqualTo("C:\\\\x");
  }

  @Test
  void diagnosticBlockBecomesFilesAndTime() {
    Read.Attempt test =
        sound(
                "TAP version 13",
                "not ok 1 - a",
                "  ---",
                "  message: 'it''s 1, not 2'",
                "  severity: fail",
                "  duration_ms: 12.5",
                "  stack: |-",
                "    at a (a.js:1:2)",
                "      at b",
                "  ...",
                "1..1")
            .only();
    assertThat(test.status).isEqualTo(Status.FAIL);
    assertThat(test.file("message")).isEqualTo("it's 1, not 2");
    assertThat(test.file("traceback")).isEqualTo("at a (a.js:1:2)\n  at b");
    assertThat(test.file("diagnostics.yaml"))
        .startsWith("message: 'it''s 1, not 2'\nseverity: fail\n")
        .contains("stack: |-\n  at a (a.js:1:2)\n    at b\n");
    assertThat(test.seconds()).isEqualTo(0.0125);
  }

  @Test
  void blockThatNeverEndsStopsAtTheNextPoint() {
    Read read = read("not ok 1 - a", "  ---", "  message: x", "ok 2 - b", "1..2");
    assertThat(read.outcomes()).containsExactly("a fail", "b success");
    assertThat(read.kinds()).containsExactly(Kind.MALFORMED);
    assertThat(read.attempts.getFirst().file("message")).isEqualTo("x");
  }

  @Test
  void subtestsAreNamedByTheCommentBeforeThem() {
    Read read =
        sound(
            "TAP version 14",
            "1..2",
            "# Subtest: parent",
            "    1..2",
            "    ok 1 - child",
            "    # Subtest: inner",
            "        not ok 1 - leaf",
            "          ---",
            "          message: boo",
            "          ...",
            "        1..1",
            "    not ok 2 - inner",
            "not ok 1 - parent",
            "ok 2 - other");
    assertThat(read.outcomes())
        .containsExactly(
            "parent [child] success",
            "parent [inner] [leaf] fail",
            "parent [inner] fail",
            "parent fail",
            "other success");
    assertThat(read.attempts.get(1).file("message")).isEqualTo("boo");
    assertThat(read.attempts.get(1).runnable).isFalse();
    assertThat(read.attempts.get(3).runnable).isTrue();
  }

  @Test
  void perlNamesSubtestsWithinTheirIndentation() {
    Read read =
        sound(
            "    # Subtest: first",
            "    ok 1 - a",
            "        # Subtest: deep",
            "        ok 1 - b",
            "        1..1",
            "    ok 2 - deep",
            "    1..2",
            "ok 1 - first",
            "    # Subtest: second",
            "    ok 1 - a",
            "    1..1",
            "ok 2 - second",
            "1..2");
    assertThat(read.outcomes())
        .containsExactly(
            "first [a] success",
            "first [deep] [b] success",
            "first [deep] success",
            "first success",
            "second [a] success",
            "second success");
  }

  @Test
  void bareAndBracedSubtestsAreRead() {
    assertThat(sound("TAP version 14", "    ok 1 - x", "    1..1", "ok 1 - p", "1..1").outcomes())
        .containsExactly("subtest 1 [x] success", "p success");
    assertThat(sound("1..1", "ok 1 - p {", "    ok 1 - x", "    1..1", "}").outcomes())
        .containsExactly("p [x] success", "p success");
  }

  @Test
  void plannedTestsThatDidNotComeFailed() {
    Read read = read("1..4", "ok 1 - a", "ok 3 - c");
    assertThat(read.outcomes())
        .containsExactly("a success", "c success", "test 2 fail", "test 4 fail");
    assertThat(read.kinds()).containsExactly(Kind.INCONSISTENT, Kind.INCONSISTENT);
    assertThat(read.attempts.get(3).file("message")).contains("missing");
    assertThat(read.attempts.get(3).runnable).isFalse();
  }

  @Test
  void hugePlanIsToldInBoundedSpace() {
    Read read = read("1..999999999999999999", "ok 1 - a");
    assertThat(read.attempts).hasSize(1002);
    assertThat(read.attempts.getLast().status).isEqualTo(Status.FAIL);
  }

  @Test
  void contradictionsAreProblems() {
    Read tooMany = read("1..1", "ok 1", "ok 2");
    assertThat(tooMany.kinds()).containsExactly(Kind.INCONSISTENT);
    assertThat(tooMany.outcomes()).containsExactly("test 1 success", "test 2 success", "plan fail");
    assertThat(read("ok 1", "ok 2").kinds()).containsExactly(Kind.INCONSISTENT);
    assertThat(read("1..2", "ok 2 - b", "ok 1 - a").kinds())
        .containsExactly(Kind.INCONSISTENT, Kind.INCONSISTENT);
    assertThat(read("1..2", "ok 1 - a", "ok 1 - b").outcomes())
        .containsExactly("a success", "b success", "test 2 fail");
  }

  @Test
  void skippedDocumentIsASkippedRun() {
    Read read = sound("1..0 # SKIP no database");
    assertThat(read.attempts).isEmpty();
    assertThat(read.runStatuses).containsExactly(Status.SKIP);
    assertThat(read.runFiles.get("reason")).isEqualTo("no database");
  }

  @Test
  void bailingOutIsAFailureAndNothingIsMissing() {
    Read read = sound("1..9", "ok 1 - a", "Bail out! disk full");
    assertThat(read.outcomes()).containsExactly("a success", "Bail out! fail");
    assertThat(read.attempts.get(1).file("message")).isEqualTo("disk full");
  }

  @Test
  void whatIsNoTapIsOutputOfTheRun() {
    Read read =
        sound("starting", "1..1", "# a comment", "ok 1 - a", "  indented", "pragma +strict", "");
    assertThat(read.runFiles.get("stdout")).isEqualTo("starting\n# a comment\n  indented\n\n");
    assertThat(read.outcomes()).containsExactly("a success");
  }

  @Test
  void commentsAfterAFailureBelongToIt() {
    Read read = sound("1..1", "not ok 1 - a", "#   Failed test 'a'", "#   at t/a.t line 3.");
    assertThat(read.only().file("comments")).isEqualTo("  Failed test 'a'\n  at t/a.t line 3.\n");
  }

  @Test
  void strictnessMakesForeignLinesAProblem() {
    assertThat(read("TAP version 13", "pragma +strict", "1..1", "junk", "ok 1").kinds())
        .containsExactly(Kind.MALFORMED);
  }

  @Test
  void samePointsAreKeptApart() {
    assertThat(sound("1..2", "ok 1 - a", "not ok 2 - a").outcomes())
        .containsExactly("a success", "a#2 fail");
  }

  @Test
  void lineEndsAndTheLastLineMayBeAnything() {
    Read read = Read.of(ReportFormat.TAP, "\uFEFF1..2\r\nok 1 - a\rnot ok 2 - b");
    assertThat(read.outcomes()).containsExactly("a success", "b fail");
    assertThat(read.problems).isEmpty();
  }

  @Test
  void foreignAndEmptyAreProblems() {
    assertThat(read("hello").kinds()).containsExactly(Kind.FOREIGN);
    assertThat(Read.of(ReportFormat.TAP, "").kinds()).containsExactly(Kind.EMPTY);
  }

  @Test
  void numbersAndWordsOfPointsAreToldFromDescriptions() {
    Read read =
        read(
            "1..8",
            "ok",
            "ok#2 x",
            "ok 3x",
            "ok\t4\t- tab",
            "not ok 5#5",
            "ok 6 - line\u2028separator # skip\u2028why",
            "ok 1234567890123456789 long",
            "ok 8 #todo",
            "okay",
            "not okay",
            "notok 1");
    assertThat(read.outcomes())
        .containsExactly(
            "test 1 success",
            "#2 x success",
            "3x success",
            "tab success",
            "#5 fail",
            "line\u2028separator skip",
            "1234567890123456789 long success",
            "test 8 uxsuccess");
    assertThat(read.kinds()).isEmpty();
  }
}
