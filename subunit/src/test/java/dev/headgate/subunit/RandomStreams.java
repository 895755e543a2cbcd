package dev.headgate.subunit;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes events and streams, sound and damaged, from a seed. */
final class RandomStreams {
  private static final String[] WORDS = {
    "a", "test", "mod.Class.test", "ó", "día largo", "日本", "𝒳", "x³ + y³", "worker-0", "\n", "0"
  };

  private final Random random;

  RandomStreams(long seed) {
    random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  String word() {
    StringBuilder word = new StringBuilder(WORDS[below(WORDS.length)]);
    while (oneIn(3)) {
      word.append(WORDS[below(WORDS.length)]);
    }
    if (oneIn(50)) {
      word.append("i".repeat(below(20_000)));
    }
    return word.toString();
  }

  /** An event such as writers write: what the encoder leaves out is not there. */
  Event event(int mostContent) {
    Event.Builder event = Event.builder().status(Status.ofCode(below(8))).runnable(oneIn(2));
    if (!oneIn(5)) {
      event.testId(word());
    }
    if (oneIn(2)) {
      long seconds = random.nextLong(0x1_0000_0000L);
      int nanos = oneIn(3) ? below(70) : below(1_000_000_000);
      event.timestamp(Instant.ofEpochSecond(seconds, nanos));
    }
    if (oneIn(4)) {
      List<String> tags = new ArrayList<>();
      for (int i = below(5); i >= 0; i--) {
        tags.add(i + word());
      }
      event.tags(tags);
    }
    if (oneIn(3)) {
      byte[] content = content(mostContent);
      event.file(oneIn(9) ? "" : word(), Bytes.copyOf(content)).eof(oneIn(2));
      event.mimeType(oneIn(2) ? word() : null);
    }
    if (oneIn(2)) {
      event.routeCode(word());
    }
    return event.build();
  }

  private byte[] content(int most) {
    byte[] content = new byte[oneIn(10) ? below(most + 1) : below(Math.min(most, 80) + 1)];
    random.nextBytes(content);
    return content;
  }

  byte[] packet() {
    return PacketEncoder.encode(event(300)).toByteArray();
  }

  /** Packets, text, noise and every kind of damage, one after the other. */
  byte[] stream(int pieces) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int i = 0; i < pieces; i++) {
      stream.writeBytes(piece());
    }
    return stream.toByteArray();
  }

  private byte[] piece() {
    return switch (below(12)) {
      case 0, 1, 2 -> packet();
      case 3 -> Bytes.ofUtf8(word() + "ó cubed \n").toByteArray();
      case 4 -> content(200);
      case 5 -> flipped(packet());
      case 6 -> cut(packet());
      case 7 -> wrongLength(packet());
      case 8 -> brokenAround(packet());
      case 9 -> headers();
      case 10 -> plausibleText();
      default -> Bytes.ofUtf8(word()).toByteArray();
    };
  }

  byte[] wrongLength(byte[] packet) {
    packet[3 + below(Wire.width(packet[3]))] = (byte) below(256);
    return packet;
  }

  /** A packet with a wrong bit, without its end, or with a random byte in its length. */
  byte[] damaged(byte[] packet) {
    return switch (below(3)) {
      case 0 -> flipped(packet);
      case 1 -> cut(packet);
      default -> wrongLength(packet);
    };
  }

  private byte[] flipped(byte[] packet) {
    packet[below(packet.length)] ^= (byte) (1 << below(8));
    return packet;
  }

  private byte[] cut(byte[] packet) {
    return Arrays.copyOf(packet, below(packet.length));
  }

  private byte[] brokenAround(byte[] inner) {
    byte[] outer =
        PacketEncoder.encode(
                Event.test("outer", Status.NONE).file("f", Bytes.copyOf(inner)).build())
            .toByteArray();
    outer[outer.length - 1 - below(4)]++;
    return outer;
  }

  /** Headers that claim much and deliver nothing. */
  private byte[] headers() {
    byte[][] kinds = {
      {(byte) 0xB3, 0x20, 0, (byte) 0xB3, 0x20, 0},
      {(byte) 0xB3, 0x20, 0, 0x7F, (byte) 0xFF},
      {(byte) 0xB3, 0x20, 0, (byte) 0x80, 0x40, 0},
      {(byte) 0xB3, 0x2B, 0x07, 0x41, 0},
      {(byte) 0xB3, 0x20, (byte) 0xB3, 0x28},
      {(byte) 0xB3, (byte) 0xB3},
    };
    byte[] kind = kinds[below(kinds.length)];
    byte[] run = new byte[kind.length * (1 + below(30))];
    for (int i = 0; i < run.length; i++) {
      run[i] = kind[i % kind.length];
    }
    return run;
  }

  /** Claims of up to 64 KiB at every few bytes, and sound packets among them. */
  byte[] flood(int length) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    while (stream.size() < length) {
      int claim = 8 + below(oneIn(2) ? 400 : 1 << 16);
      byte[] header = {(byte) 0xB3, 0x20, (byte) below(8), (byte) 0x80, 0, 0, (byte) below(256)};
      Wire.putNumber(header, 3, claim, 3);
      stream.write(header, 0, 6 + below(2));
      if (oneIn(400)) {
        byte[] content = new byte[below(9_000)];
        random.nextBytes(content);
        Event event = Event.test("t", Status.NONE).file("f", Bytes.copyOf(content)).build();
        stream.writeBytes(PacketEncoder.encode(event).toByteArray());
      }
    }
    return stream.toByteArray();
  }

  /** Text whose characters look like headers of packets. */
  private byte[] plausibleText() {
    return Bytes.ofUtf8("ó !" + (char) (' ' + below(90)) + "ó (Bx" + word()).toByteArray();
  }

  /** Cuts of an input of that length into random pieces. */
  int[] cuts(int length) {
    int[] cuts = new int[below(8)];
    for (int i = 0; i < cuts.length; i++) {
      cuts[i] = below(length + 1);
    }
    Arrays.sort(cuts);
    return cuts;
  }
}
