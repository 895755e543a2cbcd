package dev.headgate.subunit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacketEncoderTests {
  private static List<Event> decoded(Bytes stream) {
    return Decoded.of(stream.toByteArray()).events();
  }

  private static Bytes filled(int length) {
    byte[] bytes = new byte[length];
    java.util.Arrays.fill(bytes, (byte) 'c');
    return Bytes.copyOf(bytes);
  }

  @Test
  void exampleOfTheFormatIsWritten() {
    assertThat(PacketEncoder.encode(Event.test("foo", Status.EXISTS).build()).hex())
        .isEqualTo("b329010c03666f6f08555f1b");
  }

  @Test
  void eventThatSaysNothingIsTheShortestPacket() {
    Bytes packet = PacketEncoder.encode(Event.builder().build());
    assertThat(packet.length()).isEqualTo(8);
    assertThat(decoded(packet)).containsExactly(Event.builder().build());
  }

  @Test
  void whatSaysNothingIsLeftOut() {
    Event event = Event.builder().testId("").routeCode("").mimeType("text/plain").eof(true).build();
    assertThat(PacketEncoder.encode(event))
        .isEqualTo(PacketEncoder.encode(Event.builder().build()));
    Event file = Event.builder().mimeType("").file("", Bytes.EMPTY).build();
    assertThat(decoded(PacketEncoder.encode(file)))
        .containsExactly(Event.builder().file("", Bytes.EMPTY).build());
  }

  @Test
  void tagsAreWrittenOnceInTheOrderFirstSeen() {
    Event event = Event.test("t", Status.SUCCESS).tags("b", "a", "b", "c", "a").build();
    assertThat(decoded(PacketEncoder.encode(event)).getFirst().tags())
        .containsExactly("b", "a", "c");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 48, 49, 50, 51, 52, 53, 54, 55, 63, 64, 16_368, 16_369, 16_370, 16_383})
  void lengthIsAsNarrowAsItCanBe(int contentLength) {
    Event event = Event.builder().file("f", filled(contentLength)).build();
    Bytes packet = PacketEncoder.encode(event);
    int base = 3 + 2 + Wire.narrowestWidth(contentLength) + contentLength + 4;
    assertThat(packet.length()).isEqualTo(base + (base <= 62 ? 1 : base <= 16_381 ? 2 : 3));
    assertThat(decoded(packet)).containsExactly(event);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1969-12-31T23:59:59.999999999Z", "2106-02-07T06:28:16Z"})
  void timeOutsideTheRangeIsAnErrorThatNamesIt(String time) {
    PacketEncoder encoder = new PacketEncoder();
    encoder.append(Event.test("t", Status.SUCCESS).build());
    int before = encoder.length();
    assertThatThrownBy(() ->
            encoder.append(Event.test("t", Status.SUCCESS).timestamp(Instant.parse(time)).build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1970-01-01")
        .hasMessageContaining("2106-02-07")
        .hasMessageContaining(time);
    assertThat(encoder.length()).isEqualTo(before);
    encoder.append(Event.test("u", Status.SUCCESS).build());
    assertThat(decoded(encoder.take())).extracting(Event::testId).containsExactly("t", "u");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1970-01-01T00:00:00Z", "2106-02-07T06:28:15.999999999Z"})
  void timeAtTheEndsOfTheRangeIsKeptToTheNanosecond(String time) {
    Event event = Event.test("t", Status.SUCCESS).timestamp(Instant.parse(time)).build();
    assertThat(decoded(PacketEncoder.encode(event))).containsExactly(event);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\0b", "\uD800", "\uDC00a", "a\uD83D"})
  void textThatNoPacketCanCarryIsAnError(String text) {
    for (Event event :
        List.of(
            Event.test(text, Status.SUCCESS).build(),
            Event.test("t", Status.SUCCESS).tags(text).build(),
            Event.test("t", Status.SUCCESS).routeCode(text).build(),
            Event.builder().file(text, Bytes.EMPTY).build(),
            Event.builder().file("f", Bytes.EMPTY).mimeType(text).build())) {
      assertThatThrownBy(() -> PacketEncoder.encode(event))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void largeContentGoesOverPacketsAndOnlyTheLastHasItsEnd() {
    Bytes content = filled(2 * PacketEncoder.MAX_CONTENT + 5);
    Event event =
        Event.test("t", Status.FAIL)
            .tags("x")
            .timestamp(Instant.ofEpochSecond(9))
            .mimeType("text/plain")
            .file("f", content)
            .eof(true)
            .routeCode("0")
            .build();
    List<Event> parts = decoded(PacketEncoder.encode(event));
    assertThat(parts).hasSize(3);
    assertThat(parts).extracting(Event::eof).containsExactly(false, false, true);
    assertThat(parts)
        .extracting(Event::status)
        .containsExactly(Status.FAIL, Status.NONE, Status.NONE);
    assertThat(parts.getFirst().tags()).containsExactly("x");
    assertThat(parts.getFirst().mimeType()).isEqualTo("text/plain");
    List<Bytes> contents = new ArrayList<>();
    for (Event part : parts) {
      assertThat(part.testId()).isEqualTo("t");
      assertThat(part.routeCode()).isEqualTo("0");
      assertThat(part.fileName()).isEqualTo("f");
      assertThat(part.timestamp()).isEqualTo(Instant.ofEpochSecond(9));
      assertThat(part.fileContent().length()).isLessThanOrEqualTo(PacketEncoder.MAX_CONTENT);
      contents.add(part.fileContent());
    }
    assertThat(Bytes.concat(contents)).isEqualTo(content);
  }

  @Test
  void contentOfExactlyTheMostIsOnePacket() {
    Event event = Event.builder().file("f", filled(PacketEncoder.MAX_CONTENT)).eof(true).build();
    assertThat(decoded(PacketEncoder.encode(event))).containsExactly(event);
  }

  @Test
  void eventThatFitsNoPacketIsAnErrorAndLeavesNothingBehind() {
    PacketEncoder encoder = new PacketEncoder();
    String half = "i".repeat(1_600_000);
    Event event =
        Event.test(half, Status.NONE).routeCode(half).file("f", filled(2_000_000)).build();
    assertThatThrownBy(() -> encoder.append(event)).isInstanceOf(IllegalArgumentException.class);
    assertThat(encoder.length()).isZero();
    assertThatThrownBy(() -> encoder.append(Event.test("i".repeat(4_194_304), Status.NONE).build()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(encoder.take()).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void longestPacketIsWrittenAndRead() {
    // 3 of flags, 3 of length, 4 of checksum, 3 for the width of the id.
    Event event = Event.builder().testId("i".repeat(Wire.MAX_PACKET - 13)).build();
    Bytes packet = PacketEncoder.encode(event);
    assertThat(packet.length()).isEqualTo(Wire.MAX_PACKET);
    assertThat(decoded(packet)).containsExactly(event);
    Event longer = Event.builder().testId("i".repeat(Wire.MAX_PACKET - 12)).build();
    assertThatThrownBy(() -> PacketEncoder.encode(longer))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void bufferIsEmptyOnceWrittenOut() throws IOException {
    PacketEncoder encoder = new PacketEncoder();
    encoder.append(Event.test("a", Status.SUCCESS).build());
    encoder.append(Event.test("b", Status.FAIL).build());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    encoder.writeTo(out);
    assertThat(Decoded.of(out.toByteArray()).events())
        .extracting(Event::testId)
        .containsExactly("a", "b");
    assertThat(encoder.length()).isZero();
  }

  @Test
  void largeContentIsNotCopied() {
    Bytes content = filled(PacketEncoder.MAX_CONTENT + PacketEncoder.SHARED_CONTENT);
    PacketEncoder encoder = new PacketEncoder();
    encoder.append(Event.test("a", Status.SUCCESS).build());
    encoder.append(Event.test("b", Status.FAIL).file("f", content).routeCode("0").build());
    encoder.append(Event.test("c", Status.SUCCESS).build());
    int length = encoder.length();
    List<Bytes> parts = encoder.takeParts();
    assertThat(parts.stream().filter(part -> part.array() == content.array()))
        .containsExactly(
            content.slice(0, PacketEncoder.MAX_CONTENT), content.slice(PacketEncoder.MAX_CONTENT));
    assertThat(Bytes.concat(parts).length()).isEqualTo(length);
    assertThat(decoded(Bytes.concat(parts)))
        .extracting(Event::testId)
        .containsExactly("a", "b", "b", "c");
    assertThat(encoder.takeParts()).isEmpty();
  }

  @Test
  void whatIsRefusedLeavesNoSharedContentBehind() {
    PacketEncoder encoder = new PacketEncoder();
    Bytes content = filled(PacketEncoder.SHARED_CONTENT);
    Event sound = Event.builder().file("f", content).build();
    encoder.append(sound);
    Event refused = Event.builder().file("f", content).routeCode("a\0b").build();
    assertThatThrownBy(() -> encoder.append(refused)).isInstanceOf(IllegalArgumentException.class);
    encoder.append(sound);
    assertThat(decoded(encoder.take())).containsExactly(sound, sound);
    assertThat(encoder.take()).isEqualTo(Bytes.EMPTY);
  }
}
