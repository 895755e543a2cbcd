package dev.headgate.cli;

import dev.headgate.subunit.PacketDecoder;
import dev.headgate.subunit.TestTally;
import dev.headgate.subunit.reader.Format;

/**
 * Figures of a whole stream. Reads packets without making events of them: that is what makes it
 * fast.
 */
final class StreamStats {
  private final TestTally tally;
  private long textBytes;
  private long damageBytes;

  /**
   * Figures of no events.
   *
   * @param slowestKept how many of the slowest tests are kept
   */
  StreamStats(int slowestKept) {
    this.tally = new TestTally(slowestKept);
  }

  /** What counts one of the inputs that make up the stream. */
  StreamFeed.Taker taker(Format format) {
    return new Counting(format);
  }

  private final class Counting extends StreamTaker {
    Counting(Format format) {
      super(format);
    }

    @Override
    void drain() {
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
