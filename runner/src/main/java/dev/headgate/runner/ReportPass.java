package dev.headgate.runner;

import dev.headgate.reports.ReadSettings;
import dev.headgate.reports.ReportFormat;
import dev.headgate.reports.ReportReader;
import dev.headgate.reports.ReportSink;
import dev.headgate.reports.Reports;
import dev.headgate.subunit.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One reading of a report file, from its beginning to a given length, in pieces. */
final class ReportPass implements AutoCloseable {
  private static final int PIECE_BYTES = 1 << 16;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(PIECE_BYTES);
  private final String name;
  private long left;

  private ReportPass(FileChannel channel, String name, long length) {
    this.channel = channel;
    this.name = name;
    this.left = length;
  }

  /**
   * Opens the file.
   *
   * @param length how much of it counts: what is written behind that while we read belongs to the
   *     next version of it
   */
  static ReportPass open(Path workspace, String name, long length) throws IOException {
    FileChannel channel =
        FileChannel.open(
            workspace.resolve(name), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    return new ReportPass(channel, name, length);
  }

  /** The format of the file, by how it begins; empty if it is no report. */
  Optional<ReportFormat> format() throws IOException {
    channel.position(0);
    Optional<ReportFormat> format = Reports.detect(name, piece(Reports.HEAD));
    channel.position(0);
    return format;
  }

  /**
   * Gives the file to a reader of that format.
   *
   * @param more asked after each piece; once it says no, the rest is not read
   */
  void read(ReportFormat format, ReadSettings settings, ReportSink sink, BooleanSupplier more)
      throws IOException {
    ReportReader reader = Reports.reader(format, settings, sink);
    Bytes piece = piece(PIECE_BYTES);
    while (!piece.isEmpty()) {
      left -= piece.length();
      reader.offer(piece);
      if (!more.getAsBoolean()) {
        return;
      }
      piece = piece(PIECE_BYTES);
    }
    reader.end();
  }

  private Bytes piece(int most) throws IOException {
    buffer.clear().limit((int) Math.min(most, left));
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // A file gives less than is asked for only where it ends.
    }
    return Bytes.copyOf(buffer.flip());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
