package dev.headgate.reports;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocationsTests {
  private static String find(String id, String trace) {
    return Locations.find(id, trace).map(each -> each.file() + ":" + each.line()).orElse("");
  }

  @Test
  void javaFramesOfTheTestsOwnClassGoFirst() {
    String trace =
        """
        java.lang.AssertionError: no
        \tat org.junit.Assert.fail(Assert.java:89)
        \tat app//com.acme.Checks.check(Checks.java:5)
        \tat app//com.acme.FooTest.lambda$works$0(FooTest.java:12)
        \tat java.base/java.util.ArrayList.forEach(ArrayList.java:1596)
        \tat com.acme.FooTest.works(FooTest.java:11)
        """;
    assertThat(find("com.acme.FooTest.works", trace)).isEqualTo("com/acme/FooTest.java:12");
    assertThat(find("other", trace)).isEqualTo("com/acme/Checks.java:5");
  }

  @Test
  void pythonsInnermostOwnFrameIsMeant() {
    String trace =
        """
        Traceback (most recent call last):
          File "/usr/lib/python3/unittest/case.py", line 59, in testPartExecutor
            yield
          File "/w/tests/test_a.py", line 4, in test_x
            helper()
          File "/w/tests/base.py", line 9, in helper
            raise ValueError("x")
          File "/w/.venv/lib/site-packages/z.py", line 1, in z
        ValueError: x
        """;
    assertThat(find("t", trace)).isEqualTo("/w/tests/base.py:9");
    assertThat(Locations.firstTelling(trace)).isEqualTo("ValueError: x");
    assertThat(
            find(
                "t",
                "def test():\n>   assert 1 == 2\nE   assert 1 == 2\n\ntests/test_a.py:3: AssertionError"))
        .isEqualTo("tests/test_a.py:3");
  }

  @Test
  void othersAreFoundByTheirFirstOwnLine() {
    assertThat(
            find(
                "t",
                "Error: no\n    at x (/w/node_modules/y/z.js:1:2)\n    at Object.<anonymous> (/w/a.test.ts:10:5)"))
        .isEqualTo("/w/a.test.ts:10");
    assertThat(find("t", "    at file:///w/a.mjs:3:1")).isEqualTo("/w/a.mjs:3");
    assertThat(find("t", "=== RUN   TestA\n    a_test.go:7: got 1\n")).isEqualTo("a_test.go:7");
    assertThat(
            find(
                "t",
                "goroutine 1:\n\t/usr/local/go/src/testing/testing.go:1 +0x1\n\t/w/a.go:12 +0x20\n"))
        .isEqualTo("/w/a.go:12");
    assertThat(find("t", "thread 'a' panicked at src/lib.rs:10:5:\nboom"))
        .isEqualTo("src/lib.rs:10");
    assertThat(find("t", "thread 'a' panicked at 'boom', src/lib.rs:11:5"))
        .isEqualTo("src/lib.rs:11");
    assertThat(find("t", "/w/a_test.cc:42: Failure\nExpected")).isEqualTo("/w/a_test.cc:42");
    assertThat(find("t", "C:\\w\\a.cpp(13): error: no")).isEqualTo("C:\\w\\a.cpp:13");
    assertThat(find("t", "a.cpp:5: FAILED:\n  REQUIRE( x )")).isEqualTo("a.cpp:5");
  }

  @Test
  void proseIsNoPlace() {
    assertThat(find("t", "at 10:30 we met; see http://example.com:80/x and ratio 3.5:1")).isEmpty();
    assertThat(find("t", "")).isEmpty();
  }

  @Test
  void framesOfTheJvmAreReadPartByPart() {
    assertThat(JavaFrame.of("\tat app//org.acme.Foo$Bar.lambda$x$0(Foo-1.kt:12) ~[a.jar:1]"))
        .contains(new JavaFrame("org.acme.Foo$Bar", "Foo-1.kt", 12));
    assertThat(JavaFrame.of("at Foo.<init>(Foo.java:1)").orElseThrow().outermostType())
        .isEqualTo("Foo");
    for (String other :
        new String[] {
          "",
          "at ",
          "at Foo.bar(Native Method)",
          "at Foo.bar(Foo.java)",
          "at Foo.bar(Foo.java:12345678)",
          "at Foo.bar(Foo.java:)",
          "at Foo.bar(Foo:1)",
          "at bar(a.b.js:1)",
          "at new Foo.bar (x.js:1:2)",
          "at .bar(Foo.java:1)",
          "at Foo.(Foo.java:1)",
          "that Foo.bar(Foo.java:1)"
        }) {
      assertThat(JavaFrame.of(other)).as(other).isEmpty();
    }
  }
}
