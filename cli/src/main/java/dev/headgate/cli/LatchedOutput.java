package dev.headgate.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A buffered stream that remembers its first failure, which {@link java.io.PrintStream} forgets,
 * and drops what is written after it. Thread-safe.
 */
final class LatchedOutput extends OutputStream {
  private final OutputStream target;
  private String fault = "";
  private boolean readerLeft;

  LatchedOutput(OutputStream target) {
    this.target = new BufferedOutputStream(target);
  }

  /** Why output was lost; empty if none was, or if only the reader of a pipe has left. */
  synchronized String fault() {
    return fault;
  }

  /** Whether nobody reads any more: the reader of a pipe has left. */
  synchronized boolean readerLeft() {
    return readerLeft;
  }

  @Override
  public synchronized void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    if (usable()) {
      try {
        target.write(bytes, offset, length);
      } catch (IOException e) {
        latch(e);
      }
    }
  }

  @Override
  public synchronized void flush() {
    if (usable()) {
      try {
        target.flush();
      } catch (IOException e) {
        latch(e);
      }
    }
  }

  private boolean usable() {
    return fault.isEmpty() && !readerLeft;
  }

  private void latch(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    // The JDK has no type for EPIPE; the words are those of the C library.
    readerLeft = message.contains("Broken pipe");
    if (!readerLeft) {
      fault = message;
    }
  }
}
