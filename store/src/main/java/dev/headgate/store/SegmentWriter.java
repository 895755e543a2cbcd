package dev.headgate.store;

import com.github.luben.zstd.Zstd;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Appends to one segment file. For one thread at a time, but for {@link #sync()}, which may run
 * beside the others.
 */
final class SegmentWriter implements Closeable {
  /** Zstandard's own default: 190 MB/s and a quarter of the size for logs full of numbers. */
  private static final int COMPRESSION_LEVEL = 3;

  private static final int DIGEST_CHUNK = 1 << 16;

  private final Path file;

  /** Not a channel: those are closed by the interrupt of any thread that writes to them. */
  private final RandomAccessFile out;

  private final MessageDigest digest = sha256();
  private final List<SegmentIndex.Frame> frames = new ArrayList<>();
  private long length;

  private SegmentWriter(Path file, RandomAccessFile out) {
    this.file = file;
    this.out = out;
  }

  /** Begins a new file; its header is on disk when this returns. */
  static SegmentWriter create(Path file, RunHeader header) throws IOException {
    Files.createFile(file);
    SegmentWriter writer = new SegmentWriter(file, new RandomAccessFile(file.toFile(), "rw"));
    try {
      writer.write(
          SegmentFormat.record(SegmentFormat.Tag.HEADER, SegmentFormat.encodeHeader(header)));
      writer.out.getFD().sync();
      return writer;
    } catch (IOException e) {
      writer.close();
      throw e;
    }
  }

  /** Goes on behind the whole frames of a file whose writer died; what follows them is cut off. */
  static SegmentWriter resume(Path file, SegmentReader found) throws IOException {
    SegmentWriter writer = new SegmentWriter(file, new RandomAccessFile(file.toFile(), "rw"));
    try {
      writer.out.setLength(found.wholeLength());
      writer.digestWhatIsThere();
      writer.frames.addAll(found.frames());
      return writer;
    } catch (IOException e) {
      writer.close();
      throw e;
    }
  }

  private void digestWhatIsThere() throws IOException {
    byte[] chunk = new byte[DIGEST_CHUNK];
    for (int read = out.read(chunk); read >= 0; read = out.read(chunk)) {
      digest.update(chunk, 0, read);
      length += read;
    }
  }

  Path file() {
    return file;
  }

  /** How many frames there are; the number of the next one. */
  int frames() {
    return frames.size();
  }

  /** Appends a frame of whole packets; it is in the file, but perhaps not yet on the disk. */
  void frame(byte[] packets, int lines, Instant writtenAt) throws IOException {
    byte[] compressed = Zstd.compress(packets, COMPRESSION_LEVEL);
    byte[] descriptor =
        new SegmentFormat.Descriptor(
                compressed.length,
                packets.length,
                lines,
                writtenAt.toEpochMilli(),
                SegmentFormat.checksum(compressed, 0, compressed.length))
            .record();
    long offset = length + descriptor.length;
    write(new Fields.Output().raw(descriptor).raw(compressed).toByteArray());
    frames.add(new SegmentIndex.Frame(offset, compressed.length, packets.length, lines));
  }

  /** Brings what was appended to the disk. */
  void sync() throws IOException {
    out.getFD().sync();
  }

  /** Appends index and end, and brings all to the disk; nothing may be appended afterwards. */
  String seal(RunEnd end, List<RecordedTest> tests) throws IOException {
    long indexOffset = length;
    byte[] index = new SegmentIndex(frames, tests).encode();
    write(
        SegmentFormat.record(
            SegmentFormat.Tag.INDEX,
            new Fields.Output()
                .u32(index.length)
                .raw(Zstd.compress(index, COMPRESSION_LEVEL))
                .toByteArray()));
    write(SegmentReader.endRecord(end, indexOffset));
    out.getFD().sync();
    return HexFormat.of().formatHex(digest.digest());
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
    digest.update(bytes);
    length += bytes.length;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  /** The digest of a file that is complete. */
  static String digest(Path file) throws IOException {
    try (SegmentWriter existing =
        new SegmentWriter(file, new RandomAccessFile(file.toFile(), "r"))) {
      existing.digestWhatIsThere();
      return HexFormat.of().formatHex(existing.digest.digest());
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
