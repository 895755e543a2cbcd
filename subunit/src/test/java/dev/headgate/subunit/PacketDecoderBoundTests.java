package dev.headgate.subunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cost of hostile input, counted and not timed. */
class PacketDecoderBoundTests {
  private static final int SIZE = 6 << 20;

  /** Work, in bytes checked, that one byte of any input may cost. */
  private static final int MOST_WORK = 48;

  /** One piece of a pipe. */
  private static final int PIECE = 64 << 10;

  private static byte[] repeated(String hex, int size) {
    byte[] piece = HexFormat.of().parseHex(hex);
    byte[] all = new byte[size];
    for (int i = 0; i < size; i++) {
      all[i] = piece[i % piece.length];
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b32000bfffff", // 4 MiB claimed at every sixth byte
        "b32000", // every third byte is a length of 3.3 MiB for the header before it
        "b32000bf", // every fourth
        "b320007fff", // 16 KiB at every fifth
        "b320007fb3", // the same, with a signature inside the length
        "b320b3", // tags, at every third byte
        "b32f", // small claims at every second byte
        "b320003f", // the largest claims that are checked straight away
        "b32000407f",
        "b3280080400801",
        "b32000bfffff00000000000000000000000000000000000000000000000000",
      })
  void floodOfHeadersCostsABoundedAmountPerByte(String header) {
    byte[] flood = repeated(header, SIZE);
    Counting counting = new Counting();
    for (int from = 0; from < flood.length; from += PIECE) {
      counting.offer(flood, from, Math.min(flood.length, from + PIECE));
    }
    counting.end();
    assertThat(counting.events).isZero();
    assertThat(counting.others).isEqualTo(SIZE);
    assertThat(counting.decoder.work()).isLessThan((long) MOST_WORK * SIZE);
    assertThat(counting.items).isLessThan(10L * SIZE / PIECE);
  }

  @Test
  void randomHeadersCostABoundedAmountPerByte() {
    Random random = new Random(1);
    byte[] flood = new byte[SIZE];
    random.nextBytes(flood);
    for (int i = 0; i + 6 < SIZE; i += 3 + random.nextInt(6)) {
      flood[i] = (byte) 0xB3;
      flood[i + 1] = (byte) (0x20 | random.nextInt(16));
      flood[i + 2] &= (byte) 0xF7;
    }
    Counting counting = new Counting();
    counting.offer(flood, 0, SIZE);
    counting.end();
    assertThat(counting.others + counting.eventBytes).isEqualTo(SIZE);
    assertThat(counting.decoder.work()).isLessThan((long) MOST_WORK * SIZE);
  }

  @Test
  void rescanAfterEveryPieceCostsABoundedAmountPerByte() {
    byte[] flood = repeated("b32000bfffff", 4 << 20);
    Counting counting = new Counting();
    for (int from = 0; from < flood.length; from += 512) {
      counting.offer(flood, from, Math.min(flood.length, from + 512));
      assertThat(counting.decoder.rescan()).isFalse();
    }
    counting.end();
    assertThat(counting.decoder.work()).isLessThan((long) MOST_WORK * flood.length);
  }

  @Test
  void packetsWithinAFloodAreDelivered() {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    byte[] flood = repeated("b32000bfffff", 6 << 20);
    byte[] packet =
        PacketEncoder.encode(
                Event.test("large", Status.NONE)
                    .file("f", Bytes.copyOf(flood).slice(0, 900_000))
                    .build())
            .toByteArray();
    stream.write(flood, 0, 5_000_001);
    stream.writeBytes(packet);
    stream.write(flood, 0, 1_000_003);
    stream.writeBytes(packet);
    stream.write(flood, 0, 300_000);
    byte[] input = stream.toByteArray();
    int[] cuts = new int[input.length / PIECE];
    Arrays.setAll(cuts, i -> (i + 1) * PIECE - 1);
    Decoded decoded = Decoded.of(input, cuts);
    assertThat(decoded.events()).hasSize(2);
    assertThat(decoded.items()).hasSize(5);
    assertThat(decoded.items().get(1).offset()).isEqualTo(5_000_001);
    assertThat(decoded.items().get(1).inDamaged()).isTrue();
    assertThat(decoded.items().get(3).offset()).isEqualTo(6_000_004 + packet.length);
    assertThat(Arrays.equals(decoded.all(), input)).isTrue();
  }

  /**
   * Claims 15 bytes apart that all end at one place with a right checksum: a file whose content
   * reaches over the claims behind it, and a route code of 2 MiB, the last byte of which is no
   * text.
   */
  @Test
  void malformedPacketsWithRightChecksumsCostABoundedAmountPerByte() {
    byte[] stream = new byte[4_000_000];
    Arrays.fill(stream, (byte) 'r');
    int end = stream.length - 4;
    int route = 1_999_980;
    Wire.putNumber(stream, route, end - route - 3, 3);
    stream[end - 1] = (byte) 0xFF;
    Wire.putInt(stream, end, 0x12345678);
    int register = Crc32Craft.before(~0x12345678, stream, route, end);
    for (int at = route - 15; at >= 0; at -= 15) {
      stream[at] = (byte) 0xB3;
      stream[at + 1] = 0x24;
      stream[at + 2] = 0x40;
      Wire.putNumber(stream, at + 3, stream.length - at, 3);
      stream[at + 6] = 0;
      Wire.putNumber(stream, at + 7, route - at - 10, 3);
      int afterPatch = Crc32Craft.before(register, stream, at + 14, at + 15);
      Crc32Craft.steer(stream, at, at + 10, afterPatch);
      register = Crc32Craft.before(afterPatch, stream, at, at + 14);
    }
    java.util.zip.CRC32 crc = new java.util.zip.CRC32();
    crc.update(stream, 0, end);
    assertThat(crc.getValue()).isEqualTo(0x12345678L);
    Counting counting = new Counting();
    counting.offer(stream, 0, stream.length);
    counting.end();
    assertThat(counting.events).isZero();
    assertThat(counting.others).isEqualTo(stream.length);
    assertThat(counting.decoder.work()).isLessThan(1_200L * stream.length);
  }

  @Test
  void neverHoldsBackMoreThanAPacketAndAPiece() {
    byte[] flood = repeated("b32000bfffff", SIZE);
    Counting counting = new Counting();
    int most = 0;
    for (int from = 0; from < flood.length; from += PIECE) {
      counting.offer(flood, from, Math.min(flood.length, from + PIECE));
      most = Math.max(most, counting.decoder.held());
    }
    assertThat(most).isLessThanOrEqualTo(Wire.MAX_PACKET);
  }

  @Test
  void onePiecePerByteCostsNoMore() {
    byte[] flood = repeated("b32000bfffff", 1 << 20);
    Counting counting = new Counting();
    for (int i = 0; i < flood.length; i++) {
      counting.offer(flood, i, i + 1);
    }
    counting.end();
    assertThat(counting.others).isEqualTo(flood.length);
    assertThat(counting.decoder.work()).isLessThan((long) MOST_WORK * flood.length);
  }

  private static final class Counting {
    final PacketDecoder decoder = new PacketDecoder();
    long events;
    long eventBytes;
    long others;
    long items;

    void offer(byte[] input, int from, int to) {
      decoder.offer(input, from, to - from);
      drain();
    }

    void end() {
      decoder.end();
      drain();
    }

    private void drain() {
      while (true) {
        switch (decoder.next()) {
          case EVENT -> {
            events++;
            eventBytes += decoder.length();
          }
          case TEXT, DAMAGE -> others += decoder.length();
          case NEED_MORE, END -> {
            return;
          }
        }
        items++;
      }
    }
  }
}
