package dev.headgate.subunit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * What {@link PacketDecoder} promises, as plainly as it can be said: the whole input at once, one
 * byte after the other, without regard to time.
 */
final class ReferenceDecoder {
  private final byte[] input;
  private final List<Decoded.Item> items = new ArrayList<>();
  private int spanFrom;
  private PacketDecoder.Next kindOfSpan;
  private int kindFrom;
  private int damageEnd;
  private int claimsEnd;

  private ReferenceDecoder(byte[] input) {
    this.input = input;
  }

  static Decoded decode(byte[] input) {
    return new ReferenceDecoder(input).decode();
  }

  private Decoded decode() {
    int at = 0;
    while (at < input.length) {
      int claim = input[at] == (byte) 0xB3 ? claim(at) : 0;
      Event event = claim == 0 ? null : packet(at, claim);
      if (event != null) {
        finish(at);
        Bytes bytes = Bytes.copyOf(input, at, claim);
        items.add(new Decoded.Item(PacketDecoder.Next.EVENT, at, bytes, event, at < claimsEnd));
        at += claim;
        spanFrom = at;
        damageEnd = at;
        continue;
      }
      if (claim != 0 && !endsCharacter(at)) {
        damageEnd = Math.max(damageEnd, at + claim);
        claimsEnd = Math.max(claimsEnd, at + claim);
      }
      add(at, at < damageEnd ? PacketDecoder.Next.DAMAGE : PacketDecoder.Next.TEXT);
      at++;
    }
    finish(at);
    return new Decoded(List.copyOf(items));
  }

  private void add(int at, PacketDecoder.Next kind) {
    if (at > kindFrom && kind == kindOfSpan) {
      return;
    }
    finish(at);
    kindOfSpan = kind;
    kindFrom = at;
  }

  private void finish(int at) {
    if (kindOfSpan != null) {
      Bytes bytes = Bytes.copyOf(input, kindFrom, at - kindFrom);
      items.add(new Decoded.Item(kindOfSpan, kindFrom, bytes, null, false));
      kindOfSpan = null;
    }
  }

  private boolean endsCharacter(int at) {
    for (int length = 2; length <= 4; length++) {
      int from = at + 1 - length;
      String text = from < spanFrom ? null : text(input, from, length);
      if (text != null && text.codePointCount(0, text.length()) == 1) {
        return true;
      }
    }
    return false;
  }

  private int claim(int at) {
    if (at + 4 > input.length) {
      return 0;
    }
    int flags = (input[at + 1] & 0xFF) << 8 | (input[at + 2] & 0xFF);
    int width = ((input[at + 3] & 0xFF) >> 6) + 1;
    if (flags >> 12 != 2 || (flags & 8) != 0 || width == 4 || at + 3 + width > input.length) {
      return 0;
    }
    int length = 0;
    for (int i = 0; i < width; i++) {
      length = length << 8 | (input[at + 3 + i] & (i == 0 ? 0x3F : 0xFF));
    }
    int least = 3 + width + 4;
    least += (flags & 0x0200) != 0 ? 5 : 0;
    least += (flags & 0x0800) != 0 ? 1 : 0;
    least += (flags & 0x0080) != 0 ? 1 : 0;
    least += (flags & 0x0020) != 0 ? 1 : 0;
    least += (flags & 0x0040) != 0 ? 2 : 0;
    least += (flags & 0x0400) != 0 ? 1 : 0;
    return length < least ? 0 : length;
  }

  private Event packet(int at, int claim) {
    if (at + claim > input.length) {
      return null;
    }
    CRC32 crc = new CRC32();
    crc.update(input, at, claim - 4);
    ByteBuffer packet = ByteBuffer.wrap(Arrays.copyOfRange(input, at, at + claim - 4));
    int expected = ByteBuffer.wrap(input).getInt(at + claim - 4);
    return (int) crc.getValue() == expected ? event(packet) : null;
  }

  private static Event event(ByteBuffer packet) {
    try {
      packet.get();
      int flags = packet.getShort();
      number(packet);
      Event.Builder event =
          Event.builder()
              .status(Status.ofCode(flags & 7))
              .runnable((flags & 0x0100) != 0)
              .eof((flags & 0x0010) != 0);
      if ((flags & 0x0200) != 0) {
        long seconds = packet.getInt() & 0xFFFFFFFFL;
        int nanos = number(packet);
        if (nanos > 999_999_999) {
          return null;
        }
        event.timestamp(Instant.ofEpochSecond(seconds, nanos));
      }
      event.testId((flags & 0x0800) != 0 ? text(packet) : null);
      List<String> tags = new ArrayList<>();
      for (int i = (flags & 0x0080) != 0 ? number(packet) : 0; i > 0; i--) {
        tags.add(text(packet));
      }
      event.tags(tags);
      event.mimeType((flags & 0x0020) != 0 ? text(packet) : null);
      if ((flags & 0x0040) != 0) {
        event.file(text(packet), Bytes.copyOf(bytes(packet)));
      }
      event.routeCode((flags & 0x0400) != 0 ? text(packet) : null);
      return event.build();
    } catch (java.nio.BufferUnderflowException | IllegalArgumentException e) {
      return null;
    }
  }

  private static int number(ByteBuffer packet) {
    int first = packet.get() & 0xFF;
    int value = first & 0x3F;
    for (int i = first >> 6; i > 0; i--) {
      value = value << 8 | (packet.get() & 0xFF);
    }
    return value;
  }

  private static byte[] bytes(ByteBuffer packet) {
    int length = number(packet);
    if (length > packet.remaining()) {
      throw new java.nio.BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    packet.get(bytes);
    return bytes;
  }

  private static String text(ByteBuffer packet) {
    byte[] bytes = bytes(packet);
    String text = text(bytes, 0, bytes.length);
    if (text == null || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("no text");
    }
    return text;
  }

  private static String text(byte[] bytes, int from, int length) {
    try {
      return UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, from, length))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
