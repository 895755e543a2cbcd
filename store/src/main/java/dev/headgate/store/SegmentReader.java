package dev.headgate.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads one segment file as it was when it was opened, be it sealed, still written, or left by a
 * writer that died. For one thread at a time.
 */
final class SegmentReader implements Closeable {
  /** Where the index begins, and how long the end's record is: the last fields of that record. */
  private static final int END_TRAILER = Long.BYTES + Integer.BYTES;

  private final FileChannel channel;
  private final RunHeader header;
  private final List<SegmentIndex.Frame> frames = new ArrayList<>();
  private final List<RecordedTest> tests = new ArrayList<>();
  private Optional<RunEnd> end = Optional.empty();
  private Instant lastWrite;

  /** Everything before this offset is header and whole frames. */
  private long wholeLength;

  private SegmentReader(FileChannel channel) throws IOException {
    this.channel = channel;
    byte[] body = record(SegmentFormat.Tag.HEADER, 0);
    header = SegmentFormat.decodeHeader(body);
    wholeLength = recordLength(body);
    lastWrite = header.startedAt();
  }

  /**
   * Opens a segment that was sealed: its index is believed.
   *
   * @throws SegmentDamage if header, index or end are not whole, or it has another version
   */
  static SegmentReader openSealed(Path file) throws IOException {
    return open(file, SegmentReader::readIndex);
  }

  /**
   * Opens a segment that may not have been sealed: only what can be reached over whole frames
   * counts, so that no output of a job is taken for an end.
   *
   * @throws SegmentDamage if it has no whole header, or one of another version
   */
  static SegmentReader openAny(Path file) throws IOException {
    return open(file, SegmentReader::scan);
  }

  /** The way to find out what is in a file. */
  private interface Finding {
    void find(SegmentReader reader) throws IOException;
  }

  private static SegmentReader open(Path file, Finding finding) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      SegmentReader reader = new SegmentReader(channel);
      finding.find(reader);
      return reader;
    } catch (EOFException e) {
      channel.close();
      throw new SegmentDamage("the file is cut short", e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** The record that ends a segment and is found from the file's end. */
  static byte[] endRecord(RunEnd end, long indexOffset) {
    byte[] fields = SegmentFormat.encodeEnd(end);
    return SegmentFormat.record(
        SegmentFormat.Tag.END,
        new Fields.Output()
            .raw(fields)
            .u64(indexOffset)
            .u32(recordLength(fields) + END_TRAILER)
            .toByteArray());
  }

  private static int recordLength(byte[] body) {
    return SegmentFormat.SKIPPABLE_HEADER
        + SegmentFormat.TAG_LENGTH
        + body.length
        + SegmentFormat.CRC_LENGTH;
  }

  private void readIndex() throws IOException {
    long size = channel.size();
    int tail = Integer.BYTES + SegmentFormat.CRC_LENGTH;
    int endLength = ByteBuffer.wrap(bytes(size - tail, Integer.BYTES)).getInt();
    byte[] endBody = record(SegmentFormat.Tag.END, size - endLength);
    long indexOffset = ByteBuffer.wrap(endBody).getLong(endBody.length - END_TRAILER);
    accept(record(SegmentFormat.Tag.INDEX, indexOffset), endBody, indexOffset);
  }

  private void scan() throws IOException {
    scanFrames();
    try {
      byte[] index = record(SegmentFormat.Tag.INDEX, wholeLength);
      long endOffset = wholeLength + recordLength(index);
      byte[] endBody = record(SegmentFormat.Tag.END, endOffset);
      if (endOffset + recordLength(endBody) == channel.size()) {
        accept(index, endBody, wholeLength);
      }
    } catch (SegmentDamage | EOFException e) {
      // No end, so it was not sealed.
      return;
    }
  }

  private void accept(byte[] packedIndex, byte[] endBody, long indexOffset) throws IOException {
    int rawLength = new Fields.Input(packedIndex).u32();
    byte[] compressed = Arrays.copyOfRange(packedIndex, Integer.BYTES, packedIndex.length);
    SegmentIndex index = SegmentIndex.decode(decompress(compressed, rawLength));
    RunEnd found = SegmentFormat.decodeEnd(endBody);
    frames.clear();
    frames.addAll(index.frames());
    tests.addAll(index.tests());
    end = Optional.of(found);
    lastWrite = found.endedAt();
    wholeLength = indexOffset;
  }

  /** Walks over the frames to the first that is not whole. */
  private void scanFrames() throws IOException {
    while (true) {
      SegmentFormat.Descriptor descriptor;
      long offset;
      try {
        byte[] body = record(SegmentFormat.Tag.FRAME, wholeLength);
        descriptor = SegmentFormat.Descriptor.of(body);
        offset = wholeLength + recordLength(body);
        requireChecksum(bytes(offset, descriptor.compressedLength()), descriptor.checksum());
      } catch (SegmentDamage | EOFException e) {
        // The writer is in the middle of this frame, or died there, or had gone on to the index.
        return;
      }
      frames.add(
          new SegmentIndex.Frame(
              offset, descriptor.compressedLength(), descriptor.rawLength(), descriptor.lines()));
      lastWrite = Instant.ofEpochMilli(descriptor.writtenAtMillis());
      wholeLength = offset + descriptor.compressedLength();
    }
  }

  private static void requireChecksum(byte[] compressed, int expected) throws SegmentDamage {
    if (SegmentFormat.checksum(compressed, 0, compressed.length) != expected) {
      throw new SegmentDamage("a frame has a wrong checksum");
    }
  }

  RunHeader header() {
    return header;
  }

  List<SegmentIndex.Frame> frames() {
    return frames;
  }

  /** What the index says; empty while there is none. */
  List<RecordedTest> tests() {
    return tests;
  }

  Optional<RunEnd> end() {
    return end;
  }

  /** When something was last kept of the run. */
  Instant lastWrite() {
    return lastWrite;
  }

  long wholeLength() {
    return wholeLength;
  }

  /** The packets of a frame. */
  byte[] packets(SegmentIndex.Frame frame) throws IOException {
    // Before the frame stand its checksum, which ends the descriptor, and the descriptor's own.
    int before = Integer.BYTES + SegmentFormat.CRC_LENGTH;
    byte[] found;
    try {
      found = bytes(frame.offset() - before, before + frame.compressedLength());
    } catch (EOFException e) {
      throw new SegmentDamage("the file ends within a frame", e);
    }
    byte[] compressed = Arrays.copyOfRange(found, before, found.length);
    requireChecksum(compressed, ByteBuffer.wrap(found).getInt());
    return decompress(compressed, frame.rawLength());
  }

  private static byte[] decompress(byte[] compressed, int rawLength) throws SegmentDamage {
    try {
      byte[] raw = new byte[rawLength];
      long found = Zstd.decompress(raw, compressed);
      if (found != rawLength) {
        throw new SegmentDamage("a frame has " + found + " bytes instead of " + rawLength);
      }
      return raw;
    } catch (ZstdException e) {
      throw new SegmentDamage("a frame cannot be decompressed", e);
    }
  }

  private byte[] record(SegmentFormat.Tag tag, long offset) throws IOException {
    int length = SegmentFormat.payloadLength(bytes(offset, SegmentFormat.SKIPPABLE_HEADER));
    return SegmentFormat.body(tag, bytes(offset + SegmentFormat.SKIPPABLE_HEADER, length));
  }

  private byte[] bytes(long offset, int length) throws IOException {
    if (offset < 0 || offset + length > channel.size()) {
      throw new EOFException("the file ends before byte " + (offset + length));
    }
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, offset + buffer.position()) < 0) {
        throw new EOFException("the file was cut while it was read");
      }
    }
    return buffer.array();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
