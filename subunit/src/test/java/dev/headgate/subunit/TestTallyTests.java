package dev.headgate.subunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The tally counts what the summary counts, from packets and from events alike. */
final class TestTallyTests {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private static Event.Builder test(String id, Status status, long millis) {
    return Event.test(id, status).timestamp(BEGIN.plusMillis(millis));
  }

  private static TestTally ofPackets(List<Event> events) {
    PacketEncoder encoder = new PacketEncoder();
    events.forEach(encoder::append);
    PacketDecoder decoder = new PacketDecoder();
    decoder.offer(encoder.take());
    decoder.end();
    TestTally tally = new TestTally(3);
    while (decoder.next() == PacketDecoder.Next.EVENT) {
      tally.accept(decoder);
    }
    assertThat(decoder.current()).isEqualTo(PacketDecoder.Next.END);
    return tally;
  }

  private static TestTally ofEvents(List<Event> events) {
    TestTally tally = new TestTally(3);
    events.forEach(tally::accept);
    return tally;
  }

  private static List<Event> random(long seed) {
    Random random = new Random(seed);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      Status status = Status.values()[random.nextInt(Status.values().length)];
      Event.Builder event = test("test" + random.nextInt(12), status, random.nextInt(10_000));
      if (random.nextInt(20) == 0) {
        event.testId(null);
      }
      if (random.nextBoolean()) {
        event.routeCode("w" + random.nextInt(3));
      }
      if (random.nextInt(4) == 0) {
        event.tags("t" + random.nextInt(4));
      }
      if (random.nextInt(5) == 0) {
        event.timestamp(null);
      }
      events.add(event.build());
    }
    return events;
  }

  @Test
  void itCountsWhatASummaryCounts() {
    for (long seed = 0; seed < 300; seed++) {
      List<Event> events = random(seed);
      TestSummary summary = new TestSummary();
      events.forEach(summary::accept);
      TestTally tally = ofPackets(events);
      for (Status status : Status.values()) {
        assertThat(tally.count(status))
            .as("seed %d, %s", seed, status)
            .isEqualTo(
                summary.results().stream().filter(result -> result.status() == status).count());
      }
      assertThat(tally.attempts()).isEqualTo(summary.counts().executed());
      assertThat(tally.reruns())
          .isEqualTo(
              summary.results().stream().filter(result -> result.key().attempt() > 1).count());
      assertThat(tally.events()).isEqualTo(events.size());
    }
  }

  @Test
  void packetsAndEventsCountAlike() {
    for (long seed = 0; seed < 100; seed++) {
      TestTally packets = ofPackets(random(seed));
      TestTally events = ofEvents(random(seed));
      for (Status status : Status.values()) {
        assertThat(packets.count(status)).isEqualTo(events.count(status));
      }
      assertThat(packets.inTests()).isEqualTo(events.inTests());
      assertThat(packets.span()).isEqualTo(events.span());
      assertThat(packets.routes()).isEqualTo(events.routes());
      assertThat(packets.tags()).isEqualTo(events.tags());
      assertThat(packets.slowest()).isEqualTo(events.slowest());
      assertThat(packets.isBad()).isEqualTo(events.isBad());
    }
  }

  @Test
  void theSlowestAreNamedLongestFirst() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      events.add(test("t" + i, Status.INPROGRESS, 0).routeCode("w").build());
      events.add(test("t" + i, Status.SUCCESS, (i * 7) % 10).routeCode("w").build());
    }
    TestTally tally = ofPackets(events);
    assertThat(tally.slowest())
        .containsExactly(
            new TestTally.Slow("w", "t7", Duration.ofMillis(9)),
            new TestTally.Slow("w", "t4", Duration.ofMillis(8)),
            new TestTally.Slow("w", "t1", Duration.ofMillis(7)));
    assertThat(tally.inTests()).isEqualTo(Duration.ofMillis(45));
    assertThat(tally.span()).contains(Duration.ofMillis(9));
  }

  @Test
  void theSameIdOnAnotherRouteIsAnotherTest() {
    TestTally tally =
        ofPackets(
            List.of(
                test("x", Status.INPROGRESS, 0).routeCode("a").build(),
                test("x", Status.SUCCESS, 1).routeCode("b").build(),
                test("x", Status.SUCCESS, 1).build()));
    assertThat(tally.count(Status.INPROGRESS)).isOne();
    assertThat(tally.count(Status.SUCCESS)).isEqualTo(2);
    assertThat(tally.isBad()).isTrue();
  }

  @Test
  void manyTestsAreToldApart() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      events.add(Event.test("module.Class" + i / 100 + ".test_" + i, Status.INPROGRESS).build());
    }
    assertThat(ofPackets(events).count(Status.INPROGRESS)).isEqualTo(50_000);
  }

  @Test
  void aClockThatGoesBackIsNoTime() {
    TestTally tally =
        ofEvents(
            List.of(
                test("x", Status.INPROGRESS, 10).build(), test("x", Status.SUCCESS, 1).build()));
    assertThat(tally.inTests()).isZero();
    assertThat(tally.isBad()).isFalse();
  }
}
