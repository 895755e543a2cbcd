package dev.headgate.subunit.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestResult;
import dev.headgate.subunit.stream.TestCondition.Answer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TestFilterTests {
  private static final TestCondition FAILED = TestCondition.status(Set.of(Status.FAIL));

  private static List<String> kept(TestCondition wanted, Event... events) {
    return Collected.through(Stages.keepTests(wanted), List.of(events)).said();
  }

  @Test
  void testIsKeptWholeOrDroppedWhole() {
    assertThat(
            kept(
                FAILED,
                Made.began("a"),
                Made.began("b"),
                Made.file("a", "log", "why"),
                Made.file("b", "log", "x"),
                Made.of("b", Status.SUCCESS),
                Made.of("a", Status.FAIL),
                Made.file("a", "late", "1"),
                Made.file("b", "late", "2")))
        .containsExactly("a inprogress", "a none log=why", "a fail", "a none late=1");
  }

  @Test
  void whatIsKnownAtOnceIsPassedAtOnce() {
    Collected collected = new Collected();
    TestFilter filter =
        new TestFilter(TestCondition.idMatches(Pattern.compile("a")).or(FAILED), collected);
    filter.event(Made.began("xax"));
    assertThat(collected.said()).containsExactly("xax inprogress");
    filter.event(Made.began("b"));
    assertThat(collected.said()).hasSize(1);
    filter.event(Made.of("b", Status.FAIL));
    assertThat(collected.said()).containsExactly("xax inprogress", "b inprogress", "b fail");
  }

  @Test
  void attemptsAreJudgedOneByOne() {
    assertThat(
            kept(
                FAILED,
                Made.began("a"),
                Made.of("a", Status.FAIL),
                Made.began("a"),
                Made.of("a", Status.SUCCESS),
                Made.began("a"),
                Made.of("a", Status.FAIL)))
        .containsExactly("a inprogress", "a fail", "a inprogress", "a fail");
  }

  @Test
  void hungTestsAreJudgedAtTheEnd() {
    assertThat(
            kept(
                TestCondition.status(Set.of(Status.INPROGRESS)),
                Made.began("a"),
                Made.file("a", "f", "x")))
        .containsExactly("a inprogress", "a none f=x");
    assertThat(kept(FAILED, Made.began("a"))).isEmpty();
  }

  @Test
  void announcementsAreJudgedByThemselvesAndNotWaitedFor() {
    Collected collected = new Collected();
    TestFilter filter = new TestFilter(TestCondition.status(Set.of(Status.EXISTS)), collected);
    filter.event(Made.of("a", Status.EXISTS));
    assertThat(collected.said()).containsExactly("a exists");
    filter.event(Made.began("a"));
    filter.event(Made.of("a", Status.SUCCESS));
    filter.event(Made.of("a", Status.EXISTS));
    filter.end();
    assertThat(collected.said()).containsExactly("a exists", "a exists");
  }

  @Test
  void tagsAreThoseOfTheEnd() {
    assertThat(
            kept(
                TestCondition.tagged("slow"),
                Made.of("a", Status.INPROGRESS, "slow"),
                Made.of("a", Status.SUCCESS),
                Made.of("b", Status.INPROGRESS, "slow"),
                Made.of("b", Status.SUCCESS, "fast"),
                Made.of("c", Status.EXISTS, "slow"),
                Made.began("c"),
                Made.of("c", Status.SUCCESS)))
        .containsExactly(
            "a inprogress [slow]", "a success", "c exists [slow]", "c inprogress", "c success");
  }

  @Test
  void correctionIsJudgedAnewAndAFailureNeverTakenBack() {
    assertThat(
            kept(
                FAILED,
                Made.began("a"),
                Made.of("a", Status.SUCCESS),
                Made.of("a", Status.FAIL),
                Made.file("a", "why", "x"),
                Made.of("b", Status.FAIL),
                Made.of("b", Status.SUCCESS)))
        .containsExactly("a inprogress", "a fail", "a none why=x", "b fail", "b success");
  }

  @Test
  void routesAndFilesAreConditionsToo() {
    Event routed = Made.of("a", Status.FAIL).withRouteCode("w/1");
    assertThat(kept(TestCondition.routeUnder("w"), routed, Made.of("b", Status.FAIL)))
        .containsExactly("w/1:a fail");
    TestCondition oops = TestCondition.attachment(file -> file.text().contains("oops"));
    assertThat(
            kept(
                oops,
                Made.file("a", "f", "an oo"),
                Made.file("a", "g", "oops"),
                Made.of("a", Status.FAIL),
                Made.file("b", "f", "fine"),
                Made.of("b", Status.FAIL)))
        .containsExactly("a none f=an oo", "a none g=oops", "a fail");
    assertThat(
            kept(
                TestCondition.idIn(Set.of("b")).and(FAILED.not()),
                Made.of("b", Status.SKIP),
                Made.of("b", Status.FAIL)))
        .containsExactly("b skip", "b fail");
  }

  @Test
  void eventsWithoutATestPass() {
    Event run = Event.builder().status(Status.FAIL).build();
    assertThat(kept(TestCondition.any().not(), run, Made.began("a"))).containsExactly("null fail");
  }

  @Test
  void answersCombineAsInKleenesLogic() {
    Answer[] all = Answer.values();
    for (Answer one : all) {
      for (Answer two : all) {
        TestCondition first = test -> one;
        TestCondition second = test -> two;
        HeldTest any = new HeldTest(new Name("", "t"), List.of());
        Answer and =
            one == Answer.NO || two == Answer.NO
                ? Answer.NO
                : one == Answer.YES && two == Answer.YES ? Answer.YES : Answer.NOT_YET;
        Answer or =
            one == Answer.YES || two == Answer.YES
                ? Answer.YES
                : one == Answer.NO && two == Answer.NO ? Answer.NO : Answer.NOT_YET;
        assertThat(first.and(second).judge(any)).as("%s and %s", one, two).isEqualTo(and);
        assertThat(first.or(second).judge(any)).as("%s or %s", one, two).isEqualTo(or);
      }
    }
  }

  @Test
  void resultsThatAreKeptAreThoseThatMeetTheCondition() {
    for (int seed = 0; seed < 200; seed++) {
      List<Event> events = Made.run(seed, 80);
      Set<Status> wanted = EnumSet.of(Status.FAIL, Status.UXSUCCESS, Status.INPROGRESS);
      List<String> expected = new ArrayList<>();
      for (TestResult result : results(events)) {
        if (wanted.contains(result.status())) {
          expected.add(words(result));
        }
      }
      List<Event> kept =
          Collected.through(Stages.keepTests(TestCondition.status(wanted)), events).events;
      List<String> actual =
          results(kept).stream()
              .filter(r -> r.status() != Status.EXISTS)
              .map(TestFilterTests::words)
              .toList();
      assertThat(actual).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static String words(TestResult result) {
    return result.key().route()
        + ":"
        + result.key().testId()
        + " "
        + result.status()
        + " "
        + result.ended();
  }

  private static List<TestResult> results(List<Event> events) {
    List<TestResult> results = new ArrayList<>();
    Assembler assembler = new Assembler(new Assembler.Limits(0, 1 << 20, 1_000), results::add);
    events.forEach(assembler::event);
    assembler.end();
    return results;
  }

  @Test
  void whatIsHeldIsBoundedAndWhatIsMissingIsSaid() {
    Collected collected = new Collected();
    TestFilter filter = new TestFilter(FAILED, collected);
    byte[] megabyte = new byte[1 << 20];
    filter.event(Made.began("a"));
    for (int i = 0; i < 10; i++) {
      filter.event(Event.test("a", Status.NONE).file("log", Bytes.copyOf(megabyte)).build());
    }
    filter.event(Made.of("a", Status.FAIL));
    long length = collected.events.stream().mapToLong(event -> event.fileContent().length()).sum();
    assertThat(length).isBetween(3L << 20, (4L << 20) + 100);
    assertThat(collected.said())
        .anyMatch(said -> said.startsWith("a none headgate.omitted=7340032 bytes"));
    assertThat(collected.said()).last().isEqualTo("a fail");
  }

  @Test
  void oldestOfTooManyRunningTestsIsGivenUpAndItsEndStillJudged() {
    Collected collected = new Collected();
    TestFilter filter = new TestFilter(FAILED, collected);
    String name = "n".repeat(1 << 14);
    for (int i = 0; i < 700; i++) {
      filter.event(Made.began(name + i));
    }
    filter.event(Made.of(name + 0, Status.FAIL));
    filter.event(Made.of(name + 699, Status.FAIL));
    assertThat(collected.events)
        .extracting(Event::status)
        .containsExactly(Status.INPROGRESS, Status.FAIL, Status.INPROGRESS, Status.FAIL);
  }

  @Test
  void conditionThatSaysNothingAtTheEndIsMisuse() {
    TestFilter filter = new TestFilter(test -> Answer.NOT_YET, new Collected());
    assertThatThrownBy(() -> filter.event(Made.of("a", Status.FAIL)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void fileAfterAnAnnouncementIsJudgedAlikeWhetherThatWasKept() {
    TestCondition announced = TestCondition.status(Set.of(Status.EXISTS));
    Event[] events = {
      Made.of("a", Status.SKIP), Made.of("a", Status.EXISTS), Made.file("a", "f", "x")
    };
    assertThat(kept(announced, events)).containsExactly("a exists");
    assertThat(kept(announced.not(), events)).containsExactly("a skip", "a exists", "a none f=x");
  }
}
