package dev.headgate.runner;

import dev.headgate.subunit.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.concurrent.BlockingQueue;

/**
 * Carries the bytes of one named pipe to the collector, until nobody holds its writing end any more
 * or it is abandoned.
 *
 * <p>It runs on a thread of the platform: a read of a channel pins the carrier of a virtual thread
 * without compensation, so that two silent jobs would stop a machine of two processors (measured),
 * and the channel is what can be closed under a blocked read.
 */
final class Pump implements Runnable {
  /** What Linux lets a pipe hold. */
  static final int CHUNK_BYTES = 1 << 16;

  private final int pipe;
  private final FileChannel channel;
  private final BlockingQueue<Chunk> queue;
  private volatile long carried;
  private volatile boolean reading;
  private volatile boolean ended;

  Pump(int pipe, FileChannel channel, BlockingQueue<Chunk> queue) {
    this.pipe = pipe;
    this.channel = channel;
    this.queue = queue;
  }

  @Override
  public void run() {
    try {
      try {
        carry();
      } catch (ClosedChannelException e) {
        // Abandoned.
      } catch (IOException e) {
        queue.put(new Chunk.Note("the job's output could not be read: " + e.getMessage()));
      } finally {
        ended = true;
        queue.put(new Chunk.PipeEnd(pipe));
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a pump", e);
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes.
  private void carry() throws IOException, InterruptedException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK_BYTES);
    while (true) {
      reading = true;
      int read = channel.read(buffer);
      reading = false;
      if (read < 0) {
        return;
      }
      carried += read;
      buffer.flip();
      queue.put(new Chunk.Data(pipe, Bytes.copyOf(buffer)));
      buffer.clear();
    }
  }

  /** How many bytes came so far. */
  long carried() {
    return carried;
  }

  /** Whether it is waiting for the job to write, rather than for the sink to take. */
  boolean waitsForJob() {
    return reading || ended;
  }
}
