package dev.headgate.subunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/** Any event that can be written is read back as it was, and the same bytes are always written. */
public final class PacketEncoderFuzz {
  private PacketEncoderFuzz() {}

  /** Called by the fuzzer: bytes are taken for the fields of an event. */
  public static void fuzzerTestOneInput(byte[] input) {
    assertWrittenAndReadBack(event(ByteBuffer.wrap(input)));
  }

  private static Event event(ByteBuffer input) {
    int has = input.hasRemaining() ? input.get() : 0;
    int more = input.hasRemaining() ? input.get() : 0;
    Event.Builder event = Event.builder().status(Status.ofCode(has & 7)).runnable((more & 1) != 0);
    if ((has & 8) != 0 && input.remaining() >= 8) {
      event.timestamp(
          Instant.ofEpochSecond(
              input.getInt() & 0xFFFF_FFFFL, (input.getInt() & 0x7FFF_FFFF) % 1_000_000_000));
    }
    event.testId((has & 16) != 0 ? text(input) : null);
    event.routeCode((has & 32) != 0 ? text(input) : null);
    List<String> tags = new ArrayList<>();
    for (int i = (has & 64) != 0 ? more >>> 4 & 7 : 0; i > 0; i--) {
      tags.add(text(input));
    }
    event.tags(tags).mimeType((more & 2) != 0 ? text(input) : null).eof((more & 4) != 0);
    if ((has & 128) != 0) {
      String name = text(input);
      byte[] content = new byte[input.remaining() * ((more & 8) != 0 ? 5_000 : 1)];
      java.util.Arrays.fill(content, input.hasRemaining() ? input.get(input.position()) : 0);
      event.file(name, Bytes.copyOf(content));
    }
    return event.build();
  }

  /** Every byte is a char or begins two: all chars but NUL can come, lone surrogates too. */
  private static String text(ByteBuffer input) {
    StringBuilder text = new StringBuilder();
    for (int i = input.hasRemaining() ? input.get() & 0x1F : 0;
        i > 0 && input.hasRemaining();
        i--) {
      int first = input.get() & 0xFF;
      int second = first >= 0x80 && input.hasRemaining() ? input.get() & 0xFF : 0;
      text.append((char) (first < 0x80 ? first : (first & 0x7F) << 9 | second));
    }
    return text.toString();
  }

  /** Also of events that were read, some of which have what is never written. */
  static void assertWrittenAndReadBack(Event event) {
    PacketEncoder encoder = new PacketEncoder();
    try {
      encoder.append(event);
    } catch (IllegalArgumentException e) {
      assertThat(mayBeRefused(event)).as("%s of %s", e.getMessage(), event).isTrue();
      assertThat(encoder.length()).isZero();
      return;
    }
    int length = encoder.length();
    Bytes parts = Bytes.concat(encoder.takeParts());
    assertThat(parts).isEqualTo(PacketEncoder.encode(event)).isEqualTo(writtenOut(event));
    assertThat(parts.length()).isEqualTo(length);
    Decoded decoded = Decoded.of(parts.toByteArray());
    assertThat(decoded.events()).hasSameSizeAs(decoded.items());
    assertThat(joined(decoded.events())).isEqualTo(asWritten(event));
  }

  private static boolean mayBeRefused(Event event) {
    List<String> texts = new ArrayList<>(event.tags());
    for (String text :
        new String[] {event.testId(), event.routeCode(), event.mimeType(), event.fileName()}) {
      texts.add(text == null ? "" : text);
    }
    return texts.stream()
        .anyMatch(text ->
            text.indexOf(0) >= 0
                || !StandardCharsets.UTF_8.newEncoder().canEncode(text)
                || text.length() > 1 << 20);
  }

  private static Bytes writtenOut(Event event) {
    PacketEncoder encoder = new PacketEncoder();
    encoder.append(event);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      encoder.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(encoder.length()).isZero();
    return Bytes.copyOf(out.toByteArray());
  }

  /** The event that packets of one file add up to. */
  private static Event joined(List<Event> events) {
    Event first = events.getFirst();
    List<Bytes> contents = events.stream().map(Event::fileContent).toList();
    return first.toBuilder()
        .file(first.fileName(), Bytes.concat(contents))
        .eof(events.getLast().eof())
        .build();
  }

  private static Event asWritten(Event event) {
    return event.toBuilder()
        .testId(orNull(event.testId()))
        .routeCode(orNull(event.routeCode()))
        .mimeType(event.hasFile() ? orNull(event.mimeType()) : null)
        .eof(event.eof() && event.hasFile())
        .tags(List.copyOf(new LinkedHashSet<>(event.tags())))
        .build();
  }

  private static String orNull(String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
