package dev.headgate.subunit.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.RawOutput;
import dev.headgate.subunit.SeededStreams;
import dev.headgate.subunit.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StagesTests {
  private static final Bytes TEXT = Bytes.ofUtf8("text");

  private static List<String> said(Stage stage, Event... events) {
    return Collected.through(stage, List.of(events)).said();
  }

  @Test
  void stagesComposeInTheirOrder() {
    Stage renamed = Stages.renameTests(id -> id + "1").then(Stages.renameTests(id -> id + "2"));
    assertThat(said(renamed, Made.began("t"))).containsExactly("t12 inprogress");
    Stage all = Stages.inOrder(List.of(renamed, Stages.underRoute("r"), Stages.unchanged()));
    assertThat(said(all, Made.began("t"))).containsExactly("r:t12 inprogress");
    assertThat(said(Stages.inOrder(List.of()), Made.began("t"))).containsExactly("t inprogress");
  }

  @Test
  void everyStagePassesTextDamageAndTheEndOn() {
    List<Stage> stages =
        List.of(
            Stages.unchanged(),
            Stages.keepEvents(event -> false),
            Stages.keepTests(TestCondition.any()),
            Stages.tag(new TagEdit(List.of("x"), Set.of())),
            Stages.withoutFirstStep(),
            Stages.expectFailures(id -> true),
            Stages.unwrapText(new RawOutput("", "stdout")),
            next -> new MissingTimes(Instant.EPOCH, next),
            next -> new FailFast(1, next),
            Tee::new);
    for (Stage stage : stages) {
      Collected collected = new Collected();
      StreamSink sink = stage.into(collected);
      sink.text(TEXT);
      sink.damage(TEXT);
      sink.end();
      assertThat(collected.text).containsExactly(TEXT);
      assertThat(collected.damage).containsExactly(TEXT);
      assertThat(collected.ends).isEqualTo(1);
    }
  }

  @Test
  void textIsLeftOutWrappedAndUnwrapped() {
    RawOutput output = new RawOutput("0", "stdout");
    for (Stage stage : List.of(Stages.withoutText(), Stages.wrapText(output), Stages.list())) {
      Collected collected = new Collected();
      StreamSink sink = stage.into(collected);
      sink.text(TEXT);
      sink.damage(TEXT);
      sink.end();
      assertThat(collected.text).isEmpty();
      assertThat(collected.damage).isEmpty();
      assertThat(collected.ends).isEqualTo(1);
    }
    Collected collected = new Collected();
    StreamSink sink = Stages.wrapText(output).then(Stages.unwrapText(output)).into(collected);
    sink.text(TEXT);
    sink.damage(TEXT);
    assertThat(collected.text).containsExactly(TEXT, TEXT);
    assertThat(collected.events).isEmpty();
  }

  @Test
  void testsAreRenamedByExpressionAndOthersLeftAlone() {
    Stage stage = Stages.renameTests(Pattern.compile("^a\\.(.)"), "$1!");
    Event run = Event.builder().status(Status.FAIL).build();
    assertThat(said(stage, Made.began("a.b.c"), Made.began("xa.b"), run))
        .containsExactly("b!.c inprogress", "xa.b inprogress", "null fail");
  }

  @Test
  void knownFailuresAreWhatWasExpected() {
    Stage stage = Stages.expectFailures("known"::equals);
    List<String> said = new ArrayList<>();
    for (Status status : Status.values()) {
      said.addAll(said(stage, Made.of("known", status), Made.of("other", status)));
    }
    assertThat(said)
        .containsExactly(
            "known none",
            "other none",
            "known exists",
            "other exists",
            "known inprogress",
            "other inprogress",
            "known uxsuccess",
            "other success",
            "known uxsuccess",
            "other uxsuccess",
            "known skip",
            "other skip",
            "known xfail",
            "other fail",
            "known xfail",
            "other xfail");
  }

  @Test
  void missingTimesAreThoseThatWereSaid() {
    Collected collected = new Collected();
    MissingTimes times = new MissingTimes(Instant.ofEpochSecond(1), collected);
    times.event(Made.began("a"));
    times.event(Made.at(Made.began("b"), 7));
    times.now(Instant.ofEpochSecond(2));
    times.event(Made.began("c"));
    assertThat(collected.events)
        .extracting(event -> event.timestamp().getEpochSecond())
        .containsExactly(1L, 7L, 2L);
  }

  @Test
  void failFastPassesTheLastFailureAndNothingAfter() {
    Collected collected = new Collected();
    FailFast stop = new FailFast(2, collected);
    stop.event(Made.of("a", Status.FAIL));
    stop.event(Event.builder().status(Status.FAIL).build());
    stop.event(Made.of("b", Status.XFAIL));
    assertThat(stop.stopped()).isFalse();
    stop.event(Made.of("c", Status.UXSUCCESS));
    assertThat(stop.stopped()).isTrue();
    stop.event(Made.of("d", Status.FAIL));
    stop.text(TEXT);
    stop.damage(TEXT);
    stop.end();
    assertThat(collected.said()).containsExactly("a fail", "null fail", "b xfail", "c uxsuccess");
    assertThat(collected.text).isEmpty();
    assertThat(collected.ends).isEqualTo(1);
    assertThatThrownBy(() -> new FailFast(0, collected))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tagsAreEditedWithoutLosingThoseSaidBefore() {
    TagEdit edit = new TagEdit(List.of("new", "new"), Set.of("old"));
    assertThat(
            said(
                Stages.tag(edit),
                Made.of("a", Status.EXISTS),
                Made.of("b", Status.INPROGRESS, "own", "old"),
                Made.of("b", Status.SUCCESS),
                Made.of("a", Status.FAIL, "late"),
                Made.file("a", "f", ""),
                Event.builder().tags("run").build()))
        .containsExactly(
            "a exists [new]",
            "b inprogress [own, new]",
            "b success",
            "a fail [late, new]",
            "a none f=",
            "null none [run]");
    assertThat(
            said(
                Stages.tag(new TagEdit(List.of(), Set.of("x"))),
                Made.began("a"),
                Made.of("a", Status.FAIL, "x", "y")))
        .containsExactly("a inprogress", "a fail [y]");
  }

  @Test
  void listingNamesEachTestOfEachRouteOnce() {
    assertThat(
            said(
                Stages.list(),
                Made.of("a", Status.EXISTS),
                Made.began("b"),
                Made.of("a", Status.FAIL),
                Made.began("b").withRouteCode("0"),
                Event.builder().status(Status.FAIL).build(),
                Made.of("a", Status.EXISTS)))
        .containsExactly("a exists", "b exists", "0:b exists");
  }

  @Test
  void splittingAndMergingByRouteAreInverse() {
    for (int seed = 0; seed < 50; seed++) {
      SeededStreams random = new SeededStreams(seed);
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Event event = random.event(50);
        events.add(
            random.oneIn(4)
                ? event.withRouteCode(null)
                : event.withRouteCode("r" + random.below(3) + "/x"));
      }
      Collected merged = new Collected();
      Merge merge = new Merge(merged);
      Map<String, StreamSink> branches = new LinkedHashMap<>();
      RouteSplit split =
          new RouteSplit(
              merge.input(),
              step -> {
                StreamSink branch = merge.input(Stages.underRoute(step));
                assertThat(branches.put(step, branch)).isNull();
                return branch;
              });
      events.forEach(split::event);
      split.text(TEXT);
      split.damage(TEXT);
      split.end();
      assertThat(merged.ends).isZero();
      merge.close();
      assertThat(merged.ends).isEqualTo(1);
      assertThat(merged.events).as("seed %d", seed).isEqualTo(events);
      assertThat(merged.text).containsExactly(TEXT);
      assertThat(merged.damage).containsExactly(TEXT);
      assertThatThrownBy(merge::input).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void splitTakesOneStepOffAndKeepsWhatHasNoRoute() {
    Collected own = new Collected();
    Map<String, Collected> branches = new LinkedHashMap<>();
    RouteSplit split =
        new RouteSplit(own, step -> branches.computeIfAbsent(step, s -> new Collected()));
    for (String route : new String[] {null, "", "a", "a/b", "c/d/e"}) {
      split.event(Made.began("t").withRouteCode(route));
    }
    assertThat(own.said()).containsExactly("t inprogress", ":t inprogress");
    assertThat(branches.get("a").said()).containsExactly("t inprogress", "b:t inprogress");
    assertThat(branches.get("c").said()).containsExactly("d/e:t inprogress");
  }

  @Test
  void teeGivesEverythingToAll() {
    Collected one = new Collected();
    Collected two = new Collected();
    Tee tee = new Tee(one, two, StreamSink.ofEvents(event -> {}));
    tee.event(Made.began("a"));
    tee.text(TEXT);
    tee.end();
    assertThat(one.said()).isEqualTo(two.said()).hasSize(1);
    assertThat(one.text).isEqualTo(two.text).hasSize(1);
    assertThat(one.ends + two.ends).isEqualTo(2);
  }

  @Test
  void writtenStreamKeepsTheOrderOfPacketsAndText() throws IOException {
    StreamWriter writer = new StreamWriter();
    writer.event(Made.began("a"));
    writer.text(TEXT);
    writer.event(Made.of("a", Status.FAIL));
    writer.damage(TEXT);
    writer.end();
    assertThat(writer.hasEnded()).isTrue();
    int length = writer.length();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.writeTo(out);
    assertThat(out.size()).isEqualTo(length);
    Bytes stream = Bytes.copyOf(out.toByteArray());
    assertThat(SeededStreams.eventsOf(stream))
        .containsExactly(Made.began("a"), Made.of("a", Status.FAIL));
    assertThat(SeededStreams.otherBytesOf(stream)).isEqualTo(Bytes.ofUtf8("texttext"));
    assertThat(writer.take()).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void writerIsEmptyAfterAStreamThatThrew() {
    StreamWriter writer = new StreamWriter();
    writer.text(TEXT);
    writer.event(Made.began("a"));
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException("closed");
          }
        };
    assertThatThrownBy(() -> writer.writeTo(closed)).isInstanceOf(IOException.class);
    assertThat(writer.length()).isZero();
  }
}
