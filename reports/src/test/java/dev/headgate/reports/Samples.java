package dev.headgate.reports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import dev.headgate.subunit.Bytes;
import java.util.List;
import java.util.stream.Stream;

/** Reports with all parts that a format has, for tests that hold for every report. */
final class Samples {
  /** One report. */
  record Sample(String name, ReportFormat format, Bytes content) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String SUREFIRE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" name="org.acme.FooTest" \
      time="1,234.5" tests="4" errors="1" skipped="1" failures="1" timestamp="2024-05-06T07:08:09">
        <properties>
          <property name="java.version" value="25"/>
          <property name="sun.path" value="/a&amp;b:&quot;c&quot;"/>
        </properties>
        <testcase name="ok" classname="org.acme.FooTest" time="0.01"/>
        <testcase name="flaky" classname="org.acme.FooTest" time="0.02">
          <flakyFailure message="no &lt;1&gt;" type="java.lang.AssertionError" time="0.5"><stackTrace><![CDATA[java.lang.AssertionError: no <1>
      \tat org.acme.FooTest.flaky(FooTest.java:12)
      ]]></stackTrace><system-out><![CDATA[out]]></system-out></flakyFailure>
          <system-out>at last</system-out>
        </testcase>
        <testcase name="bad" classname="org.acme.FooTest" time="0.03">
          <error message="boom" type="E"><![CDATA[E: boom]]]]><![CDATA[>]]></error>
          <rerunError message="boom again" type="E"><stackTrace>E: boom again</stackTrace></rerunError>
          <system-err>caf\u00e9 &#x1F600;</system-err>
        </testcase>
        <testcase name="later" classname="org.acme.FooTest" time="0"><skipped message="why"/></testcase>
      </testsuite>
      """;

  private static final String PYTEST =
      """
      <?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" \
      errors="1" failures="1" skipped="1" tests="4" time="0.12" timestamp="2024-05-06T07:08:09.123456+00:00" \
      hostname="h"><testcase classname="tests.test_a" name="test_x[1-a b]" time="0.001"><failure \
      message="AssertionError: assert 1 == 2&#10; +  where">def test_x():
      &gt;       assert 1 == 2
      tests/test_a.py:3: AssertionError</failure></testcase><testcase classname="tests.test_a" \
      name="test_x[1-a b]" time="0.001"><error message="failed on teardown with &quot;E&quot;">E</error>\
      </testcase><testcase classname="tests.test_a" name="test_y" time="0.1"><skipped \
      type="pytest.xfail" message="bug"/></testcase></testsuite></testsuites>
      """;

  private static final String GTEST =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- gtest -->
      <testsuites tests="3" failures="1" disabled="1" errors="0" time="0.002" timestamp="2024-05-06T07:08:09.5" name="AllTests">
        <testsuite name="Foo" tests="3" failures="1" disabled="1" skipped="0" errors="0" time="0.001">
          <testcase name="A" file="a.cc" line="3" status="run" result="completed" time="0.001" classname="Foo">
            <failure message="a.cc:4&#x0A;Failure" type=""><![CDATA[a.cc:4
      Failure]]></failure>
          </testcase>
          <testcase name="DISABLED_B" status="notrun" result="suppressed" time="0." classname="Foo" />
        </testsuite>
      </testsuites>
      """;

  private static final String TAP14 =
      """
      TAP version 14
      1..5
      # Subtest: parent
          ok 1 - child # time=5ms
          not ok 2 - other # TODO later
          1..2
      ok 1 - parent
      not ok 2 - bad \\# one
        ---
        message: "no\\n"
        severity: fail
        stack: |
          at a
            at b
        duration_ms: 12.5
        ...
      # a diagnostic
      hello
      ok 3 - skipped # SKIP no net
      Bail out! disk full
      """;

  private static final String TAP12 =
      """
      ok 1 - a
      not ok - b
      #   Failed test 'b'
      ok 4
      1..4
      """;

  private static final String GO =
      """
      # ex/broken
      {"Time":"2024-05-06T07:08:09.1+02:00","Action":"start","Package":"ex/p"}
      {"Time":"2024-05-06T07:08:09.1+02:00","Action":"run","Package":"ex/p","Test":"TestA"}
      {"Time":"2024-05-06T07:08:09.1+02:00","Action":"output","Package":"ex/p","Test":"TestA","Output":"=== RUN \\u003c caf\u00e9\\n"}
      {"Time":"2024-05-06T07:08:09.1+02:00","Action":"run","Package":"ex/p","Test":"TestA/sub"}
      {"Time":"2024-05-06T07:08:10.1+02:00","Action":"fail","Package":"ex/p","Test":"TestA/sub","Elapsed":1}
      {"Time":"2024-05-06T07:08:10.1+02:00","Action":"fail","Package":"ex/p","Test":"TestA","Elapsed":1.25}
      {"Action":"output","Package":"ex/p","Output":"FAIL\\n"}
      {"Action":"fail","Package":"ex/p","Elapsed":1.3}
      {"ImportPath":"ex/q [ex/q.test]","Action":"build-output","Output":"./q.go:1:2: no\\n"}
      {"ImportPath":"ex/q [ex/q.test]","Action":"build-fail"}
      {"Action":"fail","Package":"ex/q","Elapsed":0,"FailedBuild":"ex/q [ex/q.test]"}
      """;

  private static final String LIBTEST =
      """
         Compiling x
      { "type": "suite", "event": "started", "test_count": 2, "nextest": {"crate":"c"} }
      { "type": "test", "event": "started", "name": "c$m::a" }
      { "type": "test", "event": "started", "name": "c$m::b" }
      { "type": "test", "name": "c$m::a#2", "event": "ok", "exec_time": 0.25 }
      { "type": "test", "name": "c$m::b", "event": "failed", "stdout": "panicked at src/lib.rs:3:5:\\nno\\u0000" }
      { "type": "suite", "event": "failed", "passed": 1, "failed": 1, "exec_time": 0.5 }
      """;

  private static final String CTRF =
      """
      {"reportFormat":"CTRF","specVersion":"1.0.0","results":{"tool":{"name":"x"},
      "summary":{"tests":2,"start":1700000000000},"tests":[
      {"name":"a","status":"passed","duration":12.5,"start":1700000000000,"suite":["s","t"],"flaky":true,"retries":1,
      "retryAttempts":[{"attempt":1,"status":"failed","message":"m","trace":"at a.js:1:2"}],"tags":["x"]},
      {"name":"b \\ud83d\\ude00","status":"other","rawStatus":"timedOut","duration":1,"stdout":["1","2"],"screenshot":"aGk=",
      "attachments":[{"name":"v","contentType":"video/webm","path":"/v"}],"parameters":{"k":[1,{}]}}],
      "environment":{"x":[null,true,-1.5e3]}}}
      """;

  private Samples() {}

  static Stream<Sample> all() {
    return Stream.of(
        sample("surefire", ReportFormat.JUNIT, SUREFIRE),
        sample("pytest", ReportFormat.JUNIT, PYTEST),
        sample("gtest", ReportFormat.JUNIT, GTEST),
        new Sample(
            "wide surefire",
            ReportFormat.JUNIT,
            Bytes.copyOf(("\uFEFF" + SUREFIRE).getBytes(UTF_16LE))),
        new Sample("wrong bytes", ReportFormat.JUNIT, Bytes.copyOf(SUREFIRE.getBytes(ISO_8859_1))),
        sample("tap 14", ReportFormat.TAP, TAP14),
        sample("tap 12", ReportFormat.TAP, TAP12),
        sample("go", ReportFormat.GO, GO),
        new Sample("wide go", ReportFormat.GO, Bytes.copyOf(("\uFEFF" + GO).getBytes(UTF_16LE))),
        sample("libtest", ReportFormat.LIBTEST, LIBTEST),
        sample("ctrf", ReportFormat.CTRF, CTRF));
  }

  static List<Sample> list() {
    return all().toList();
  }

  private static Sample sample(String name, ReportFormat format, String text) {
    return new Sample(name, format, Bytes.ofUtf8(text));
  }
}
