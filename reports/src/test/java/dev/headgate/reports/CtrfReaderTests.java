package dev.headgate.reports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.reports.Problem.Kind;
import dev.headgate.subunit.Status;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CtrfReaderTests {
  private static Read read(String json) {
    return Read.of(ReportFormat.CTRF, json.replace('\'', '"'));
  }

  private static Read tests(String tests) {
    Read read =
        read(
            "{'reportFormat':'CTRF','specVersion':'0.0.0','results':{'tool':{'name':'x','tests':[1]},"
                + "'summary':{'tests':1},'tests':["
                + tests
                + "],'environment':{'tests':[{'name':'no'}]}}}\n");
    assertThat(read.problems).isEmpty();
    return read;
  }

  @Test
  void testHasStatusTimesAndFiles() {
    Read.Attempt test =
        tests(
                "{'name':'logs in','status':'failed','duration':1500,'start':1700000000000,"
                    + "'suite':['Login'],'message':'no','trace':'at x','tags':['smoke','ui'],"
                    + "'filePath':'a.js','line':3,'stdout':['one','two'],'stderr':['e'],"
                    + "'parameters':{'user':'bob','n':1},'screenshot':'aGk=',"
                    + "'attachments':[{'name':'v','contentType':'video/webm','path':'/v.webm'}]}")
            .only();
    assertThat(test.toString()).isEqualTo("Login.logs in fail");
    assertThat(test.began).isEqualTo(Instant.ofEpochMilli(1_700_000_000_000L));
    assertThat(test.seconds()).isEqualTo(1.5);
    assertThat(test.tags).containsExactly("smoke", "ui");
    assertThat(test.files)
        .containsEntry("message", "no")
        .containsEntry("traceback", "at x")
        .containsEntry("location", "a.js:3")
        .containsEntry("stdout", "one\ntwo")
        .containsEntry("stderr", "e")
        .containsEntry("properties", "user=bob\nn=1\n")
        .containsEntry("screenshot", "hi")
        .containsEntry("attachment", "/v.webm");
  }

  @ParameterizedTest
  @CsvSource({
    "passed,,success",
    "failed,,fail",
    "skipped,,skip",
    "pending,,skip",
    "other,,skip",
    "other,timedOut,fail",
    "other,interrupted,fail",
    "passed,xfail,xfail",
    "failed,uxsuccess,uxsuccess",
    "other,inprogress,inprogress",
    "pending,exists,exists",
    "failed,failed,fail"
  })
  void statusIsReadWithWhatTheToolCalledIt(String status, String raw, String expected) {
    String test =
        "{'name':'t','status':'" + status + "'" + (raw == null ? "" : ",'rawStatus':'" + raw + "'");
    assertThat(tests(test + ",'duration':1}").only().status).isEqualTo(Status.ofWord(expected));
  }

  @Test
  void retriesAreAttemptsWhetherTheLastIsListedOrNot() {
    String first = "{'attempt':1,'status':'failed','duration':10,'message':'m'}";
    String last = "{'attempt':2,'status':'passed','duration':20}";
    String test = "{'name':'t','status':'passed','duration':20,'retries':1,'flaky':true";
    String without = test + ",'retryAttempts':[" + first + "]}";
    String with = test + ",'retryAttempts':[" + first + "," + last + "]}";
    for (String json : new String[] {without, with}) {
      Read read = tests(json);
      assertThat(read.outcomes()).containsExactly("t fail", "t success");
      assertThat(read.attempts.getFirst().file("message")).isEqualTo("m");
    }
    assertThat(tests(test + "}").outcomes()).containsExactly("t fail", "t success");
  }

  @Test
  void suitesOfSeveralLevelsAreJoined() {
    assertThat(tests("{'name':'t','status':'passed','duration':0,'suite':['a','b']}").only().id)
        .isEqualTo("a > b > t");
    assertThat(tests("{'name':'t','status':'passed','duration':0,'suite':'a b'}").only().id)
        .isEqualTo("a b.t");
  }

  @Test
  void truncatedReportKeepsWhatItTold() {
    Read read =
        read("{'results':{'tests':[{'name':'a','status':'passed','duration':1},\n{'name':'b','sta");
    assertThat(read.outcomes()).containsExactly("a success", "b inprogress");
    assertThat(read.kinds()).containsExactly(Kind.TRUNCATED);
    assertThat(read.problems.getFirst().line()).isEqualTo(2);
  }

  @Test
  void brokenReportKeepsWhatCameBefore() {
    Read read = read("{'results':{'tests':[{'name':'a','status':'passed','duration':1},}]}}");
    assertThat(read.outcomes()).containsExactly("a success");
    assertThat(read.kinds()).containsExactly(Kind.MALFORMED);
  }

  @Test
  void otherDocumentsAreForeign() {
    assertThat(read("{'a':[1,2,{}]}").kinds()).containsExactly(Kind.FOREIGN);
    assertThat(read("[]").kinds()).containsExactly(Kind.FOREIGN);
    assertThat(read(" ").kinds()).containsExactly(Kind.EMPTY);
    assertThat(read("{'results':{'tests':[]}}").problems).isEmpty();
    assertThat(read("[".repeat(1000)).kinds()).containsExactly(Kind.MALFORMED, Kind.FOREIGN);
  }

  @Test
  void testWithoutANameIsAProblem() {
    assertThat(read("{'results':{'tests':[{'status':'failed'}]}}").kinds())
        .containsExactly(Kind.MALFORMED);
  }

  @Test
  void everyTextOfJsonIsRead() {
    Read read = tests("{'name':'\\u00e9\\n\\t\\ud83d\\ude00\\/','status':'passed','duration':0}");
    assertThat(read.only().id).isEqualTo("é\n\t😀/");
  }
}
