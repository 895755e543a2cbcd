package dev.headgate.reports;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.reports.Problem.Kind;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Status;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The formats that are lines of JSON. */
class JsonReadersTests {
  private static final String TIME = "'Time':'2024-05-06T07:08:09.5+02:00',";

  private static Read go(String... lines) {
    return Read.of(ReportFormat.GO, String.join("\n", lines).replace('\'', '"') + "\n");
  }

  private static Read libtest(String... lines) {
    return Read.of(ReportFormat.LIBTEST, String.join("\n", lines).replace('\'', '"') + "\n");
  }

  @Test
  void goTestsBeginPrintAndEnd() {
    Read read =
        go(
            "{'Time':'2024-05-06T07:08:09Z','Action':'start','Package':'ex/p'}",
            "{'Time':'2024-05-06T07:08:10Z','Action':'run','Package':'ex/p','Test':'TestA'}",
            "{'Time':'2024-05-06T07:08:10Z','Action':'output','Package':'ex/p','Test':'TestA','Output':'=== RUN   TestA\\n'}",
            "{'Time':'2024-05-06T07:08:10Z','Action':'run','Package':'ex/p','Test':'TestA/sub_1'}",
            "{'Time':'2024-05-06T07:08:10Z','Action':'pause','Package':'ex/p','Test':'TestA/sub_1'}",
            "{'Time':'2024-05-06T07:08:10Z','Action':'output','Package':'ex/p','Test':'TestA','Output':'more\\n'}",
            "{'Time':'2024-05-06T07:08:10Z','Action':'cont','Package':'ex/p','Test':'TestA/sub_1'}",
            "{'Time':'2024-05-06T07:08:10Z','Action':'output','Package':'ex/p','Test':'TestA/sub_1','Output':'    a_test.go:7: no\\n'}",
            "{'Time':'2024-05-06T07:08:11Z','Action':'fail','Package':'ex/p','Test':'TestA/sub_1','Elapsed':1}",
            "{'Time':'2024-05-06T07:08:12Z','Action':'fail','Package':'ex/p','Test':'TestA','Elapsed':2}",
            "{'Time':'2024-05-06T07:08:12Z','Action':'run','Package':'ex/p','Test':'TestB'}",
            "{'Time':'2024-05-06T07:08:12Z','Action':'skip','Package':'ex/p','Test':'TestB','Elapsed':0}",
            "{'Time':'2024-05-06T07:08:12Z','Action':'output','Package':'ex/p','Output':'FAIL\\n'}",
            "{'Time':'2024-05-06T07:08:12Z','Action':'fail','Package':'ex/p','Elapsed':2.1}");
    assertThat(read.problems).isEmpty();
    assertThat(read.outcomes())
        .containsExactly("ex/p.TestA fail", "ex/p.TestA/sub_1 fail", "ex/p.TestB skip");
    assertThat(read.attempts.get(0).file("stdout")).isEqualTo("=== RUN   TestA\nmore\n");
    assertThat(read.attempts.get(1).file("stdout")).isEqualTo("    a_test.go:7: no\n");
    assertThat(read.attempts.get(0).seconds()).isEqualTo(2);
    assertThat(read.runFiles.get("stdout")).isEqualTo("FAIL\n");
  }

  @Test
  void goWithoutTimesKeepsDurations() {
    Read read =
        go(
            "{'Action':'run','Package':'p','Test':'TestA'}",
            "{'Action':'pass','Package':'p','Test':'TestA','Elapsed':0.25}",
            "{'Action':'pass','Package':'p','Elapsed':0.3}");
    assertThat(read.only().seconds()).isEqualTo(0.25);
    assertThat(read.only().began).isEqualTo(Instant.EPOCH);
  }

  @Test
  void goPackageThatWasNotBuiltIsAFailedTestOfItsName() {
    Read read =
        go(
            "{'ImportPath':'ex/p [ex/p.test]','Action':'build-output','Output':'# ex/p\\n'}",
            "{'ImportPath':'ex/p [ex/p.test]','Action':'build-output','Output':'./a.go:3:1: bad\\n'}",
            "{'ImportPath':'ex/p [ex/p.test]','Action':'build-fail'}",
            "{" + TIME + "'Action':'start','Package':'ex/p'}",
            "{"
                + TIME
                + "'Action':'output','Package':'ex/p','Output':'FAIL\\tex/p [build failed]\\n'}",
            "{"
                + TIME
                + "'Action':'fail','Package':'ex/p','Elapsed':0,'FailedBuild':'ex/p [ex/p.test]'}");
    assertThat(read.problems).isEmpty();
    assertThat(read.outcomes()).containsExactly("ex/p fail");
    assertThat(read.only().runnable).isFalse();
    assertThat(read.only().file("stdout")).contains("./a.go:3:1: bad").contains("[build failed]");
    assertThat(read.only().ended).isEqualTo(Instant.parse("2024-05-06T05:08:09.5Z"));
  }

  @Test
  void olderGoSaysSoInPlainText() {
    Read read =
        go(
            "# ex/p",
            "./a.go:3:1: bad",
            "FAIL\tex/p [build failed]",
            "{'Action':'pass','Package':'ex/q','Elapsed':0}");
    assertThat(read.outcomes()).containsExactly("ex/p fail");
    assertThat(read.only().file("stdout")).contains("./a.go:3:1: bad");
    assertThat(read.runFiles.get("stdout")).startsWith("# ex/p\n");
  }

  @Test
  void goBuildThatNobodyMissesIsStillAFailure() {
    assertThat(go("{'ImportPath':'ex/p','Action':'build-fail'}").outcomes())
        .containsExactly("ex/p fail");
  }

  @Test
  void goTestsThatAPanicTookAreLost() {
    Read read =
        go(
            "{'Action':'run','Package':'p','Test':'TestA'}",
            "{'Action':'run','Package':'p','Test':'TestB'}",
            "{'Action':'output','Package':'p','Output':'panic: boom\\n'}",
            "{'Action':'fail','Package':'p','Elapsed':0.1}");
    assertThat(read.outcomes())
        .containsExactly("p.TestA inprogress", "p.TestB inprogress", "p fail");
    assertThat(read.kinds()).containsExactly(Kind.INCONSISTENT);
    assertThat(read.attempts.get(2).file("stdout")).contains("panic: boom");
  }

  @Test
  void goBenchmarksPassWithTheirPackage() {
    Read read =
        go(
            "{'Action':'run','Package':'p','Test':'BenchmarkA'}",
            "{'Action':'output','Package':'p','Test':'BenchmarkA','Output':'BenchmarkA  1  2 ns/op\\n'}",
            "{'Action':'pass','Package':'p','Elapsed':0.1}",
            "{'Action':'skip','Package':'nothing','Elapsed':0}");
    assertThat(read.outcomes()).containsExactly("p.BenchmarkA success");
    assertThat(read.problems).isEmpty();
  }

  @Test
  void goTestThatRunsTwiceHasTwoAttempts() {
    Read read =
        go(
            "{'Action':'run','Package':'p','Test':'TestA'}",
            "{'Action':'fail','Package':'p','Test':'TestA','Elapsed':0}",
            "{'Action':'run','Package':'p','Test':'TestA'}",
            "{'Action':'pass','Package':'p','Test':'TestA','Elapsed':0}",
            "{'Action':'fail','Package':'p','Elapsed':0}");
    assertThat(read.outcomes()).containsExactly("p.TestA fail", "p.TestA success");
  }

  @Test
  void goReportThatIsCutOffIsTruncated() {
    Read read =
        go("{'Action':'run','Package':'p','Test':'TestA'}", "{'Action':'pass','Package':'p','Te");
    assertThat(read.outcomes()).containsExactly("p.TestA inprogress");
    assertThat(read.kinds()).containsExactly(Kind.MALFORMED, Kind.TRUNCATED);
    assertThat(read.problems.getFirst().line()).isEqualTo(2);
  }

  @Test
  void goAttributesAreProperties() {
    Read read =
        go(
            "{'Action':'run','Package':'p','Test':'TestA'}",
            "{'Action':'attr','Package':'p','Test':'TestA','Key':'k','Value':'v'}",
            "{'Action':'pass','Package':'p','Test':'TestA','Elapsed':0}",
            "{'Action':'pass','Package':'p','Elapsed':0}");
    assertThat(read.only().file("properties")).isEqualTo("k=v\n");
  }

  @Test
  void linesThatAShellWroteInTwoBytesEachAreRead() {
    byte[] wide =
        ("\uFEFF{\"Action\":\"run\",\"Package\":\"p\",\"Test\":\"TestA\"}\r\n"
                + "{\"Action\":\"pass\",\"Package\":\"p\",\"Test\":\"TestA\"}\r\n"
                + "{\"Action\":\"pass\",\"Package\":\"p\"}\r\n")
            .getBytes(UTF_16LE);
    assertThat(Read.of(ReportFormat.GO, Bytes.copyOf(wide)).outcomes())
        .containsExactly("p.TestA success");
  }

  @Test
  void libtestTellsOutcomesAndDurations() {
    Read read =
        libtest(
            "{ 'type': 'suite', 'event': 'started', 'test_count': 4 }",
            "{ 'type': 'test', 'event': 'started', 'name': 'm::a' }",
            "{ 'type': 'test', 'event': 'started', 'name': 'm::b' }",
            "{ 'type': 'test', 'name': 'm::a', 'event': 'ok', 'exec_time': 0.25 }",
            "{ 'type': 'test', 'event': 'timeout', 'name': 'm::b' }",
            "{ 'type': 'test', 'name': 'm::b', 'event': 'failed', 'stdout': 'panicked at src/lib.rs:3:5', 'message': 'wrong' }",
            "{ 'type': 'test', 'event': 'started', 'name': 'm::c' }",
            "{ 'type': 'test', 'name': 'm::c', 'event': 'ignored', 'message': 'slow' }",
            "{ 'type': 'bench', 'name': 'm::d', 'median': 12, 'deviation': 3 }",
            "{ 'type': 'suite', 'event': 'failed', 'passed': 1, 'failed': 1, 'exec_time': 0.5 }");
    assertThat(read.problems).isEmpty();
    assertThat(read.outcomes())
        .containsExactly("m::a success", "m::b fail", "m::c skip", "m::d success");
    assertThat(read.attempts.get(0).seconds()).isEqualTo(0.25);
    assertThat(read.attempts.get(1).file("stdout")).isEqualTo("panicked at src/lib.rs:3:5");
    assertThat(read.attempts.get(1).file("message")).isEqualTo("wrong");
    assertThat(read.attempts.get(2).file("reason")).isEqualTo("slow");
    assertThat(read.attempts.get(3).file("message")).startsWith("12 ns/iter");
  }

  @Test
  void testsOfOneNameInTwoBinariesAreKeptApart() {
    Read read =
        libtest(
            "{'type':'suite','event':'started','test_count':1}",
            "{'type':'test','event':'started','name':'t'}",
            "{'type':'test','name':'t','event':'ok'}",
            "{'type':'suite','event':'ok','passed':1,'failed':0}",
            "{'type':'suite','event':'started','test_count':1}",
            "{'type':'test','event':'started','name':'t'}",
            "{'type':'test','name':'t','event':'failed'}",
            "{'type':'suite','event':'failed','passed':0,'failed':1}");
    assertThat(read.outcomes()).containsExactly("t success", "t#2 fail");
    assertThat(read.problems).isEmpty();
  }

  @Test
  void nextestsRetriesAreAttempts() {
    Read read =
        libtest(
            "{'type':'suite','event':'started','test_count':1,'nextest':{'crate':'c','test_binary':'c','kind':'lib'}}",
            "{'type':'test','event':'started','name':'c::c$m::t'}",
            "{'type':'test','event':'ok','name':'c::c$m::t#3','exec_time':1.5}",
            "{'type':'suite','event':'ok','passed':1,'failed':0,'exec_time':1.5,'nextest':{'crate':'c'}}");
    assertThat(read.outcomes())
        .containsExactly("c::c$m::t fail", "c::c$m::t fail", "c::c$m::t success");
  }

  @Test
  void linesOfCargoAndOfNobodyAreOutput() {
    Read read =
        libtest(
            "   Compiling x v0.1.0",
            "{'reason':'compiler-message','message':{'rendered':'warning: unused\\n'}}",
            "{'reason':'build-finished','success':true}",
            "{'type':'suite','event':'started','test_count':0}",
            "{'type':'suite','event':'ok','passed':0,'failed':0}",
            "{'some':'json'}");
    assertThat(read.runFiles.get("stdout"))
        .isEqualTo("   Compiling x v0.1.0\nwarning: unused\n{\"some\":\"json\"}\n");
    assertThat(read.problems).isEmpty();
  }

  @Test
  void binaryThatDiedLosesItsTests() {
    Read read =
        libtest(
            "{'type':'suite','event':'started','test_count':2}",
            "{'type':'test','event':'started','name':'t'}",
            "error: process aborted (signal: 6)");
    assertThat(read.outcomes()).containsExactly("t inprogress");
    assertThat(read.kinds()).containsExactly(Kind.TRUNCATED);
  }

  @Test
  void foreignLinesAreAProblem() {
    assertThat(go("hello").kinds()).containsExactly(Kind.FOREIGN);
    assertThat(libtest("hello").kinds()).containsExactly(Kind.FOREIGN);
    assertThat(go("hello").runFiles.get("stdout")).isEqualTo("hello\n");
    assertThat(go("{'Action':'start','Package':'p'}").attempts)
        .extracting(attempt -> attempt.status)
        .doesNotContain(Status.SUCCESS);
  }
}
