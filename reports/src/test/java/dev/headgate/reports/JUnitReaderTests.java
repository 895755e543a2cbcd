package dev.headgate.reports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.reports.Problem.Kind;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JUnitReaderTests {
  private static Read read(String xml) {
    return Read.of(ReportFormat.JUNIT, xml);
  }

  private static Read sound(String xml) {
    Read read = read(xml);
    assertThat(read.problems).isEmpty();
    return read;
  }

  private static Read.Attempt onlyCase(String xml) {
    return sound("<testsuite name='s'>" + xml + "</testsuite>").only();
  }

  @Test
  void passingCaseBeginsAndEnds() {
    Read.Attempt test =
        onlyCase("<testcase classname='org.acme.FooTest' name='works' time='0.25'/>");
    assertThat(test.toString()).isEqualTo("org.acme.FooTest.works success");
    assertThat(test.seconds()).isEqualTo(0.25);
    assertThat(test.runnable).isTrue();
    assertThat(test.files).isEmpty();
  }

  @Test
  void failureBringsMessageTypeAndTraceback() {
    Read.Attempt test =
        onlyCase(
            "<testcase classname='A' name='t'><failure message='a &lt; b&#10;c' type='X'>"
                + "at A.t(A.java:3)</failure></testcase>");
    assertThat(test.status).isEqualTo(Status.FAIL);
    assertThat(test.tags).isEmpty();
    assertThat(test.file("message")).isEqualTo("a < b\nc");
    assertThat(test.file("type")).isEqualTo("X");
    assertThat(test.file("traceback")).isEqualTo("at A.t(A.java:3)");
  }

  @Test
  void errorIsAFailureWithATag() {
    Read.Attempt test = onlyCase("<testcase classname='A' name='t'><error/></testcase>");
    assertThat(test.status).isEqualTo(Status.FAIL);
    assertThat(test.tags).containsExactly("error");
  }

  @Test
  void failureAndErrorTogetherAreOneFailureWithBothTexts() {
    Read.Attempt test =
        onlyCase(
            "<testcase classname='A' name='t'><failure message='m1'>one</failure>"
                + "<error message='m2'>two</error><failure>three</failure></testcase>");
    assertThat(test.status).isEqualTo(Status.FAIL);
    assertThat(test.file("traceback")).isEqualTo("onetwothree");
    assertThat(test.file("message")).isEqualTo("m1m2");
  }

  @Test
  void failureBesideSkippedIsAFailure() {
    assertThat(onlyCase("<testcase classname='A' name='t'><skipped/><failure/></testcase>").status)
        .isEqualTo(Status.FAIL);
    assertThat(onlyCase("<testcase classname='A' name='t'><failure/><skipped/></testcase>").status)
        .isEqualTo(Status.FAIL);
  }

  @Test
  void skippedHasItsReason() {
    Read.Attempt byAttribute =
        onlyCase("<testcase classname='A' name='t'><skipped message='no db'/></testcase>");
    assertThat(byAttribute.status).isEqualTo(Status.SKIP);
    assertThat(byAttribute.file("reason")).isEqualTo("no db");
    Read.Attempt byText =
        onlyCase(
            "<testcase classname='A' name='t'><skipped><![CDATA[no net]]></skipped></testcase>");
    assertThat(byText.file("reason")).isEqualTo("no net");
  }

  @Test
  void pytestsExpectedFailuresAndStrictPassesAreKnown() {
    assertThat(
            onlyCase(
                    "<testcase classname='m' name='t'><skipped type='pytest.xfail' message='bug'/>"
                        + "</testcase>")
                .status)
        .isEqualTo(Status.XFAIL);
    assertThat(
            onlyCase(
                    "<testcase classname='m' name='t'><failure message='[XPASS(strict)] bug'/>"
                        + "</testcase>")
                .status)
        .isEqualTo(Status.UXSUCCESS);
  }

  @Test
  void pytestsErrorInTeardownBelongsToTheTestThatFailedBefore() {
    Read read =
        sound(
            "<testsuites><testsuite name='pytest' errors='1' failures='1' tests='2'>"
                + "<testcase classname='m' name='t' time='0.1'><failure message='call'>1</failure></testcase>"
                + "<testcase classname='m' name='t' time='0.2'>"
                + "<error message='failed on teardown with \"x\"'>2</error></testcase>"
                + "</testsuite></testsuites>");
    assertThat(read.outcomes()).containsExactly("m.t fail");
    assertThat(read.only().file("traceback")).isEqualTo("12");
  }

  @Test
  void casesOfOneNameAreKeptApart() {
    Read read =
        sound(
            "<testsuite name='s'><testcase classname='A' name='t'/>"
                + "<testcase classname='A' name='t'><failure/></testcase>"
                + "<testcase classname='A' name='t#2'/><testcase classname='A' name='t'/></testsuite>");
    assertThat(read.outcomes())
        .containsExactly("A.t success", "A.t#2 fail", "A.t#2#2 success", "A.t#3 success");
  }

  @Test
  void surefiresFlakyElementsAreFailedAttemptsBeforeASuccess() {
    Read read =
        sound(
            "<testsuite name='A'><testcase classname='A' name='t' time='0.5'>"
                + "<flakyFailure message='one' type='E' time='0.125'><stackTrace><![CDATA[trace 1]]></stackTrace>"
                + "<system-out>out 1</system-out></flakyFailure>"
                + "<flakyError message='two'>trace 2</flakyError>"
                + "<system-out>out 3</system-out></testcase></testsuite>");
    assertThat(read.outcomes()).containsExactly("A.t fail", "A.t fail", "A.t success");
    assertThat(read.attempts.get(0).file("traceback")).isEqualTo("trace 1");
    assertThat(read.attempts.get(0).file("stdout")).isEqualTo("out 1");
    assertThat(read.attempts.get(0).seconds()).isEqualTo(0.125);
    assertThat(read.attempts.get(1).tags).containsExactly("error");
    assertThat(read.attempts.get(1).file("traceback")).isEqualTo("trace 2");
    assertThat(read.attempts.get(2).file("stdout")).isEqualTo("out 3");
    assertThat(read.attempts.get(2).seconds()).isEqualTo(0.5);
  }

  @Test
  void surefiresRerunElementsAreFurtherFailedAttempts() {
    Read read =
        sound(
            "<testsuite name='A' failures='1'><testcase classname='A' name='t' time='0.5'>"
                + "<failure message='one'>trace 1</failure><system-out>out 1</system-out>"
                + "<rerunFailure message='two'><stackTrace>trace 2</stackTrace>"
                + "<system-err>err 2</system-err></rerunFailure>"
                + "<rerunError message='three'/></testcase></testsuite>");
    assertThat(read.outcomes()).containsExactly("A.t fail", "A.t fail", "A.t fail");
    assertThat(read.attempts.get(0).file("stdout")).isEqualTo("out 1");
    assertThat(read.attempts.get(1).file("stderr")).isEqualTo("err 2");
    assertThat(read.attempts.get(2).file("message")).isEqualTo("three");
  }

  @Test
  void rerunElementsWithoutAFailureCameBeforeASuccess() {
    assertThat(
            sound(
                    "<testsuite><testcase classname='A' name='t'><rerunFailure message='x'/>"
                        + "</testcase></testsuite>")
                .outcomes())
        .containsExactly("A.t fail", "A.t success");
  }

  @ParameterizedTest
  @CsvSource({
    "status='run' result='completed', success",
    "status='notrun' result='suppressed', skip",
    "status='run' result='skipped', skip",
    "status='fail', fail",
    "status='disabled', skip",
    "result='Failure' executed='True' success='False', fail",
    "result='Ignored' executed='False', skip",
    "result='Success' executed='True' success='True', success",
    "status='PASS', success",
    "status='failed', fail"
  })
  void statusMayStandInAttributes(String attributes, String status) {
    assertThat(onlyCase("<testcase classname='A' name='t' " + attributes + "/>").status.word())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "classname='A' name='t' | A.t",
        "classname='' name='t' | t",
        "name='t' | suite.t",
        "name='suite' | suite",
        "classname='C' | C",
        "classname='renders a list' name='renders a list' | renders a list",
        "classname='pkg.C' name='pkg.C.t' | pkg.C.t",
        "classname='adds' name='Calculator adds' | Calculator adds",
        "class='N' name='t' | N.t",
        "classname='p' name='t[a.b-1]' | p.t[a.b-1]"
      })
  void idIsMadeOfClassAndName(String attributes, String id) {
    Read read = sound("<testsuite name='suite'><testcase " + attributes + "/></testsuite>");
    assertThat(read.only().id).isEqualTo(id);
  }

  @Test
  void suitesNestToAnyDepthAndMayBeEmpty() {
    Read read =
        sound(
            "<testsuites name='all'><testsuite name='php'><testsuite name='App\\Test' file='t.php'>"
                + "<testsuite name='data'><testcase name='x with data set #0' class='App\\Test' "
                + "classname='App.Test' file='/src/t.php' line='12' assertions='1' time='0.001'/>"
                + "</testsuite></testsuite><testsuite name='none' tests='0'/></testsuite></testsuites>");
    assertThat(read.only().id).isEqualTo("App.Test.x with data set #0");
    assertThat(read.only().file("location")).isEqualTo("/src/t.php:12");
  }

  @Test
  void suiteThatFailsByItselfIsAFailedTestOfItsName() {
    Read read =
        sound(
            "<testsuites><testsuite name='broken' tests='0' errors='1'>"
                + "<error message='setup' type='E'>trace</error></testsuite></testsuites>");
    assertThat(read.outcomes()).containsExactly("broken fail");
    assertThat(read.only().runnable).isFalse();
    assertThat(read.only().file("message")).isEqualTo("setup");
    assertThat(read.only().file("traceback")).isEqualTo("trace");
  }

  @Test
  void outputAndPropertiesOfASuiteAreTheRuns() {
    Read read =
        sound(
            "<testsuite name='s'><properties><property name='java.version' value='25'/>"
                + "<property name='a=b'>line&#10;two</property></properties>"
                + "<testcase classname='A' name='t'/><system-out>out</system-out>"
                + "<system-err><![CDATA[err]]></system-err></testsuite>");
    assertThat(read.runFiles)
        .containsEntry("stdout", "out")
        .containsEntry("stderr", "err")
        .containsEntry("properties", "java.version=25\na\\=b=line\\ntwo\n");
    assertThat(read.outcomes()).containsExactly("A.t success");
  }

  @Test
  void outputAndPropertiesOfACaseAreTheTests() {
    Read.Attempt test =
        onlyCase(
            "<testcase classname='A' name='t'><properties><property name='k' value='v'/></properties>"
                + "<system-out>one\n[[ATTACHMENT|/tmp/shot 1.png]]\ntwo</system-out>"
                + "<system-err>e</system-err></testcase>");
    assertThat(test.file("properties")).isEqualTo("k=v\n");
    assertThat(test.file("stdout")).isEqualTo("one\n[[ATTACHMENT|/tmp/shot 1.png]]\ntwo");
    assertThat(test.file("stderr")).isEqualTo("e");
    assertThat(test.file("attachment")).isEqualTo("/tmp/shot 1.png");
  }

  @Test
  void testsOfASuiteFollowEachOtherFromItsTime() {
    Read read =
        sound(
            "<testsuite name='s' timestamp='2024-05-06T07:08:09'>"
                + "<testcase classname='A' name='a' time='1.5'/>"
                + "<testcase classname='A' name='b' time='2'/></testsuite>");
    assertThat(read.attempts.get(0).began).isEqualTo(Instant.parse("2024-05-06T07:08:09Z"));
    assertThat(read.attempts.get(1).began).isEqualTo(Instant.parse("2024-05-06T07:08:10.500Z"));
    assertThat(read.attempts.get(1).ended).isEqualTo(Instant.parse("2024-05-06T07:08:12.500Z"));
  }

  @Test
  void caseWithItsOwnTimeBeginsThen() {
    Read.Attempt test =
        onlyCase(
            "<testcase classname='A' name='a' time='1' timestamp='2024-05-06T07:08:09.123+02:00'/>");
    assertThat(test.began).isEqualTo(Instant.parse("2024-05-06T05:08:09.123Z"));
  }

  @Test
  void durationsAreKeptWithoutAnyTime() {
    Read.Attempt test = onlyCase("<testcase classname='A' name='a' time='1,234.5'/>");
    assertThat(test.began).isEqualTo(Instant.EPOCH);
    assertThat(Duration.between(test.began, test.ended)).isEqualTo(Duration.ofMillis(1_234_500));
    assertThat(onlyCase("<testcase classname='A' name='a'/>").began).isNull();
  }

  @Test
  void settingsGiveStartAndZone() {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    ReadSettings settings =
        ReadSettings.defaults().withStart(start).withZone(ZoneOffset.ofHours(2));
    Bytes plain =
        Bytes.ofUtf8("<testsuite><testcase classname='A' name='a' time='1'/></testsuite>");
    assertThat(Read.of(ReportFormat.JUNIT, settings, plain).only().ended)
        .isEqualTo(start.plusSeconds(1));
    Bytes dated =
        Bytes.ofUtf8(
            "<testsuite timestamp='2024-05-06T07:08:09'><testcase classname='A' name='a'/></testsuite>");
    assertThat(Read.of(ReportFormat.JUNIT, settings, dated).only().began)
        .isEqualTo(Instant.parse("2024-05-06T05:08:09Z"));
  }

  @Test
  void emptyReportIsAProblem() {
    for (String nothing : List.of("", "  \n", "\uFEFF")) {
      Read read = read(nothing);
      assertThat(read.kinds()).as("'%s'", nothing).containsExactly(Kind.EMPTY);
      assertThat(read.events).isEmpty();
    }
  }

  @Test
  void anotherRootIsForeignAndReadsAsNothing() {
    Read read = read("<html><testcase name='x'/><error/><system-out>x</system-out></html>");
    assertThat(read.kinds()).containsExactly(Kind.FOREIGN);
    assertThat(read.events).isEmpty();
    assertThat(read("not XML at all").kinds()).contains(Kind.FOREIGN);
    assertThat(read("<TestRun id='1'><Results/></TestRun>").kinds()).containsExactly(Kind.FOREIGN);
    assertThat(
            read("<testrun tests='1'><testsuite><testcase name='a'/></testsuite></testrun>")
                .only()
                .id)
        .isEqualTo("a");
  }

  @Test
  void whatCameBeforeTheEndOfATruncatedReportCounts() {
    Read read =
        read(
            "<testsuite name='s'>\n<testcase classname='A' name='a'/>\n"
                + "<testcase classname='A' name='b'><failure message='m'>tra");
    assertThat(read.outcomes()).containsExactly("A.a success", "A.b fail");
    assertThat(read.attempts.get(1).file("traceback")).isEqualTo("tra");
    assertThat(read.kinds()).containsExactly(Kind.TRUNCATED);
    assertThat(read.problems.getFirst().line()).isEqualTo(3);
    assertThat(read.problems.getFirst().column()).isEqualTo(57);
  }

  @Test
  void reportThatEndsBeforeItsFirstElementDoesIsTruncated() {
    for (String start :
        List.of("<", "<?xml vers", "<!-- x", "<testsuites", "<testsuites name='x")) {
      assertThat(read(start).kinds()).as(start).containsExactly(Kind.TRUNCATED);
    }
  }

  @Test
  void testWhoseCaseIsCutOffIsLost() {
    Read read = read("<testsuite><testcase classname='A' name='a' time='1'><system-out>hel");
    assertThat(read.outcomes()).containsExactly("A.a inprogress");
    assertThat(read.only().file("stdout")).isEqualTo("hel");
  }

  @Test
  void caseWithinACaseEndsTheOuterOneAsLost() {
    Read read =
        read(
            "<testsuite><testcase classname='A' name='a'><testcase classname='A' name='b'/>"
                + "</testsuite>");
    assertThat(read.outcomes()).containsExactly("A.a inprogress", "A.b success");
    assertThat(read.kinds()).containsExactly(Kind.MALFORMED);
  }

  @Test
  void externalEntitiesAndBombsAreNotExpanded() {
    Read read =
        read(
            "<?xml version='1.0'?><!DOCTYPE testsuite [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>"
                + "<!ENTITY c SYSTEM 'file:///etc/passwd'>]><testsuite name='s'>"
                + "<testcase classname='A' name='t'><failure message='&b;&c;'>&c;</failure></testcase>"
                + "</testsuite>");
    assertThat(read.only().file("message")).isEqualTo("&b;&c;");
    assertThat(read.only().file("traceback")).isEqualTo("&c;");
    assertThat(read.kinds()).containsExactly(Kind.MALFORMED);
  }

  @Test
  void controlCharactersAreKeptAndTold() {
    Read read =
        read(
            "<testsuite><testcase classname='A' name='t\u0001'><system-out>\u001b[31mred\u0000"
                + "</system-out></testcase></testsuite>");
    assertThat(read.only().id).isEqualTo("A.t\u0001");
    assertThat(read.only().file("stdout")).isEqualTo("\u001b[31mred\u0000");
    assertThat(read.kinds()).containsExactly(Kind.MALFORMED);
  }

  @Test
  void encodingsAreThoseOfMarksAndDeclarations() {
    String xml = "<testsuite><testcase classname='Ä' name='ö'/></testsuite>";
    assertThat(read("\uFEFF" + xml).outcomes()).containsExactly("Ä.ö success");
    byte[] wide = ("\uFEFF<?xml version='1.0' encoding='UTF-16'?>" + xml).getBytes(UTF_16LE);
    assertThat(Read.of(ReportFormat.JUNIT, Bytes.copyOf(wide)).outcomes())
        .containsExactly("Ä.ö success");
    byte[] latin = ("<?xml version='1.1' encoding='ISO-8859-1'?>" + xml).getBytes(ISO_8859_1);
    assertThat(Read.of(ReportFormat.JUNIT, Bytes.copyOf(latin)).outcomes())
        .containsExactly("Ä.ö success");
    Read mislabelled = read("<?xml version='1.0' encoding='utf-16'?>" + xml);
    assertThat(mislabelled.outcomes()).containsExactly("Ä.ö success");
    Read wrong = Read.of(ReportFormat.JUNIT, Bytes.copyOf(xml.getBytes(ISO_8859_1)));
    assertThat(wrong.outcomes()).containsExactly("\uFFFD success");
    assertThat(wrong.kinds()).containsExactly(Kind.ENCODING);
    Read unknown = read("<?xml version='1.0' encoding='klingon'?>" + xml);
    assertThat(unknown.outcomes()).containsExactly("Ä.ö success");
    assertThat(unknown.kinds()).containsExactly(Kind.ENCODING);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<testsuite><testcase classname='A' name='t'><failure message='a & b < c'>x < y && z</failure></testcase></testsuite>",
        "<testsuite><testcase classname=A name='t'><failure/></testcase></testsuite>",
        "<testsuite><testcase classname='A' name='t' name='u'><failure/></testcase></testsuite>",
        "<testsuite></x><testcase classname='A' name='t'><failure/></testcase></testsuite>",
        "<testsuite><testcase classname='A' name='t'><failure>x</testcase></testsuite>",
        "<testsuite><testcase classname='A' name='t'><failure/></testcase></testsuite>trailing"
      })
  void brokenRulesAreToldAndReadAsWhatTheyMean(String xml) {
    Read read = read(xml);
    assertThat(read.outcomes()).containsExactly("A.t fail");
    assertThat(read.kinds()).isNotEmpty().containsOnly(Kind.MALFORMED);
  }

  @Test
  void twoReportsInOneFileAreBothRead() {
    Read read =
        read(
            "<?xml version='1.0'?><testsuite><testcase classname='A' name='a'/></testsuite>"
                + "<?xml version='1.0'?><testsuite><testcase classname='A' name='b'/></testsuite>");
    assertThat(read.outcomes()).containsExactly("A.a success", "A.b success");
    assertThat(read.kinds()).containsExactly(Kind.MALFORMED);
  }

  @Test
  void failuresThatASuiteAnnouncesAndLacksAreAProblem() {
    Read read =
        read(
            "<testsuite name='s' tests='2' failures='1' errors='1'>"
                + "<testcase classname='A' name='a'><failure/></testcase></testsuite>");
    assertThat(read.kinds()).containsExactly(Kind.INCONSISTENT);
    sound(
        "<testsuite name='s' tests='1' failures='2'><testcase classname='A' name='a'><failure/>"
            + "<rerunFailure/></testcase></testsuite>");
  }

  @Test
  void depthIsBounded() {
    String deep = "<testsuite>" + "<x>".repeat(100_000) + "<failure/>";
    Read read = read("<testsuite>" + deep + "</x>".repeat(100_000) + "</testsuite></testsuite>");
    assertThat(read.kinds()).containsExactly(Kind.LIMIT);
    assertThat(read.events).isEmpty();
  }

  @Test
  void largeTextComesInPieces() {
    String line = "0123456789abcdef\n";
    Read read =
        sound(
            "<testsuite><testcase classname='A' name='t'><system-out>"
                + line.repeat(100_000)
                + "</system-out></testcase></testsuite>");
    assertThat(read.only().file("stdout")).isEqualTo(line.repeat(100_000));
    assertThat(read.events).allMatch(event -> event.fileContent().length() <= 1 << 15);
  }

  @Test
  void sectionsEndWhereTheyShould() {
    assertThat(
            onlyCase(
                    "<testcase classname='A' name='t'><system-out><![CDATA[a]]]]><![CDATA[>b]]]></system-out>"
                        + "</testcase>")
                .file("stdout"))
        .isEqualTo("a]]>b]");
  }
}
