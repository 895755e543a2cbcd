package dev.headgate.cli;

import dev.headgate.subunit.reader.Format;
import dev.headgate.subunit.reader.StreamReader;
import java.io.IOException;

/** Takes an input in as a stream of results; what is done with its items is the subclass's. */
abstract class StreamTaker implements StreamFeed.Taker {
  /** Stands where {@link #drain} left it. */
  final StreamReader reader;

  StreamTaker(Format format) {
    reader = new StreamReader(format);
  }

  /** Takes all items that the reader can say now. */
  abstract void drain() throws IOException;

  @Override
  public void piece(byte[] bytes, int length) throws IOException {
    reader.offer(bytes, 0, length);
    drain();
  }

  @Override
  public void silence() throws IOException {
    if (reader.rescan()) {
      drain();
    }
  }

  @Override
  public void end() throws IOException {
    reader.end();
    drain();
  }
}
