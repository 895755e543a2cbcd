package dev.headgate.subunit;

/**
 * Judges a packet that is not all there yet by the little that is. What it calls impossible {@link
 * PacketFields#parse} calls broken, whatever follows.
 */
final class PacketBeginning {
  /** How much of a packet is looked at while it is incomplete, so that each look is cheap. */
  private static final int FIRST_LOOK = 256;

  private final byte[] bytes;

  /** Where the last field must end. */
  private final int end;

  /** The index of the first byte that must not be read. */
  private final int visible;

  private int at;
  private int number;
  private boolean broken;

  /** True once a field goes on behind what is there: then all that follows is possible. */
  private boolean unseen;

  private PacketBeginning(byte[] bytes, int start, int packetLength, int limit) {
    this.bytes = bytes;
    end = start + packetLength - Wire.CRC_LENGTH;
    visible = Math.min(limit, start + FIRST_LOOK);
    at = start + 3 + Wire.width(bytes[start + 3]);
  }

  /**
   * True if the bytes from a plausible header up to {@code limit} can begin a packet of that
   * length.
   */
  static boolean isPossible(byte[] bytes, int start, int packetLength, int limit) {
    PacketBeginning beginning = new PacketBeginning(bytes, start, packetLength, limit);
    beginning.look(Wire.flagsAt(bytes, start));
    return !beginning.broken;
  }

  private void look(int flags) {
    if ((flags & Wire.TIMESTAMP) != 0) {
      at += 4;
      number();
      broken |= !unseen && number >= Wire.NANOS_PER_SECOND;
    }
    texts((flags & Wire.TEST_ID) != 0 ? 1 : 0);
    if ((flags & Wire.TAGS) != 0 && goesOn()) {
      number();
      broken |= goesOn() && number > end - at;
      texts(number);
    }
    texts((flags & Wire.MIME_TYPE) != 0 ? 1 : 0);
    if ((flags & Wire.FILE) != 0) {
      texts(1);
      number();
      skip(number);
    }
    texts((flags & Wire.ROUTE_CODE) != 0 ? 1 : 0);
  }

  private boolean goesOn() {
    return !broken && !unseen;
  }

  private void number() {
    if (!goesOn()) {
      return;
    }
    broken = at >= end;
    if (broken || hidden(at + 1)) {
      return;
    }
    int width = Wire.width(bytes[at]);
    broken = width > end - at;
    if (broken || hidden(at + width)) {
      return;
    }
    number = Wire.number(bytes, at, width);
    at += width;
  }

  private boolean hidden(int to) {
    unseen = to > visible;
    return unseen;
  }

  private void skip(int size) {
    if (goesOn()) {
      broken = size > end - at;
      at += size;
    }
  }

  private void texts(int count) {
    for (int i = 0; i < count && goesOn(); i++) {
      number();
      int from = at;
      skip(number);
      if (goesOn()) {
        unseen = at > visible;
        broken = unseen ? !Utf8.beginsText(bytes, from, visible) : !Utf8.isText(bytes, from, at);
      }
    }
  }
}
