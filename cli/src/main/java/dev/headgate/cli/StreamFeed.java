package dev.headgate.cli;

import dev.headgate.subunit.Bytes;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads an input piece by piece on the command's own thread. What may keep it waiting is read by a
 * thread of its own, so that silence can be noticed and the command can be interrupted.
 */
final class StreamFeed {
  /**
   * What reads at once from a disk: large enough that calls cost nothing, small enough for 64 MiB.
   */
  static final int PIECE = 1 << 18;

  /** Pieces read ahead of a slow command. */
  private static final int AHEAD = 4;

  /** After so long without news, what is held back for want of more is given up if it may be. */
  private static final long SILENCE_MILLIS = 1_000;

  private StreamFeed() {}

  /** Takes the pieces of an input. For one thread. */
  interface Taker {
    /** Takes the next bytes; the array is the caller's again afterwards. */
    void piece(byte[] bytes, int length) throws IOException;

    /** Nothing has come for some time. */
    default void silence() throws IOException {}

    /** Nothing more comes. */
    void end() throws IOException;

    /** Whether there is a point in reading on. */
    default boolean wantsMore() {
      return true;
    }

    /** How long silence must be to be told of. */
    default long patienceMillis() {
      return SILENCE_MILLIS;
    }
  }

  /**
   * Reads all of an input, and ends the taker.
   *
   * @return why there may be more than was read; null if there is not
   */
  static @Nullable CommandFailure read(StreamInput input, Taker taker) throws IOException {
    CommandFailure cut = null;
    try {
      if (input.isLive()) {
        readLive(input, taker);
      } else {
        byte[] buffer = new byte[PIECE];
        int read = input.read(buffer);
        while (read >= 0 && taker.wantsMore()) {
          requireUninterrupted();
          taker.piece(buffer, read);
          read = input.read(buffer);
        }
      }
    } catch (CommandFailure e) {
      cut = e;
    }
    taker.end();
    return cut;
  }

  private static void requireUninterrupted() {
    if (Thread.interrupted()) {
      throw CommandFailure.interrupted("interrupted");
    }
  }

  /** What the reading thread has to say. */
  private record News(Bytes bytes, boolean last, @Nullable CommandFailure failure) {}

  private static void readLive(StreamInput input, Taker taker) throws IOException {
    BlockingQueue<News> queue = new ArrayBlockingQueue<>(AHEAD);
    Thread reader = Thread.ofVirtual().name("input").start(() -> readAhead(input, queue));
    try {
      while (taker.wantsMore()) {
        News news = queue.poll(taker.patienceMillis(), TimeUnit.MILLISECONDS);
        if (news == null) {
          taker.silence();
        } else if (news.failure != null) {
          throw news.failure;
        } else if (news.last) {
          return;
        } else {
          taker.piece(news.bytes.toByteArray(), news.bytes.length());
        }
      }
    } catch (InterruptedException e) {
      throw CommandFailure.interrupted("interrupted");
    } finally {
      reader.interrupt();
    }
  }

  private static void readAhead(StreamInput input, BlockingQueue<News> queue) {
    try {
      byte[] buffer = new byte[PIECE];
      try {
        for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
          if (read > 0) {
            queue.put(new News(Bytes.copyOf(buffer, 0, read), false, null));
          }
        }
        queue.put(new News(Bytes.EMPTY, true, null));
      } catch (CommandFailure e) {
        queue.put(new News(Bytes.EMPTY, true, e));
      }
    } catch (InterruptedException e) {
      // The command has ended; nobody listens any more.
      Thread.currentThread().interrupt();
    }
  }
}
