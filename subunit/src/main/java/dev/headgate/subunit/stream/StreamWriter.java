package dev.headgate.subunit.stream;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketEncoder;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a stream as version 2: events as packets, all other bytes as they are between them, into a
 * buffer that grows and is taken or written out by the caller.
 *
 * <p>Bytes that begin like a packet may hold a reader up; {@link Stages#wrapText} before it makes
 * packets of them. An event that fits no packet throws, as {@link PacketEncoder#append} does.
 */
public final class StreamWriter implements StreamSink {
  private final PacketEncoder encoder = new PacketEncoder();
  private final List<Bytes> before = new ArrayList<>();
  private int length;
  private boolean ended;

  /** A writer with an empty buffer. */
  public StreamWriter() {}

  @Override
  public void event(Event event) {
    encoder.append(event);
  }

  @Override
  public void text(Bytes bytes) {
    if (encoder.length() > 0) {
      add(encoder.take());
    }
    add(bytes);
  }

  @Override
  public void damage(Bytes bytes) {
    text(bytes);
  }

  private void add(Bytes bytes) {
    before.add(bytes);
    length += bytes.length();
  }

  @Override
  public void end() {
    ended = true;
  }

  /** True once the stream has ended: what the buffer holds is the last. */
  public boolean hasEnded() {
    return ended;
  }

  /** How many bytes the buffer holds. */
  public int length() {
    return length + encoder.length();
  }

  /** The buffer's bytes; it is empty afterwards. */
  public Bytes take() {
    add(encoder.take());
    Bytes all = Bytes.concat(before);
    clear();
    return all;
  }

  /** Writes the buffer to a stream; it is empty afterwards, also if the stream throws. */
  public void writeTo(OutputStream out) throws IOException {
    try {
      for (Bytes bytes : before) {
        bytes.writeTo(out);
      }
      encoder.writeTo(out);
    } finally {
      clear();
    }
  }

  private void clear() {
    before.clear();
    length = 0;
    if (encoder.length() > 0) {
      // The stream threw before the packets' turn came.
      encoder.take();
    }
  }
}
