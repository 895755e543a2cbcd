package dev.headgate.store;

import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;

/** The packets of a segment as one stream, a frame at a time. For one thread at a time. */
final class RunStream extends InputStream {
  private final SegmentReader segment;
  private final Iterator<SegmentIndex.Frame> frames;
  private byte[] current = new byte[0];
  private int position;

  RunStream(SegmentReader segment) {
    this.segment = segment;
    this.frames = segment.frames().iterator();
  }

  private boolean atEnd() throws IOException {
    while (position == current.length) {
      if (!frames.hasNext()) {
        return true;
      }
      current = segment.packets(frames.next());
      position = 0;
    }
    return false;
  }

  @Override
  public int read() throws IOException {
    return atEnd() ? -1 : current[position++] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    java.util.Objects.checkFromIndexSize(from, length, target.length);
    if (length == 0) {
      return 0;
    }
    if (atEnd()) {
      return -1;
    }
    int taken = Math.min(length, current.length - position);
    System.arraycopy(current, position, target, from, taken);
    position += taken;
    return taken;
  }

  @Override
  public int available() {
    return current.length - position;
  }

  @Override
  public void close() throws IOException {
    segment.close();
  }
}
