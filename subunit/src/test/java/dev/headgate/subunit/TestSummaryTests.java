package dev.headgate.subunit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.subunit.TestSummary.Counts;
import dev.headgate.subunit.TestSummary.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TestSummaryTests {
  private final TestSummary summary = new TestSummary();

  private Optional<Fact> accept(String testId, Status status) {
    return summary.accept(Event.test(testId, status).build());
  }

  private void file(String testId, Status status, String name, String content, boolean eof) {
    summary.accept(Event.test(testId, status).file(name, Bytes.ofUtf8(content)).eof(eof).build());
  }

  private static Counts counts(
      long passed, long failed, long skipped, long unfinished, long listed) {
    return new Counts(passed, failed, skipped, unfinished, listed);
  }

  @Test
  void eachFinalStatusIsCountedAsWhatItMeans() {
    for (Status status : Status.values()) {
      accept("test " + status.word(), status);
    }
    assertThat(summary.counts()).isEqualTo(counts(2, 2, 1, 1, 1));
    assertThat(summary.counts().executed()).isEqualTo(6);
    assertThat(summary.failures())
        .extracting(result -> result.key().testId())
        .containsExactly("test uxsuccess", "test fail");
    assertThat(summary.results()).hasSize(8);
  }

  @Test
  void beginningAndEndAreKnownWhenTheyCome() {
    assertThat(accept("t", Status.EXISTS)).get().isInstanceOf(Fact.Listed.class);
    assertThat(accept("t", Status.INPROGRESS)).get().isInstanceOf(Fact.Began.class);
    assertThat(accept("t", Status.INPROGRESS)).isEmpty();
    assertThat(accept("t", Status.EXISTS)).isEmpty();
    assertThat(accept("t", Status.NONE)).isEmpty();
    assertThat(summary.counts()).isEqualTo(counts(0, 0, 0, 1, 0));
    Optional<Fact> ended = accept("t", Status.SUCCESS);
    assertThat(ended)
        .get()
        .isInstanceOfSatisfying(
            Fact.Ended.class, fact -> assertThat(fact.test().status()).isEqualTo(Status.SUCCESS));
    assertThat(summary.counts()).isEqualTo(counts(1, 0, 0, 0, 0));
  }

  @ParameterizedTest
  @EnumSource(names = {"INPROGRESS", "EXISTS"})
  void beginningAfterAFinalStatusIsTheNextAttempt(Status beginning) {
    accept("t", Status.INPROGRESS);
    accept("t", Status.FAIL);
    accept("t", beginning);
    accept("t", Status.SUCCESS);
    assertThat(summary.results())
        .extracting(TestResult::key)
        .containsExactly(new TestKey("", "t", 1), new TestKey("", "t", 2));
    assertThat(summary.counts()).isEqualTo(counts(1, 1, 0, 0, 0));
    assertThat(summary.countsOfLatest()).isEqualTo(counts(1, 0, 0, 0, 0));
  }

  @Test
  void sameTestOnAnotherRouteIsAnotherTest() {
    summary.accept(Event.test("t", Status.INPROGRESS).routeCode("0").build());
    summary.accept(Event.test("t", Status.INPROGRESS).routeCode("1").build());
    summary.accept(Event.test("t", Status.SUCCESS).routeCode("1").build());
    assertThat(summary.unfinished())
        .extracting(TestResult::key)
        .containsExactly(new TestKey("0", "t", 1));
    assertThat(summary.counts()).isEqualTo(counts(1, 0, 0, 1, 0));
  }

  @Test
  void emptyTestIdIsAnIdAndEmptyRouteIsNone() {
    summary.accept(Event.test("", Status.SUCCESS).routeCode("").build());
    accept("", Status.NONE);
    assertThat(summary.results())
        .extracting(TestResult::key)
        .containsExactly(new TestKey("", "", 1));
  }

  @Test
  void failureIsNeverTakenBack() {
    accept("t", Status.FAIL);
    assertThat(accept("t", Status.SUCCESS)).isEmpty();
    accept("u", Status.SUCCESS);
    assertThat(accept("u", Status.FAIL)).get().isInstanceOf(Fact.Ended.class);
    accept("v", Status.UXSUCCESS);
    accept("v", Status.FAIL);
    accept("w", Status.SUCCESS);
    accept("w", Status.SKIP);
    assertThat(summary.results())
        .extracting(TestResult::status)
        .containsExactly(Status.FAIL, Status.FAIL, Status.FAIL, Status.SKIP);
    assertThat(summary.counts()).isEqualTo(counts(0, 3, 1, 0, 0));
  }

  @Test
  void statusWithoutATestIdConcernsTheRunOfItsRoute() {
    Optional<Fact> fact =
        summary.accept(Event.builder().status(Status.FAIL).routeCode("0").build());
    assertThat(fact).contains(new Fact.RunChanged("0", Status.FAIL));
    summary.accept(Event.builder().status(Status.SUCCESS).build());
    summary.accept(Event.builder().file("stdout", Bytes.ofUtf8("x")).routeCode("2").build());
    assertThat(summary.runs()).isEqualTo(Map.of("0", Status.FAIL, "", Status.SUCCESS));
    assertThat(summary.counts().executed()).isZero();
  }

  @Test
  void laterTagsReplaceEarlierOnesOfTheSameRouteAndTest() {
    summary.accept(Event.test("t", Status.INPROGRESS).tags("a", "b").build());
    summary.accept(Event.test("t", Status.NONE).tags("c").build());
    accept("t", Status.SUCCESS);
    summary.accept(Event.test("t", Status.SUCCESS).routeCode("1").tags("d").build());
    assertThat(summary.results().get(0).tags()).containsExactly("c");
    assertThat(summary.results().get(1).tags()).containsExactly("d");
  }

  @Test
  void durationIsFromBeginningToFinalStatus() {
    Instant begin = Instant.parse("2026-01-01T00:00:00Z");
    summary.accept(Event.test("t", Status.EXISTS).timestamp(begin.minusSeconds(60)).build());
    summary.accept(Event.test("t", Status.INPROGRESS).timestamp(begin).build());
    summary.accept(Event.test("t", Status.INPROGRESS).timestamp(begin.plusSeconds(1)).build());
    summary.accept(Event.test("t", Status.FAIL).timestamp(begin.plusMillis(2500)).build());
    summary.accept(
        Event.test("t", Status.NONE)
            .timestamp(begin.plusSeconds(9))
            .file("f", Bytes.EMPTY)
            .build());
    TestResult result = summary.results().getFirst();
    assertThat(result.duration()).contains(Duration.ofMillis(2500));
    assertThat(result.began()).isEqualTo(begin);
    assertThat(result.lastSeen()).isEqualTo(begin.plusSeconds(9));
    accept("untimed", Status.INPROGRESS);
    accept("untimed", Status.SUCCESS);
    assertThat(summary.results().get(1).duration()).isEmpty();
  }

  @Test
  void clockThatWentBackIsNoTime() {
    Instant begin = Instant.parse("2026-01-01T00:00:00Z");
    summary.accept(Event.test("t", Status.INPROGRESS).timestamp(begin).build());
    summary.accept(Event.test("t", Status.FAIL).timestamp(begin.minusSeconds(1)).build());
    assertThat(summary.results().getFirst().duration()).contains(Duration.ZERO);
  }

  @Test
  void attachmentsOfAFailureAreKeptAndThoseOfAPassAreNot() {
    file("bad", Status.INPROGRESS, "log", "one ", false);
    file("bad", Status.NONE, "log", "two", true);
    file("bad", Status.FAIL, "traceback", "boom", true);
    file("good", Status.INPROGRESS, "log", "one", true);
    file("good", Status.SUCCESS, "log2", "x", true);
    file("good", Status.NONE, "late", "x", true);
    assertThat(summary.results().get(0).attachments())
        .extracting(Attachment::name, Attachment::text, Attachment::complete)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("log", "one two", true),
            org.assertj.core.groups.Tuple.tuple("traceback", "boom", true));
    assertThat(summary.results().get(1).attachments()).isEmpty();
  }

  @Test
  void fileAfterTheFinalStatusBelongsToTheFinishedAttempt() {
    accept("t", Status.FAIL);
    file("t", Status.NONE, "log", "late", true);
    file("t", Status.INPROGRESS, "log", "next", true);
    assertThat(summary.results().get(0).attachments())
        .extracting(Attachment::text)
        .containsExactly("late");
    assertThat(summary.results().get(1).attachments())
        .extracting(Attachment::text)
        .containsExactly("next");
  }

  @Test
  void contentAfterTheEndBeginsANewAttachmentOfTheName() {
    file("t", Status.INPROGRESS, "log", "one", true);
    file("t", Status.NONE, "log", "", true);
    file("t", Status.NONE, "log", "two", false);
    file("t", Status.NONE, "log", " more", true);
    file("t", Status.FAIL, "log", "three", true);
    assertThat(summary.failures().getFirst().attachments())
        .extracting(Attachment::number, Attachment::text)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, "one"),
            org.assertj.core.groups.Tuple.tuple(2, "two more"),
            org.assertj.core.groups.Tuple.tuple(3, "three"));
  }

  @Test
  void mimeTypeIsThatOfTheFirstPacket() {
    summary.accept(
        Event.test("t", Status.FAIL).mimeType("text/plain").file("a", Bytes.ofUtf8("x")).build());
    summary.accept(
        Event.test("t", Status.NONE).mimeType("image/png").file("a", Bytes.ofUtf8("y")).build());
    assertThat(summary.failures().getFirst().attachments())
        .extracting(Attachment::mimeType)
        .containsExactly("text/plain");
  }

  @Test
  void longAttachmentIsKeptToItsFirstAndLastBytes() {
    accept("t", Status.INPROGRESS);
    StringBuilder all = new StringBuilder();
    for (int i = 0; all.length() < 1 << 20; i++) {
      String line = "line " + i + "\n".repeat(1 + i % 7);
      all.append(line);
      file("t", Status.NONE, "log", line, false);
    }
    accept("t", Status.FAIL);
    Attachment log = summary.failures().getFirst().attachments().getFirst();
    assertThat(log.length()).isEqualTo(all.length());
    assertThat(log.head().utf8()).isEqualTo(all.substring(0, AttachmentKeeper.MAX_HEAD));
    assertThat(log.tail().utf8())
        .isEqualTo(all.substring(all.length() - AttachmentKeeper.MAX_TAIL));
    assertThat(log.omitted())
        .isEqualTo(all.length() - AttachmentKeeper.MAX_HEAD - AttachmentKeeper.MAX_TAIL);
    assertThat(log.text()).contains("[" + log.omitted() + " bytes not kept]");
  }

  @Test
  void attachmentOfEveryLengthIsKeptAsItIsOrCounted() {
    int bound = AttachmentKeeper.MAX_HEAD + AttachmentKeeper.MAX_TAIL;
    for (int length :
        new int[] {0, 1, 32_767, 32_768, 32_769, bound - 1, bound, bound + 1, 200_000}) {
      String content = "0123456789".repeat(length / 10 + 1).substring(0, length);
      for (int piece : new int[] {1_000, 40_000, 1 << 20}) {
        TestSummary own = new TestSummary();
        own.accept(Event.test("t", Status.FAIL).build());
        for (int from = 0; from < length || from == 0; from += piece) {
          String part = content.substring(from, Math.min(length, from + piece));
          own.accept(Event.test("t", Status.NONE).file("f", Bytes.ofUtf8(part)).build());
        }
        Attachment file = own.failures().getFirst().attachments().getFirst();
        assertThat(file.length()).isEqualTo(length);
        assertThat(file.omitted()).isEqualTo(Math.max(0, length - bound));
        assertThat(content).startsWith(file.head().utf8()).endsWith(file.tail().utf8());
        if (length <= bound) {
          assertThat(file.text()).isEqualTo(content);
        }
      }
    }
  }

  @Test
  void attachmentsBeyondTheBoundsAreCountedOnly() {
    accept("t", Status.FAIL);
    for (int i = 0; i < AttachmentKeeper.MAX_FILES + 3; i++) {
      file("t", Status.NONE, "f" + i, "x", true);
    }
    assertThat(summary.failures().getFirst().attachments()).hasSize(AttachmentKeeper.MAX_FILES);
    assertThat(summary.failures().getFirst().attachmentsOmitted()).isEqualTo(3);
  }

  @Test
  void allAttachmentsTogetherAreBounded() {
    Bytes content = Bytes.copyOf(new byte[100_000]);
    long total = 0;
    for (int i = 0; i < 1_100; i++) {
      summary.accept(Event.test("t" + i, Status.FAIL).file("f", content).build());
    }
    for (TestResult result : summary.failures()) {
      Attachment file = result.attachments().getFirst();
      assertThat(file.length()).isEqualTo(100_000);
      total += file.head().length() + file.tail().length();
    }
    assertThat(total).isLessThanOrEqualTo(TestSummary.MAX_KEPT).isGreaterThan(60 << 20);
  }

  @Test
  void passingTestsGiveBackWhatTheyHeld() {
    Bytes content = Bytes.copyOf(new byte[100_000]);
    for (int i = 0; i < 2_000; i++) {
      summary.accept(Event.test("t" + i, Status.INPROGRESS).file("f", content).build());
      accept("t" + i, Status.SUCCESS);
    }
    summary.accept(Event.test("last", Status.FAIL).file("f", content).build());
    assertThat(summary.failures().getFirst().attachments().getFirst().tail().length())
        .isEqualTo(AttachmentKeeper.MAX_TAIL);
  }

  @Test
  void testsBeyondTheBoundAreCountedAndNotFollowed() {
    String id = "i".repeat(1 << 20);
    int room = TestSummary.MAX_NAMES / (id.length() + 2);
    for (int i = 0; i < room + 5; i++) {
      accept(id + (10 + i), Status.INPROGRESS);
      accept(id + (10 + i), i % 2 == 0 ? Status.SUCCESS : Status.FAIL);
    }
    assertThat(summary.isPartial()).isTrue();
    assertThat(summary.results()).hasSizeLessThanOrEqualTo(room).hasSizeGreaterThan(room - 3);
    assertThat(summary.counts().executed()).isEqualTo(room + 5);
    assertThat(summary.counts().failed()).isEqualTo((room + 5) / 2);
    assertThat(accept("short", Status.FAIL)).isPresent();
  }

  @Test
  void tagsAndFileNamesCountForTheBounds() {
    String tag = "x".repeat(1 << 20);
    for (int i = 0; i < 70; i++) {
      summary.accept(Event.test("t" + i, Status.FAIL).tags(tag + i).build());
    }
    long remembered = summary.results().stream().filter(r -> !r.tags().isEmpty()).count();
    assertThat(remembered).isBetween(55L, 65L);
    assertThat(summary.counts().failed()).isEqualTo(70);
    for (int i = 0; i < 70; i++) {
      summary.accept(Event.test("t" + i, Status.NONE).file(tag, Bytes.ofUtf8("a")).build());
    }
    long files = summary.results().stream().filter(r -> !r.attachments().isEmpty()).count();
    assertThat(files).isBetween(55L, 65L);
    assertThat(summary.results().getLast().attachmentsOmitted()).isEqualTo(1);
  }

  @Test
  void testsInProgressAtTheEndAreUnfinishedAndNoFailures() {
    accept("hung", Status.INPROGRESS);
    accept("listed", Status.EXISTS);
    accept("mentioned", Status.NONE);
    accept("done", Status.SUCCESS);
    assertThat(summary.unfinished()).extracting(r -> r.key().testId()).containsExactly("hung");
    assertThat(summary.failures()).isEmpty();
    assertThat(summary.counts()).isEqualTo(counts(1, 0, 0, 1, 1));
  }

  @Test
  void countsAreThoseOfTheResultsWhateverTheOrderOfEvents() {
    for (int seed = 0; seed < 300; seed++) {
      RandomStreams streams = new RandomStreams(seed);
      TestSummary own = new TestSummary();
      List<Fact> facts = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String id = "t" + streams.below(6);
        Status status = Status.ofCode(streams.below(8));
        String route = streams.oneIn(2) ? null : "0";
        own.accept(Event.test(id, status).routeCode(route).build()).ifPresent(facts::add);
      }
      List<TestResult> results = own.results();
      long[] of = new long[8];
      results.forEach(result -> of[result.status().code()]++);
      assertThat(own.counts())
          .as("seed %d", seed)
          .isEqualTo(counts(of[3] + of[7], of[4] + of[6], of[5], of[2], of[1]));
      long began = facts.stream().filter(Fact.Began.class::isInstance).count();
      assertThat(began).isLessThanOrEqualTo(results.size());
    }
  }
}
