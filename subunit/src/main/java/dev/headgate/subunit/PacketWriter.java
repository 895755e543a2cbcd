package dev.headgate.subunit;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A growing buffer of whole packets, and of the fields of the one being written. Large content is
 * not in the buffer; where it belongs is remembered.
 */
final class PacketWriter {
  /** Takes a usual packet without growing. */
  private static final int FIRST_CAPACITY = 512;

  /** An emptied buffer larger than this is given back. */
  private static final int KEPT_CAPACITY = 1 << 18;

  /**
   * The header of packets of 64 bytes to 16 KiB, which most are; others are moved when finished.
   */
  private static final int USUAL_HEADER = 5;

  private static final Mark NOTHING = new Mark(0, 0, 0);

  private final CRC32 crc = new CRC32();
  private byte[] bytes = new byte[FIRST_CAPACITY];

  /** Where the packet being written begins; equals {@code end} between packets. */
  private int start;

  private int end;

  /** Large content, in order, and how many bytes of the buffer come before each. */
  private final List<Bytes> shared = new ArrayList<>();

  private int[] sharedAt = new int[4];

  /** How many bytes all shared content has, and how much of that is in finished packets. */
  private int sharedLength;

  private int finishedShared;

  /** How many contents are in finished packets. */
  private int finishedCount;

  /** Begins a packet after the last finished one; what was begun before is forgotten. */
  void begin() {
    forgetUnfinished();
    reserve(USUAL_HEADER);
    end += USUAL_HEADER;
  }

  /**
   * Finishes the packet.
   *
   * @param flags without the version
   * @return false if it is too large; it is then forgotten
   */
  boolean finish(int flags) {
    int fieldsLength = end - start - USUAL_HEADER;
    int base = 3 + fieldsLength + (sharedLength - finishedShared) + Wire.CRC_LENGTH;
    int width = Wire.lengthWidth(base);
    if (width == 0) {
      forgetUnfinished();
      return false;
    }
    reserve(1 + Wire.CRC_LENGTH);
    if (3 + width != USUAL_HEADER) {
      moveFields(fieldsLength, 3 + width - USUAL_HEADER);
    }
    bytes[start] = Wire.SIGNATURE;
    bytes[start + 1] = (byte) ((Wire.VERSION | flags) >>> 8);
    bytes[start + 2] = (byte) flags;
    Wire.putNumber(bytes, start + 3, base + width, width);
    Wire.putInt(bytes, end, checksum());
    end += Wire.CRC_LENGTH;
    start = end;
    finishedCount = shared.size();
    finishedShared = sharedLength;
    return true;
  }

  private void moveFields(int length, int by) {
    int from = start + USUAL_HEADER;
    System.arraycopy(bytes, from, bytes, from + by, length);
    end += by;
    for (int i = finishedCount; i < shared.size(); i++) {
      sharedAt[i] += by;
    }
  }

  private int checksum() {
    crc.reset();
    int from = start;
    for (int i = finishedCount; i < shared.size(); i++) {
      Bytes content = shared.get(i);
      crc.update(bytes, from, sharedAt[i] - from);
      crc.update(content.array(), content.arrayOffset(), content.length());
      from = sharedAt[i];
    }
    crc.update(bytes, from, end - from);
    return (int) crc.getValue();
  }

  private void forgetUnfinished() {
    end = start;
    if (shared.size() > finishedCount) {
      shared.subList(finishedCount, shared.size()).clear();
      sharedLength = finishedShared;
    }
  }

  /** A place between packets, to which {@link #truncate} goes back. */
  record Mark(int start, int finishedCount, int finishedShared) {}

  Mark mark() {
    return new Mark(start, finishedCount, finishedShared);
  }

  /** Forgets all since a mark. */
  void truncate(Mark mark) {
    start = mark.start;
    finishedCount = mark.finishedCount;
    finishedShared = mark.finishedShared;
    forgetUnfinished();
  }

  /** How many bytes of finished packets there are. */
  int length() {
    return start + finishedShared;
  }

  Bytes take() {
    return finishedCount == 0 ? takeBuffer() : Bytes.concat(takeParts());
  }

  private Bytes takeBuffer() {
    Bytes taken = Bytes.copyOf(bytes, 0, start);
    clear();
    return taken;
  }

  /** All finished packets, large content as it was given. */
  List<Bytes> takeParts() {
    List<Bytes> parts = new ArrayList<>(2 * finishedCount + 1);
    List<Bytes> contents = List.copyOf(shared.subList(0, finishedCount));
    int[] at = Arrays.copyOf(sharedAt, finishedCount);
    Bytes buffer = takeBuffer();
    int from = 0;
    for (int i = 0; i < at.length; i++) {
      parts.add(buffer.slice(from, at[i]));
      parts.add(contents.get(i));
      from = at[i];
    }
    if (from < buffer.length()) {
      parts.add(buffer.slice(from));
    }
    return List.copyOf(parts);
  }

  void writeTo(OutputStream out) throws IOException {
    try {
      int from = 0;
      for (int i = 0; i < finishedCount; i++) {
        out.write(bytes, from, sharedAt[i] - from);
        shared.get(i).writeTo(out);
        from = sharedAt[i];
      }
      out.write(bytes, from, start - from);
    } finally {
      clear();
    }
  }

  private void clear() {
    truncate(NOTHING);
    if (bytes.length > KEPT_CAPACITY) {
      bytes = new byte[FIRST_CAPACITY];
    }
  }

  void putInt(int value) {
    reserve(4);
    Wire.putInt(bytes, end, value);
    end += 4;
  }

  void putNumber(int value) {
    reserve(4);
    putReservedNumber(value);
  }

  private void putReservedNumber(int value) {
    if (value < 64) {
      bytes[end++] = (byte) value;
    } else {
      end = Wire.putNumber(bytes, end, value, Wire.narrowestWidth(value));
    }
  }

  void putText(byte[] utf8) {
    reserve(4 + utf8.length);
    putReservedNumber(utf8.length);
    System.arraycopy(utf8, 0, bytes, end, utf8.length);
    end += utf8.length;
  }

  /** Adds content that is not copied if it is large. */
  void putContent(Bytes content) {
    if (content.length() < PacketEncoder.SHARED_CONTENT) {
      putBytes(content.array(), content.arrayOffset(), content.length());
      return;
    }
    sharedLength = Math.addExact(sharedLength, content.length());
    if (shared.size() == sharedAt.length) {
      sharedAt = Arrays.copyOf(sharedAt, sharedAt.length * 2);
    }
    sharedAt[shared.size()] = end;
    shared.add(content);
  }

  void putBytes(byte[] source, int from, int length) {
    reserve(length);
    System.arraycopy(source, from, bytes, end, length);
    end += length;
  }

  private void reserve(int more) {
    int wanted = Math.addExact(end, more);
    if (wanted > bytes.length) {
      long doubled = Math.min((long) bytes.length << 1, Integer.MAX_VALUE - 8);
      bytes = Arrays.copyOf(bytes, (int) Math.max(wanted, doubled));
    }
  }
}
