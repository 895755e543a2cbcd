package dev.headgate.subunit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketRouterTests {
  private static List<Event> routed(String step, Bytes packet) {
    PacketRouter router = new PacketRouter(step, RawOutput.STDOUT);
    assertThat(router.route(packet)).isTrue();
    return Decoded.of(router.take().toByteArray()).events();
  }

  /** Passes a whole stream on. */
  private static Bytes forwarded(String step, byte[] stream, int... cuts) {
    PacketRouter router = new PacketRouter(step, RawOutput.STDOUT);
    PacketDecoder decoder = new PacketDecoder();
    int from = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int to = i < cuts.length ? cuts[i] : stream.length;
      decoder.offer(stream, from, to - from);
      forward(decoder, router);
      from = to;
    }
    decoder.end();
    forward(decoder, router);
    return router.take();
  }

  private static void forward(PacketDecoder decoder, PacketRouter router) {
    while (true) {
      PacketDecoder.Next next = decoder.next();
      if (next == PacketDecoder.Next.NEED_MORE || next == PacketDecoder.Next.END) {
        return;
      }
      router.forward(decoder);
    }
  }

  @Test
  void routedPacketIsThePacketOfTheRoutedEvent() {
    for (int seed = 0; seed < 500; seed++) {
      RandomStreams streams = new RandomStreams(seed);
      Event event = streams.event(20_000);
      String step = "build-7/" + streams.below(100);
      PacketRouter router = new PacketRouter(step, RawOutput.STDOUT);
      router.route(PacketEncoder.encode(event));
      assertThat(router.take())
          .as("seed %d", seed)
          .isEqualTo(PacketEncoder.encode(event.underRoute(step)));
    }
  }

  @Test
  void emptyRouteCodeGivesWayToTheStep() {
    // A packet that we would not write: a route code of no bytes.
    Bytes packet = Bytes.copyOf(java.util.HexFormat.of().parseHex("b32d020b017400d0939e0f"));
    assertThat(routed("0", packet)).extracting(Event::routeCode).containsExactly("0");
  }

  @Test
  void contentThatNoLongerFitsGoesOverTwoPackets() {
    int most = Wire.MAX_PACKET;
    for (int spare : new int[] {0, 1, 17, 18, 19, 40}) {
      Event event =
          Event.test("t", Status.FAIL)
              .tags("x", "y")
              .timestamp(Instant.ofEpochSecond(5, 7))
              .mimeType("m")
              .file("f", Bytes.EMPTY)
              .eof(true)
              .routeCode("0")
              .build();
      int others = PacketEncoder.encode(event).length() + 4;
      Bytes content = pattern(most - others - spare);
      Bytes packet = packet(event, content);
      assertThat(packet.length()).isEqualTo(most - spare);
      List<Event> parts = routed("build-12/worker-3", packet);
      assertThat(parts).as("spare %d", spare).hasSize(spare < 18 ? 2 : 1);
      assertThat(parts)
          .allSatisfy(part -> {
            assertThat(part.routeCode()).isEqualTo("build-12/worker-3/0");
            assertThat(part.testId()).isEqualTo("t");
            assertThat(part.fileName()).isEqualTo("f");
            assertThat(part.timestamp()).isEqualTo(Instant.ofEpochSecond(5, 7));
            assertThat(part.runnable()).isTrue();
          });
      assertThat(parts.getFirst().status()).isEqualTo(Status.FAIL);
      assertThat(parts.getFirst().tags()).containsExactly("x", "y");
      assertThat(parts.getLast().eof()).isTrue();
      assertThat(Bytes.concat(parts.stream().map(Event::fileContent).toList())).isEqualTo(content);
      if (parts.size() == 2) {
        assertThat(parts.getFirst().eof()).isFalse();
        assertThat(parts.getLast().status()).isEqualTo(Status.NONE);
        assertThat(parts.getLast().tags()).isEmpty();
        assertThat(parts.getLast().mimeType()).isNull();
      }
    }
  }

  /** One packet with more content than the encoder puts in one. */
  private static Bytes packet(Event event, Bytes content) {
    PacketWriter writer = new PacketWriter();
    writer.begin();
    writer.putInt(5);
    writer.putNumber(7);
    putText(writer, event.testId());
    writer.putNumber(event.tags().size());
    event.tags().forEach(tag -> putText(writer, tag));
    putText(writer, event.mimeType());
    putText(writer, event.fileName());
    writer.putNumber(content.length());
    writer.putBytes(content.array(), content.arrayOffset(), content.length());
    putText(writer, event.routeCode());
    int all = 0x0FF0 & ~Wire.RESERVED;
    assertThat(writer.finish(all | event.status().code())).isTrue();
    return writer.take();
  }

  private static void putText(PacketWriter writer, String text) {
    byte[] utf8 = EncodedTexts.utf8(text, "text");
    writer.putNumber(utf8.length);
    writer.putBytes(utf8, 0, utf8.length);
  }

  private static Bytes pattern(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i * 31);
    }
    return Bytes.copyOf(bytes);
  }

  @Test
  void packetWithoutRoomForTheStepIsPassedOnAsOutput() {
    Bytes packet =
        PacketEncoder.encode(Event.builder().testId("i".repeat(Wire.MAX_PACKET - 13)).build());
    PacketRouter router = new PacketRouter("0", RawOutput.STDOUT);
    assertThat(router.route(packet)).isFalse();
    assertThat(router.length()).isZero();
    Bytes stream = forwarded("0", packet.toByteArray());
    RawOutput output = new RawOutput("0", RawOutput.STDOUT);
    List<Bytes> parts =
        Decoded.of(stream.toByteArray()).events().stream().map(output::unwrap).toList();
    assertThat(Bytes.concat(parts)).isEqualTo(packet);
  }

  @Test
  void rawOutputIsRebuiltExactlyFromTheRoutedStream() {
    for (int seed = 0; seed < 150; seed++) {
      RandomStreams streams = new RandomStreams(seed);
      byte[] one = streams.stream(8);
      byte[] two = streams.stream(8);
      ByteArrayOutputStream both = new ByteArrayOutputStream();
      both.writeBytes(forwarded("1", one, streams.cuts(one.length)).toByteArray());
      both.writeBytes(forwarded("2", two, streams.cuts(two.length)).toByteArray());
      Decoded routed = Decoded.of(both.toByteArray());
      assertThat(routed.bytesOf(PacketDecoder.Next.TEXT)).isZero();
      assertThat(rebuilt(routed, "1")).as("seed %d", seed).isEqualTo(outputOf(one, ""));
      assertThat(rebuilt(routed, "2")).as("seed %d", seed).isEqualTo(outputOf(two, ""));
      Decoded again = Decoded.of(forwarded("job", both.toByteArray()).toByteArray());
      assertThat(rebuilt(again, "job/1")).as("seed %d", seed).isEqualTo(outputOf(one, ""));
    }
  }

  private static Bytes rebuilt(Decoded stream, String route) {
    RawOutput output = new RawOutput(route, RawOutput.STDOUT);
    return Bytes.concat(stream.events().stream().map(output::unwrap).toList());
  }

  private static Bytes outputOf(byte[] stream, String route) {
    RawOutput own = new RawOutput(route, RawOutput.STDOUT);
    return Bytes.concat(
        Decoded.of(stream).items().stream()
            .map(item -> item.event() == null ? item.bytes() : own.unwrap(item.event()))
            .toList());
  }

  @Test
  void packetsOfAForwardedStreamKeepTheirFields() {
    for (int seed = 0; seed < 150; seed++) {
      byte[] stream = new RandomStreams(seed).stream(8);
      List<Event> before = Decoded.of(stream).events();
      List<Event> after =
          Decoded.of(forwarded("0", stream).toByteArray()).events().stream()
              .filter(
                  event -> !(event.testId() == null && RawOutput.STDOUT.equals(event.fileName())))
              .toList();
      assertThat(after)
          .as("seed %d", seed)
          .isEqualTo(before.stream().map(event -> event.underRoute("0")).toList());
    }
  }

  @Test
  void misuseIsNamed() {
    PacketRouter router = new PacketRouter("0", RawOutput.STDOUT);
    for (String hex : List.of("", "b3", "b329010c03466f6f", "b3200007000000")) {
      Bytes packet = Bytes.copyOf(java.util.HexFormat.of().parseHex(hex));
      assertThatThrownBy(() -> router.route(packet)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new PacketRouter("", RawOutput.STDOUT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PacketRouter("a\0", RawOutput.STDOUT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> router.forward(new PacketDecoder()))
        .isInstanceOf(IllegalStateException.class);
  }
}
