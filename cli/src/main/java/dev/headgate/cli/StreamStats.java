package dev.headgate.cli;

import dev.headgate.subunit.PacketDecoder;
import dev.headgate.subunit.TestTally;
import dev.headgate.subunit.reader.Format;
import dev.headgate.subunit.reader.StreamReader;

/**
 * Figures of a whole stream. Reads packets without making events of them: that is what makes it
 * fast.
 */
final class StreamStats implements StreamFeed.Taker {
  private final TestTally tally;
  private final Format format;
  private StreamReader reader;
  private long textBytes;
  private long damageBytes;

  /**
   * Figures of no events.
   *
   * @param slowestKept how many of the slowest tests are kept
   */
  StreamStats(Format format, int slowestKept) {
    this.format = format;
    this.tally = new TestTally(slowestKept);
    this.reader = new StreamReader(format);
  }

  @Override
  public void piece(byte[] bytes, int length) {
    reader.offer(bytes, 0, length);
    drain();
  }

  @Override
  public void silence() {
    if (reader.rescan()) {
      drain();
    }
  }

  /** The end of one stream; another may follow. */
  @Override
  public void end() {
    reader.end();
    drain();
    reader = new StreamReader(format);
  }

  private void drain() {
    while (true) {
      switch (reader.next()) {
        case EVENT -> {
          PacketDecoder packet = reader.packet();
          if (packet != null) {
            tally.accept(packet);
          } else {
            tally.accept(reader.event());
          }
        }
        case TEXT -> textBytes += reader.length();
        case DAMAGE -> damageBytes += reader.length();
        case NEED_MORE, END -> {
          return;
        }
      }
    }
  }

  TestTally tally() {
    return tally;
  }

  long textBytes() {
    return textBytes;
  }

  long damageBytes() {
    return damageBytes;
  }
}
