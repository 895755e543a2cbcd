package dev.headgate.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.headgate.model.TestCounts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * How a recorded run looks on disk, version 1; docs/architecture/run-segments.md is the description
 * for people, and a change here is a new version with a golden file of its own.
 *
 * <p>A segment is a Zstandard file: each frame holds whole subunit packets, and all that is ours
 * stands in skippable frames between them, so that any Zstandard tool gives the stream back. A
 * record is such a skippable frame with a tag, a body and the CRC-32C of both.
 */
final class SegmentFormat {
  static final int VERSION = 1;

  /** One of the sixteen magic numbers that Zstandard leaves to others. */
  static final int SKIPPABLE_MAGIC = 0x184D2A5D;

  /** Magic number and length, which Zstandard wants little-endian. */
  static final int SKIPPABLE_HEADER = 8;

  static final int TAG_LENGTH = 4;
  static final int CRC_LENGTH = 4;

  /** A frame is closed before a packet would make it larger than this, in bytes of packets. */
  static final int FRAME_LIMIT = 256 << 10;

  /** A single packet that is larger has a frame of its own; 4 MiB is the most a packet can have. */
  static final int LARGEST_FRAME = 4 << 20;

  /** Zstandard grows what cannot be compressed by far less than this. */
  static final int LARGEST_COMPRESSED_FRAME = LARGEST_FRAME + (LARGEST_FRAME >> 4);

  /** Header, index and end are read as a whole; a million tests need about a tenth of this. */
  static final int LARGEST_RECORD = 1 << 30;

  /** What a record is. */
  enum Tag {
    /** First in the file, once: version, {@link RunHeader}. */
    HEADER("HGRH"),
    /** Directly before the Zstandard frame that it describes. */
    FRAME("HGRF"),
    /** After the last frame of a sealed run: {@link SegmentIndex}, compressed. */
    INDEX("HGRI"),
    /** Last in the file: {@link RunEnd}, where the index begins, how long this record is. */
    END("HGRE");

    private final int code;

    Tag(String text) {
      code = ByteBuffer.wrap(text.getBytes(US_ASCII)).getInt();
    }
  }

  /** What is said of a frame; the compressed bytes follow at once. */
  record Descriptor(
      int compressedLength, int rawLength, int lines, long writtenAtMillis, int checksum) {
    byte[] record() {
      return SegmentFormat.record(
          Tag.FRAME,
          new Fields.Output()
              .u32(compressedLength)
              .u32(rawLength)
              .u32(lines)
              .u64(writtenAtMillis)
              .u32(checksum)
              .toByteArray());
    }

    static Descriptor of(byte[] body) throws SegmentDamage {
      Fields.Input in = new Fields.Input(body);
      Descriptor descriptor = new Descriptor(in.u32(), in.u32(), in.u32(), in.u64(), in.u32());
      boolean plausible =
          descriptor.compressedLength > 0
              && descriptor.compressedLength <= LARGEST_COMPRESSED_FRAME
              && descriptor.rawLength > 0
              && descriptor.rawLength <= LARGEST_FRAME;
      if (!plausible) {
        throw new SegmentDamage("a frame claims to have " + descriptor.compressedLength + " bytes");
      }
      return descriptor;
    }
  }

  private SegmentFormat() {}

  static byte[] record(Tag tag, byte[] body) {
    int payload = TAG_LENGTH + body.length + CRC_LENGTH;
    ByteBuffer out = ByteBuffer.allocate(SKIPPABLE_HEADER + payload);
    out.order(ByteOrder.LITTLE_ENDIAN).putInt(SKIPPABLE_MAGIC).putInt(payload);
    out.order(ByteOrder.BIG_ENDIAN).putInt(tag.code).put(body);
    return out.putInt(checksum(out.array(), SKIPPABLE_HEADER, TAG_LENGTH + body.length)).array();
  }

  /** The length of a record's payload, of the eight bytes that a skippable frame begins with. */
  static int payloadLength(byte[] skippableHeader) throws SegmentDamage {
    ByteBuffer in = ByteBuffer.wrap(skippableHeader).order(ByteOrder.LITTLE_ENDIAN);
    int magic = in.getInt();
    int length = in.getInt();
    if (magic != SKIPPABLE_MAGIC || length < TAG_LENGTH + CRC_LENGTH || length > LARGEST_RECORD) {
      throw new SegmentDamage("there is no record where one should begin");
    }
    return length;
  }

  /** The body of a record whose payload this is. */
  static byte[] body(Tag expected, byte[] payload) throws SegmentDamage {
    ByteBuffer in = ByteBuffer.wrap(payload);
    int checked = payload.length - CRC_LENGTH;
    if (in.getInt(checked) != checksum(payload, 0, checked)) {
      throw new SegmentDamage("a record has a wrong checksum");
    }
    if (in.getInt() != expected.code) {
      throw new SegmentDamage("a record is not the expected " + expected);
    }
    byte[] body = new byte[checked - TAG_LENGTH];
    in.get(body);
    return body;
  }

  static int checksum(byte[] bytes, int from, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }

  static byte[] encodeHeader(RunHeader header) {
    return new Fields.Output()
        .u16(VERSION)
        .text(header.runId())
        .u64(header.buildId())
        .text(header.job())
        .text(header.change())
        .text(header.item())
        .text(header.content())
        .text(header.path())
        .u32(header.attempt())
        .instant(header.startedAt())
        .text(header.commandJson())
        .toByteArray();
  }

  static RunHeader decodeHeader(byte[] body) throws SegmentDamage, UnknownSegmentVersion {
    Fields.Input in = new Fields.Input(body);
    int version = in.u16();
    if (version != VERSION) {
      throw new UnknownSegmentVersion(version);
    }
    return new RunHeader(
        in.text(),
        in.u64(),
        in.text(),
        in.text(),
        in.text(),
        in.text(),
        in.text(),
        in.u32(),
        in.instant(),
        in.text());
  }

  static byte[] encodeEnd(RunEnd end) {
    return new Fields.Output()
        .instant(end.endedAt())
        .text(end.conclusion())
        .text(end.reason())
        .u64(end.counts().passed())
        .u64(end.counts().failed())
        .u64(end.counts().skipped())
        .u64(end.counts().unfinished())
        .toByteArray();
  }

  static RunEnd decodeEnd(byte[] body) throws SegmentDamage {
    Fields.Input in = new Fields.Input(body);
    return new RunEnd(
        in.instant(), in.text(), in.text(), new TestCounts(in.u64(), in.u64(), in.u64(), in.u64()));
  }
}
