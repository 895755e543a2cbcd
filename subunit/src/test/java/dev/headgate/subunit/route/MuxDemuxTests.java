package dev.headgate.subunit.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketDecoder;
import dev.headgate.subunit.PacketEncoder;
import dev.headgate.subunit.RawOutput;
import dev.headgate.subunit.RoutedPacket;
import dev.headgate.subunit.SeededStreams;
import dev.headgate.subunit.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MuxDemuxTests {
  private static final Bytes PACKET = PacketEncoder.encode(Event.test("p", Status.SUCCESS).build());

  /** The streams of each step, and under an empty step the stream's own. */
  static Map<String, Bytes> demuxed(Bytes stream) {
    Map<String, List<Bytes>> parts = new LinkedHashMap<>();
    parts.put("", new ArrayList<>());
    Demux demux =
        new Demux(
            RawOutput.STDOUT,
            parts.get("")::add,
            step -> parts.computeIfAbsent(step, s -> new ArrayList<>())::add);
    PacketDecoder decoder = new PacketDecoder();
    decoder.offer(stream);
    decoder.end();
    for (PacketDecoder.Next next = decoder.next();
        next != PacketDecoder.Next.END;
        next = decoder.next()) {
      demux.accept(decoder);
    }
    Map<String, Bytes> joined = new LinkedHashMap<>();
    parts.forEach((step, bytes) -> joined.put(step, Bytes.concat(bytes)));
    return joined;
  }

  @Test
  void demuxGivesBackWhatEachSourceSent() {
    for (int seed = 0; seed < 150; seed++) {
      SeededStreams random = new SeededStreams(seed);
      Mux mux = new Mux(RawOutput.STDOUT);
      List<Bytes> sent = new ArrayList<>();
      List<Mux.Source> sources = new ArrayList<>();
      int[] at = new int[3];
      for (int i = 0; i < 3; i++) {
        sent.add(Bytes.copyOf(random.stream(6)));
        sources.add(mux.open("s" + i));
      }
      List<Bytes> out = new ArrayList<>();
      while (mux.openSources() > 0) {
        int i = random.below(3);
        int to = Math.min(sent.get(i).length(), at[i] + random.below(200));
        if (to > at[i]) {
          sources.get(i).offer(sent.get(i).slice(at[i], to));
          at[i] = to;
        } else if (to == sent.get(i).length()) {
          sources.get(i).end();
        }
        if (random.oneIn(2)) {
          mux.turn();
          out.add(mux.take());
        }
      }
      assertThat(mux.turn()).isFalse();
      Map<String, Bytes> back = demuxed(Bytes.concat(out));
      assertThat(back.get("")).as("seed %d", seed).isEqualTo(Bytes.EMPTY);
      for (int i = 0; i < 3; i++) {
        Bytes got = back.getOrDefault("s" + i, Bytes.EMPTY);
        assertThat(SeededStreams.otherBytesOf(got))
            .as("seed %d", seed)
            .isEqualTo(SeededStreams.otherBytesOf(sent.get(i)));
        assertThat(SeededStreams.eventsOf(got))
            .as("seed %d", seed)
            .isEqualTo(withoutEmptyRoutes(SeededStreams.eventsOf(sent.get(i))));
      }
    }
  }

  static List<Event> withoutEmptyRoutes(List<Event> events) {
    return events.stream()
        .map(event -> "".equals(event.routeCode()) ? event.withRouteCode(null) : event)
        .toList();
  }

  @Test
  void strippedPacketIsThePacketOfTheStrippedEvent() {
    for (int seed = 0; seed < 400; seed++) {
      SeededStreams random = new SeededStreams(seed);
      Event event = random.event(20_000);
      Bytes below = PacketEncoder.encode(event);
      String step = "worker" + random.below(100);
      RoutedPacket packet = new RoutedPacket(PacketEncoder.encode(event.underRoute(step)));
      assertThat(packet.withoutFirstStep()).as("seed %d", seed).isEqualTo(below);
      assertThat(packet.firstStep()).isEqualTo(step);
      assertThat(packet.route()).isEqualTo(event.underRoute(step).routeCode());
      assertThat(packet.isUnder(Bytes.ofUtf8(step))).isTrue();
      assertThat(packet.isUnder(Bytes.ofUtf8(step.substring(1)))).isFalse();
      assertThat(packet.isUnder(Bytes.ofUtf8(step + "x"))).isFalse();
    }
    RoutedPacket none = new RoutedPacket(PACKET);
    assertThat(none.route()).isEmpty();
    assertThat(none.firstStep()).isEmpty();
    assertThat(none.withoutFirstStep()).isEqualTo(PACKET);
  }

  @Test
  void whatIsNoPacketIsRefused() {
    for (int cut = 0; cut < PACKET.length(); cut++) {
      Bytes part = PACKET.slice(0, cut);
      assertThatThrownBy(() -> new RoutedPacket(part)).isInstanceOf(IllegalArgumentException.class);
    }
    for (int seed = 0; seed < 300; seed++) {
      byte[] packet = PacketEncoder.encode(new SeededStreams(seed).event(40)).toByteArray();
      SeededStreams random = new SeededStreams(seed + 1_000);
      packet[random.below(packet.length)] ^= (byte) (1 + random.below(255));
      try {
        new RoutedPacket(Bytes.copyOf(packet)).withoutFirstStep();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith("no packet");
      }
    }
  }

  @Test
  void ownPacketsAndTextStayTheStreams() {
    Bytes text = Bytes.ofUtf8("text");
    Bytes routed = PacketEncoder.encode(Event.test("p", Status.SUCCESS).routeCode("a").build());
    Map<String, Bytes> parts = demuxed(Bytes.concat(List.of(PACKET, text, routed, text)));
    assertThat(parts.get("")).isEqualTo(Bytes.concat(List.of(PACKET, text, text)));
    assertThat(parts.get("a")).isEqualTo(PACKET);
  }

  @Test
  void outputOfDeeperRoutesStaysWrapped() {
    Event deep = new RawOutput("a/b", RawOutput.STDOUT).wrap(Bytes.ofUtf8("x"));
    Event ended =
        Event.builder().file(RawOutput.STDOUT, Bytes.ofUtf8("x")).eof(true).routeCode("a").build();
    Bytes stream = Bytes.concat(List.of(PacketEncoder.encode(deep), PacketEncoder.encode(ended)));
    assertThat(SeededStreams.eventsOf(demuxed(stream).get("a")))
        .containsExactly(deep.withRouteCode("b"), ended.withRouteCode(null));
  }

  @Test
  void busySourceDoesNotKeepOthersWaiting() {
    Mux mux = new Mux(RawOutput.STDOUT);
    Mux.Source busy = mux.open("busy");
    Mux.Source quiet = mux.open("quiet");
    List<Bytes> many = new ArrayList<>();
    while (many.size() * PACKET.length() + PACKET.length() <= Mux.QUEUE) {
      many.add(PACKET);
    }
    busy.offer(Bytes.concat(many));
    quiet.offer(PACKET);
    assertThat(mux.turn()).isTrue();
    assertThat(mux.turn()).isTrue();
    Bytes first = mux.take();
    assertThat(SeededStreams.eventsOf(first))
        .last()
        .extracting(Event::routeCode)
        .isEqualTo("quiet");
    assertThat(SeededStreams.eventsOf(first).size())
        .isBetween(2, 1 + (Mux.TURN / PACKET.length()) + 1);
  }

  @Test
  void sourceTakesNoMoreThanItWants() {
    Mux mux = new Mux(RawOutput.STDOUT);
    Mux.Source source = mux.open("s");
    int wants = source.wants();
    Bytes filling = Bytes.copyOf(new byte[wants]);
    source.offer(filling);
    assertThat(source.wants()).isZero();
    assertThatThrownBy(() -> source.offer(PACKET)).isInstanceOf(IllegalArgumentException.class);
    while (mux.turn()) {
      mux.take();
    }
    assertThat(source.wants()).isEqualTo(wants);
    source.end();
    assertThat(source.wants()).isZero();
    mux.turn();
    assertThat(mux.openSources()).isZero();
  }

  @Test
  void largePacketPassesThoughItIsLongerThanTheQueue() throws IOException {
    Event large = Event.test("t", Status.NONE).file("f", Bytes.copyOf(new byte[1 << 20])).build();
    Bytes packet = PacketEncoder.encode(large);
    Mux mux = new Mux(RawOutput.STDOUT);
    Mux.Source source = mux.open("s");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (at < packet.length()) {
      int to = Math.min(packet.length(), at + source.wants());
      assertThat(to).isGreaterThan(at);
      source.offer(packet.slice(at, to));
      at = to;
      mux.turn();
      mux.writeTo(out);
    }
    assertThat(SeededStreams.eventsOf(Bytes.copyOf(out.toByteArray())))
        .containsExactly(large.underRoute("s"));
    assertThat(mux.length()).isZero();
  }

  @Test
  void stalledSourceCanBeRescanned() {
    Mux mux = new Mux(RawOutput.STDOUT);
    Mux.Source source = mux.open("s");
    source.offer(
        Bytes.concat(
            List.of(Bytes.copyOf(new byte[] {(byte) 0xB3, 0x20, 0, (byte) 0xBF, 0, 0}), PACKET)));
    mux.turn();
    assertThat(mux.take()).isEqualTo(Bytes.EMPTY);
    assertThat(source.rescan()).isTrue();
    mux.turn();
    assertThat(SeededStreams.eventsOf(mux.take())).extracting(Event::testId).endsWith("p");
  }
}
