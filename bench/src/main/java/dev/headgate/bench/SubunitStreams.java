package dev.headgate.bench;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketEncoder;
import dev.headgate.subunit.Status;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** The streams that are decoded and the events that are encoded in measurements. */
final class SubunitStreams {
  /** The packet of the table of figures to beat, in bytes. */
  static final int SMALL_PACKET = 78;

  static final int SMALL_PACKETS = 4_096;

  static final int ATTACHMENT = 64 << 10;
  static final int ATTACHMENTS = 64;

  /** The length of the streams whose speed is given in bytes. */
  static final int STREAM = 8 << 20;

  /** What floods repeat: headers of large or small claims; the worst case is the last. */
  static final List<String> FLOODS =
      List.of(
          "b32000",
          "b32000bf",
          "b320007fff",
          "b32000bfffff",
          "b32f",
          "b320003f",
          "b32000bfffff000000000000");

  private SubunitStreams() {}

  static Event[] smallEvents() {
    Event[] events = new Event[SMALL_PACKETS];
    Instant time = Instant.parse("2026-01-01T00:00:00.123456789Z");
    for (int i = 0; i < events.length; i++) {
      events[i] =
          Event.test(String.format("mod.sub.ClassTests.method_that_was%08d", i), Status.SUCCESS)
              .timestamp(time.plusSeconds(i))
              .tags("worker-0")
              .routeCode("job-1/0")
              .build();
    }
    return events;
  }

  static Bytes smallPackets() {
    PacketEncoder encoder = new PacketEncoder();
    for (Event event : smallEvents()) {
      encoder.append(event);
    }
    Bytes stream = encoder.take();
    if (stream.length() != SMALL_PACKET * SMALL_PACKETS) {
      throw new IllegalStateException("a packet has " + stream.length() / SMALL_PACKETS + " bytes");
    }
    return stream;
  }

  static Event[] attachmentEvents() {
    byte[] content = new byte[ATTACHMENT];
    new Random(1).nextBytes(content);
    Event[] events = new Event[ATTACHMENTS];
    for (int i = 0; i < ATTACHMENTS; i++) {
      events[i] = Event.test("t" + i, Status.NONE).file("log", Bytes.copyOf(content)).build();
    }
    return events;
  }

  static Bytes attachments() {
    PacketEncoder encoder = new PacketEncoder();
    for (Event event : attachmentEvents()) {
      encoder.append(event);
    }
    return encoder.take();
  }

  /** Lines of 80 bytes, and after every hundred of them one small packet. */
  static Bytes text() {
    byte[] line =
        "[INFO] Running a line of ordinary output, as a build tool writes it, 80 bytes.\n"
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    byte[] packet = smallPackets().slice(0, SMALL_PACKET).toByteArray();
    byte[] all = new byte[STREAM];
    int at = 0;
    for (int i = 1; at + line.length < all.length; i++) {
      byte[] next = i % 100 == 0 ? packet : line;
      System.arraycopy(next, 0, all, at, next.length);
      at += next.length;
    }
    Arrays.fill(all, at, all.length, (byte) '.');
    return Bytes.copyOf(all);
  }

  /** The same few bytes over and over: headers that claim much. */
  static Bytes flood(String hex) {
    byte[] piece = HexFormat.of().parseHex(hex);
    byte[] all = new byte[STREAM];
    for (int i = 0; i < all.length; i++) {
      all[i] = piece[i % piece.length];
    }
    return Bytes.copyOf(all);
  }

  /** Small packets of which one in 200 has a random byte in its length. */
  static Bytes damaged() {
    byte[] stream = smallPackets().toByteArray();
    Random random = new Random(1);
    for (int i = 0; i < SMALL_PACKETS; i++) {
      if (random.nextInt(200) == 0) {
        stream[i * SMALL_PACKET + 3 + random.nextInt(2)] = (byte) random.nextInt(256);
      }
    }
    return Bytes.copyOf(stream);
  }
}
