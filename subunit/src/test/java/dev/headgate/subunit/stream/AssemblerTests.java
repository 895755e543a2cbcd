package dev.headgate.subunit.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.subunit.Attachment;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestKey;
import dev.headgate.subunit.TestResult;
import dev.headgate.subunit.TestSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AssemblerTests {
  private final List<TestResult> results = new ArrayList<>();

  private Assembler assembler(Assembler.Limits limits) {
    return new Assembler(limits, results::add);
  }

  private static Assembler.Limits lingering(int linger) {
    return new Assembler.Limits(1 << 20, 16 << 20, linger);
  }

  private List<String> said() {
    return results.stream()
        .map(r -> r.key().testId() + r.key().attempt() + " " + r.status().word())
        .toList();
  }

  @Test
  void oneRecordHasAllOfATest() {
    Assembler assembler = assembler(Assembler.Limits.USUAL);
    assembler.event(Made.at(Made.of("a", Status.INPROGRESS, "x"), 1));
    assembler.event(
        Event.test("a", Status.NONE).mimeType("m").file("f", Bytes.ofUtf8("on")).build());
    assembler.event(
        Event.test("a", Status.NONE).mimeType("n").file("f", Bytes.ofUtf8("e")).eof(true).build());
    assembler.event(Made.file("a", "f", "two"));
    assembler.event(Made.at(Made.of("a", Status.FAIL, "y"), 3));
    assembler.event(Made.at(Made.file("a", "late", "!"), 4));
    assertThat(results).isEmpty();
    assembler.end();
    assertThat(results)
        .containsExactly(
            new TestResult(
                new TestKey("", "a", 1),
                Status.FAIL,
                List.of("y"),
                Instant.ofEpochSecond(1),
                Instant.ofEpochSecond(3),
                Instant.ofEpochSecond(4),
                List.of(
                    new Attachment("f", 1, "m", Bytes.ofUtf8("one"), 0, Bytes.EMPTY, true),
                    new Attachment("f", 2, null, Bytes.ofUtf8("two"), 0, Bytes.EMPTY, true),
                    new Attachment("late", 1, null, Bytes.ofUtf8("!"), 0, Bytes.EMPTY, true)),
                0));
  }

  @Test
  void attemptsFollowOneAnotherAndHungTestsComeAtTheEnd() {
    Assembler assembler = assembler(Assembler.Limits.USUAL);
    for (Event event :
        List.of(
            Made.began("a"),
            Made.began("b"),
            Made.of("b", Status.SUCCESS),
            Made.of("a", Status.FAIL),
            Made.began("a"),
            Made.of("a", Status.SUCCESS),
            Made.began("b"),
            Made.file("c", "f", "x"))) {
      assembler.event(event);
    }
    assembler.end();
    assertThat(said())
        .containsExactly("b1 success", "a1 fail", "a2 success", "b2 inprogress", "c1 none");
  }

  @Test
  void announcedTestIsDeliveredAtOnceAndAgainWhenItRan() {
    Assembler assembler = assembler(Assembler.Limits.PROMPT);
    assembler.event(Made.of("a", Status.EXISTS, "x"));
    assertThat(said()).containsExactly("a1 exists");
    assembler.event(Made.began("a"));
    assembler.event(Made.of("a", Status.SUCCESS));
    assembler.event(Made.of("a", Status.EXISTS));
    assertThat(said()).containsExactly("a1 exists", "a1 success", "a2 exists");
    assertThat(results.get(1).tags()).containsExactly("x");
  }

  @Test
  void lateEventsAreCountedWhereNothingWaitsForThem() {
    Assembler assembler = assembler(Assembler.Limits.PROMPT);
    assembler.event(Made.of("a", Status.SUCCESS));
    assembler.event(Made.file("a", "f", "x"));
    assembler.event(Made.of("a", Status.FAIL));
    assembler.end();
    assertThat(said()).containsExactly("a1 success");
    assertThat(assembler.lateEvents()).isEqualTo(2);
  }

  @Test
  void resultsWaitForAsManyOthersAsTheLimitSays() {
    Assembler assembler = assembler(lingering(2));
    for (String id : List.of("a", "b", "c", "d")) {
      assembler.event(Made.of(id, Status.SUCCESS));
    }
    assertThat(said()).containsExactly("a1 success", "b1 success");
  }

  @Test
  void longFileKeepsItsFirstAndLastBytes() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      results.clear();
      Assembler assembler = assembler(new Assembler.Limits(100, 1 << 20, 0));
      byte[] content = new byte[random.nextInt(400)];
      random.nextBytes(content);
      int at = 0;
      while (at < content.length) {
        int to = Math.min(content.length, at + 1 + random.nextInt(150));
        assembler.event(
            Event.test("a", Status.NONE).file("f", Bytes.copyOf(content, at, to - at)).build());
        at = to;
      }
      assembler.event(Event.test("a", Status.FAIL).file("f", Bytes.EMPTY).eof(true).build());
      Attachment file = results.getFirst().attachments().getFirst();
      Bytes all = Bytes.copyOf(content);
      assertThat(file.length()).as("seed %d", seed).isEqualTo(content.length);
      assertThat(file.complete()).isTrue();
      if (content.length <= 100) {
        assertThat(file.head()).isEqualTo(all);
      } else {
        assertThat(file.head()).isEqualTo(all.slice(0, 50));
        assertThat(file.tail()).as("seed %d", seed).isEqualTo(all.slice(content.length - 50));
      }
    }
  }

  @Test
  void memoryIsBoundedByDeliveringEarly() {
    Assembler assembler = assembler(new Assembler.Limits(1 << 20, 1 << 20, 1_000));
    for (int i = 0; i < 100; i++) {
      assembler.event(
          Event.test("t" + i, Status.FAIL).file("f", Bytes.copyOf(new byte[100_000])).build());
    }
    assertThat(results).hasSizeGreaterThan(80);
    for (int i = 0; i < 20_000; i++) {
      assembler.event(Made.began("r" + i));
    }
    assertThat(said()).contains("r01 inprogress");
    results.clear();
    assembler.event(Made.of("r0", Status.SUCCESS));
    assembler.end();
    assertThat(said()).contains("r01 success").hasSizeLessThan(6_000);
  }

  @Test
  void resultsAreThoseOfTheSummary() {
    for (int seed = 0; seed < 300; seed++) {
      results.clear();
      Assembler assembler = assembler(lingering(1_000));
      TestSummary summary = new TestSummary();
      for (Event event : Made.run(seed, 60)) {
        assembler.event(event);
        summary.accept(event);
      }
      assembler.end();
      List<String> expected =
          summary.results().stream()
              .filter(r -> r.status().code() > Status.EXISTS.code())
              .map(AssemblerTests::words)
              .toList();
      assertThat(
              results.stream()
                  .filter(r -> r.status().code() > Status.EXISTS.code())
                  .map(AssemblerTests::words))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static String words(TestResult result) {
    return result.key() + " " + result.status() + " " + result.began() + " " + result.ended();
  }

  @Test
  void attemptsAreNumberedOverManyTests() {
    Attempts attempts = new Attempts();
    for (int round = 1; round <= 3; round++) {
      for (int i = 0; i < 20_000; i++) {
        assertThat(attempts.of(Made.began("test" + i))).isEqualTo(round);
        assertThat(attempts.of(Made.of("test" + i, Status.SUCCESS))).isEqualTo(round);
        assertThat(attempts.of(Made.file("test" + i, "f", ""))).isEqualTo(round);
      }
    }
    assertThat(attempts.of(Made.began("x").withRouteCode("test1"))).isEqualTo(1);
    assertThat(attempts.of(Event.builder().build())).isZero();
  }
}
