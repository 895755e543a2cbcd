package dev.headgate.subunit;

import static dev.headgate.subunit.PacketDecoder.Next.DAMAGE;
import static dev.headgate.subunit.PacketDecoder.Next.END;
import static dev.headgate.subunit.PacketDecoder.Next.EVENT;
import static dev.headgate.subunit.PacketDecoder.Next.NEED_MORE;
import static dev.headgate.subunit.PacketDecoder.Next.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PacketDecoderTests {
  private static final String FOO = "b329010c03666f6f08555f1b";
  private static final String BAR = "b329030c03626172bf11179b";

  /** Claims 4 MiB and says nothing else. */
  private static final String LARGE_CLAIM = "b32000bfffff";

  private static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static String text(String text) {
    return HexFormat.of().formatHex(text.getBytes(UTF_8));
  }

  /** The kinds of a stream's items with their bytes, in hexadecimal. */
  private static List<String> items(String hex) {
    return Decoded.of(hex(hex)).items().stream()
        .map(item -> item.kind() + " " + item.bytes().hex() + (item.inDamaged() ? " within" : ""))
        .toList();
  }

  @Test
  void textBeforeBetweenAndAfterPacketsIsDeliveredInOrder() {
    assertThat(items(text("dots...") + FOO + "0a" + BAR + text("bye")))
        .containsExactly(
            "TEXT " + text("dots..."), "EVENT " + FOO, "TEXT 0a", "EVENT " + BAR, "TEXT 627965");
  }

  @Test
  void damageEndsWhereTheClaimEnds() {
    String broken = "b329010c03466f6f08555f1b";
    assertThat(items(text("ok ") + broken + text(" ok") + FOO))
        .containsExactly("TEXT 6f6b20", "DAMAGE " + broken, "TEXT 206f6b", "EVENT " + FOO);
  }

  @Test
  void packetWithinADamagedOneIsDeliveredMarkedAndEndsTheDamage() {
    String head = "b3290140400403666f6f";
    assertThat(items(head + FOO + text("log") + BAR + text("x".repeat(40)) + FOO))
        .containsExactly(
            "DAMAGE " + head,
            "EVENT " + FOO + " within",
            "TEXT 6c6f67",
            "EVENT " + BAR + " within",
            "TEXT " + text("x".repeat(40)),
            "EVENT " + FOO);
  }

  @Test
  void implausibleHeadersAreText() {
    for (String header :
        List.of("b3", "b339010c", "b309010c", "b329090c", "b32901c0", "b3200007")) {
      assertThat(items(header + text(".......") + FOO))
          .containsExactly("TEXT " + header + text("......."), "EVENT " + FOO);
    }
  }

  @Test
  void headerThatDoesNotCoverWhatItAnnouncesIsText() {
    assertThat(items("b32800 08 00000000")).containsExactly("TEXT b328000800000000");
  }

  @Test
  void truncatedPacketIsDamageOnceItsHeaderIsWhole() {
    assertThat(items("b329010c03")).containsExactly("DAMAGE b329010c03");
    assertThat(items("b32901")).containsExactly("TEXT b32901");
  }

  @Test
  void characterThatEndsInTheSignatureIsText() {
    // After each of these, "  (" makes a plausible header of 40 bytes.
    for (String utf8 : List.of("c3b3", "e0b4b3", "e4b8b3", "ed9fb3", "f09080b3")) {
      String line = "61" + utf8 + text("  (" + "z".repeat(60));
      assertThat(items(line + FOO)).containsExactly("TEXT " + line, "EVENT " + FOO);
    }
    for (String noCharacter :
        List.of("c1b3", "e08fb3", "eda0b3", "f08080b3", "f59080b3", "80b3", "b8b3")) {
      String line = noCharacter + text("  (" + "z".repeat(60));
      assertThat(items(line)).as(noCharacter).hasSize(3);
    }
    assertThat(items("b3202028" + text("z".repeat(60))).getFirst()).startsWith("DAMAGE");
  }

  @Test
  void packetThatDoesBeginInsideACharacterIsAccepted() {
    assertThat(items("c3" + FOO)).containsExactly("TEXT c3", "EVENT " + FOO);
  }

  @Test
  void leadByteOfTheLastPacketDoesNotMakeASignatureText() {
    // The packet ends in c3, and a damaged one follows it.
    Event event = null;
    Bytes packet = Bytes.EMPTY;
    for (int i = 0; packet.isEmpty() || packet.at(packet.length() - 1) != (byte) 0xC3; i++) {
      event = Event.test("t" + i, Status.SUCCESS).build();
      packet = PacketEncoder.encode(event);
    }
    String broken = "b329010c03466f6f08555f1b";
    assertThat(items(packet.hex() + broken))
        .containsExactly("EVENT " + packet.hex(), "DAMAGE " + broken);
  }

  @Test
  void slackAfterTheLastFieldIsIgnored() {
    byte[] packet = hex("b32901 10 03666f6f 01020304 00000000");
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(packet, 0, packet.length - 4);
    Wire.putInt(packet, packet.length - 4, (int) crc.getValue());
    assertThat(Decoded.of(packet).events())
        .containsExactly(Event.test("foo", Status.EXISTS).build());
  }

  @Test
  void largeIncompletePacketIsWaitedFor() {
    PacketDecoder decoder = new PacketDecoder();
    decoder.offer(hex(text("log\n") + LARGE_CLAIM + text("more")));
    assertThat(decoder.next()).isEqualTo(TEXT);
    assertThat(decoder.span().utf8()).isEqualTo("log\n");
    assertThat(decoder.next()).isEqualTo(NEED_MORE);
    assertThat(decoder.held()).isEqualTo(10);
    assertThat(decoder.rescan()).isFalse();
    assertThat(decoder.next()).isEqualTo(NEED_MORE);
  }

  @Test
  void beginningThatIsAlreadyBrokenIsNotWaitedFor() {
    PacketDecoder decoder = new PacketDecoder();
    // 4 MiB announced, with a test id that is not UTF-8.
    decoder.offer(hex("b32801bfffff 05 61ff"));
    assertThat(decoder.next()).isEqualTo(DAMAGE);
    assertThat(decoder.length()).isEqualTo(9);
    // 63 bytes announced, with a test id of 1000.
    PacketDecoder other = new PacketDecoder();
    other.offer(hex("b328013f 43e8"));
    assertThat(other.next()).isEqualTo(DAMAGE);
  }

  @Test
  void beginningThatMayYetBeAPacketIsWaitedFor() {
    for (String beginning :
        List.of(
            "b3",
            "b329",
            "b32901",
            "b329014f",
            "b32b01bfffff5213",
            "b32801" + "bfffff05c3",
            "b32801bfffff05e697",
            "b32801bfffff4fff" + text("i".repeat(600)))) {
      PacketDecoder decoder = new PacketDecoder();
      decoder.offer(hex(beginning));
      assertThat(decoder.next()).as(beginning).isEqualTo(NEED_MORE);
    }
  }

  @Test
  void rescanGivesUpOnlyForAWholePacketWithin() {
    PacketDecoder decoder = new PacketDecoder();
    decoder.offer(hex(LARGE_CLAIM + text("log") + FOO.substring(0, 20)));
    assertThat(decoder.next()).isEqualTo(NEED_MORE);
    assertThat(decoder.rescan()).isFalse();
    decoder.offer(hex(FOO.substring(20)));
    assertThat(decoder.next()).isEqualTo(NEED_MORE);
    assertThat(decoder.rescan()).isTrue();
    assertThat(decoder.next()).isEqualTo(DAMAGE);
    assertThat(decoder.span().hex()).isEqualTo(LARGE_CLAIM + text("log"));
    assertThat(decoder.next()).isEqualTo(EVENT);
    assertThat(decoder.inDamaged()).isTrue();
    assertThat(decoder.testId()).isEqualTo("foo");
    assertThat(decoder.next()).isEqualTo(NEED_MORE);
    assertThat(decoder.held()).isZero();
  }

  @Test
  void rescanGivesUpEveryIncompletePacketBeforeTheWholeOne() {
    PacketDecoder decoder = new PacketDecoder();
    decoder.offer(hex(LARGE_CLAIM + "b32000ffff" + LARGE_CLAIM + "b320007fff" + FOO + LARGE_CLAIM));
    assertThat(decoder.next()).isEqualTo(NEED_MORE);
    assertThat(decoder.rescan()).isTrue();
    assertThat(decoder.next()).isEqualTo(DAMAGE);
    assertThat(decoder.length()).isEqualTo(22);
    assertThat(decoder.next()).isEqualTo(EVENT);
    assertThat(decoder.next()).isEqualTo(NEED_MORE);
    assertThat(decoder.held()).isEqualTo(6);
    assertThat(decoder.rescan()).isFalse();
    decoder.end();
    assertThat(decoder.next()).isEqualTo(DAMAGE);
    assertThat(decoder.next()).isEqualTo(END);
  }

  @Test
  void rescanFindsWhatWasIncompleteWhenItLookedBefore() {
    Bytes large =
        PacketEncoder.encode(
            Event.test("t", Status.NONE).file("f", Bytes.copyOf(new byte[5000])).build());
    PacketDecoder decoder = new PacketDecoder();
    decoder.offer(hex(LARGE_CLAIM));
    for (int i = 0; i < large.length(); i++) {
      decoder.offer(large.slice(i, i + 1));
      assertThat(decoder.next()).isEqualTo(NEED_MORE);
      assertThat(decoder.rescan()).isEqualTo(i == large.length() - 1);
    }
    assertThat(decoder.next()).isEqualTo(DAMAGE);
    assertThat(decoder.next()).isEqualTo(EVENT);
    assertThat(decoder.span()).isEqualTo(large);
  }

  @Test
  void wholeLargePacketThatComesSlowlyIsNotGivenUp() {
    Bytes inner = PacketEncoder.encode(Event.test("inner", Status.FAIL).build());
    Bytes outer =
        PacketEncoder.encode(
            Event.test("outer", Status.NONE)
                .file("f", Bytes.concat(List.of(Bytes.copyOf(new byte[9000]), inner)))
                .build());
    PacketDecoder decoder = new PacketDecoder();
    decoder.offer(outer.slice(0, 9000));
    assertThat(decoder.next()).isEqualTo(NEED_MORE);
    assertThat(decoder.rescan()).isFalse();
    decoder.offer(outer.slice(9000));
    assertThat(decoder.next()).isEqualTo(EVENT);
    assertThat(decoder.testId()).isEqualTo("outer");
    assertThat(decoder.inDamaged()).isFalse();
    assertThat(decoder.next()).isEqualTo(NEED_MORE);
  }

  @Test
  void fieldsAreReadWithoutMakingTheEvent() throws IOException {
    Event event =
        Event.test("t", Status.XFAIL)
            .timestamp(Instant.ofEpochSecond(5, 7))
            .file("f", Bytes.ofUtf8("abc"))
            .routeCode("0/1")
            .build();
    PacketDecoder decoder = new PacketDecoder();
    decoder.offer(PacketEncoder.encode(event));
    assertThat(decoder.next()).isEqualTo(EVENT);
    assertThat(decoder.status()).isEqualTo(Status.XFAIL);
    assertThat(decoder.runnable()).isTrue();
    assertThat(decoder.eof()).isFalse();
    assertThat(decoder.hasTestId()).isTrue();
    assertThat(decoder.hasFile()).isTrue();
    assertThat(decoder.hasTags()).isFalse();
    assertThat(decoder.hasMimeType()).isFalse();
    assertThat(decoder.hasTimestamp()).isTrue();
    assertThat(decoder.hasRouteCode()).isTrue();
    assertThat(decoder.timestamp()).isEqualTo(Instant.ofEpochSecond(5, 7));
    assertThat(decoder.routeCode()).isEqualTo("0/1");
    assertThat(decoder.fileName()).isEqualTo("f");
    assertThat(decoder.fileContentLength()).isEqualTo(3);
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    decoder.writeFileContentTo(content);
    assertThat(content.toString(UTF_8)).isEqualTo("abc");
    assertThat(decoder.fileContent()).isEqualTo(Bytes.ofUtf8("abc"));
  }

  @Test
  void eventsOutliveTheBufferTheyCameFrom() {
    PacketDecoder decoder = new PacketDecoder();
    byte[] packet =
        PacketEncoder.encode(Event.test("t", Status.NONE).file("f", Bytes.ofUtf8("abc")).build())
            .toByteArray();
    decoder.offer(packet);
    decoder.next();
    Event event = decoder.event();
    for (int i = 0; i < 10_000; i++) {
      decoder.offer(hex(text("other bytes that overwrite the first")));
      assertThat(decoder.next()).isEqualTo(TEXT);
    }
    assertThat(event.fileContent().utf8()).isEqualTo("abc");
  }

  @Test
  void buffersOfEitherKindAreReadToTheirLimit() {
    for (ByteBuffer buffer : List.of(ByteBuffer.allocate(20), ByteBuffer.allocateDirect(20))) {
      buffer.put(3, hex(FOO)).position(3).limit(15);
      PacketDecoder decoder = new PacketDecoder();
      decoder.offer(buffer);
      assertThat(buffer.remaining()).isZero();
      assertThat(decoder.next()).isEqualTo(EVENT);
      assertThat(decoder.testId()).isEqualTo("foo");
    }
  }

  @Test
  void piecesMayBeOfferedBeforeTheEarlierOnesAreRead() {
    PacketDecoder decoder = new PacketDecoder();
    decoder.offer(Bytes.copyOf(hex(FOO)));
    decoder.offer(Bytes.copyOf(hex(BAR)));
    decoder.offer(hex(FOO));
    assertThat(decoder.next()).isEqualTo(EVENT);
    assertThat(decoder.testId()).isEqualTo("foo");
    decoder.offer(hex(text("x")));
    assertThat(decoder.next()).isEqualTo(EVENT);
    assertThat(decoder.testId()).isEqualTo("bar");
    assertThat(decoder.next()).isEqualTo(EVENT);
    assertThat(decoder.next()).isEqualTo(TEXT);
    assertThat(decoder.next()).isEqualTo(NEED_MORE);
  }

  @Test
  void emptyInputEndsAtOnce() {
    PacketDecoder decoder = new PacketDecoder();
    assertThat(decoder.next()).isEqualTo(NEED_MORE);
    decoder.offer(new byte[0]);
    assertThat(decoder.next()).isEqualTo(NEED_MORE);
    decoder.end();
    decoder.end();
    assertThat(decoder.next()).isEqualTo(END);
    assertThat(decoder.next()).isEqualTo(END);
  }

  @Test
  void misuseIsNamed() {
    PacketDecoder decoder = new PacketDecoder();
    assertThatThrownBy(decoder::event).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(decoder::span).isInstanceOf(IllegalStateException.class);
    decoder.offer(hex("41"));
    decoder.next();
    assertThatThrownBy(decoder::testId).isInstanceOf(IllegalStateException.class);
    decoder.end();
    assertThatThrownBy(() -> decoder.offer(hex("41"))).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new PacketDecoder().offer(new byte[3], 2, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void runOfDamageAndTextIsFewItems() {
    StringBuilder stream = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      stream.append("b3").append(text("  ")).append("b3b3ff");
    }
    PacketDecoder decoder = new PacketDecoder();
    decoder.offer(hex(stream.toString()));
    decoder.end();
    int items = 0;
    while (decoder.next() != END) {
      items++;
    }
    assertThat(items).isLessThan(3);
  }
}
