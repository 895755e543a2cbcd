package dev.headgate.bench;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketDecoder;
import dev.headgate.subunit.PacketEncoder;
import dev.headgate.subunit.PacketRouter;
import dev.headgate.subunit.RawOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is measured, once over a stream; each returns something that depends on all of it. */
final class SubunitWork {
  /** How much is offered at once: what a pipe holds. */
  private static final int PIECE = 64 << 10;

  private SubunitWork() {}

  /** Finds the packets and looks at a few fields, without making events. */
  static long scan(Bytes stream) {
    PacketDecoder decoder = new PacketDecoder();
    long sum = 0;
    for (int from = 0; from < stream.length(); from += PIECE) {
      decoder.offer(stream.slice(from, Math.min(stream.length(), from + PIECE)));
      sum += scan(decoder);
    }
    decoder.end();
    return sum + scan(decoder);
  }

  /** The same, from an array that is used again and so is copied. */
  static long scanCopied(Bytes stream, byte[] buffer) {
    PacketDecoder decoder = new PacketDecoder();
    long sum = 0;
    for (int from = 0; from < stream.length(); from += PIECE) {
      Bytes piece = stream.slice(from, Math.min(stream.length(), from + PIECE));
      piece.copyTo(buffer, 0);
      decoder.offer(buffer, 0, piece.length());
      sum += scan(decoder);
    }
    decoder.end();
    return sum + scan(decoder);
  }

  private static long scan(PacketDecoder decoder) {
    long sum = 0;
    while (true) {
      switch (decoder.next()) {
        case EVENT -> sum += decoder.status().code() + (decoder.hasTestId() ? 1 : 0);
        case TEXT, DAMAGE -> sum += decoder.length();
        case NEED_MORE, END -> {
          return sum;
        }
      }
    }
  }

  /** Makes every event. */
  static long events(Bytes stream) {
    PacketDecoder decoder = new PacketDecoder();
    long sum = 0;
    for (int from = 0; from < stream.length(); from += PIECE) {
      decoder.offer(stream.slice(from, Math.min(stream.length(), from + PIECE)));
      while (decoder.next() != PacketDecoder.Next.NEED_MORE) {
        if (decoder.current() == PacketDecoder.Next.EVENT) {
          sum += decoder.event().tags().size();
        }
      }
    }
    return sum;
  }

  /** Delivered packets. */
  static long count(Bytes stream) {
    PacketDecoder decoder = new PacketDecoder();
    decoder.offer(stream);
    decoder.end();
    long count = 0;
    while (decoder.next() != PacketDecoder.Next.END) {
      count += decoder.current() == PacketDecoder.Next.EVENT ? 1 : 0;
    }
    return count;
  }

  static long route(Bytes stream) {
    PacketDecoder decoder = new PacketDecoder();
    PacketRouter router = new PacketRouter("build-7", RawOutput.STDOUT);
    long sum = 0;
    for (int from = 0; from < stream.length(); from += PIECE) {
      decoder.offer(stream.slice(from, Math.min(stream.length(), from + PIECE)));
      while (decoder.next() != PacketDecoder.Next.NEED_MORE) {
        router.forward(decoder);
      }
      sum += router.take().length();
    }
    return sum;
  }

  /** Writes events, and takes what was written in the pieces of a pipe. */
  static long encode(Event[] events) {
    PacketEncoder encoder = new PacketEncoder();
    long sum = 0;
    for (Event event : events) {
      encoder.append(event);
      if (encoder.length() >= PIECE) {
        sum += encoder.take().length();
      }
    }
    return sum + encoder.take().length();
  }

  /** The same into a sink that does nothing: large content is not copied. */
  static long encodeToSink(Event[] events) {
    PacketEncoder encoder = new PacketEncoder();
    long sum = 0;
    try {
      for (Event event : events) {
        encoder.append(event);
        sum += encoder.length();
        encoder.writeTo(OutputStream.nullOutputStream());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return sum;
  }

  /** Asks every accessor of every event, as strings. */
  static long fields(Bytes stream) {
    PacketDecoder decoder = new PacketDecoder();
    long sum = 0;
    for (int from = 0; from < stream.length(); from += PIECE) {
      decoder.offer(stream.slice(from, Math.min(stream.length(), from + PIECE)));
      while (decoder.next() != PacketDecoder.Next.NEED_MORE) {
        if (decoder.current() == PacketDecoder.Next.EVENT) {
          sum += fields(decoder);
        }
      }
    }
    return sum;
  }

  private static long fields(PacketDecoder decoder) {
    long sum = decoder.status().code();
    sum += decoder.runnable() || decoder.eof() ? 1 : 0;
    sum += lengthOf(decoder.testId());
    sum += lengthOf(decoder.routeCode());
    sum += lengthOf(decoder.fileName());
    sum += lengthOf(decoder.mimeType());
    sum += decoder.tags().size();
    Instant time = decoder.timestamp();
    return sum + (time == null ? 0 : time.getEpochSecond());
  }

  private static int lengthOf(@Nullable String text) {
    return text == null ? 0 : text.length();
  }

  /** Finds the packets of a stream that is offered whole, and touches their content. */
  static long scanWhole(Bytes stream) {
    PacketDecoder decoder = new PacketDecoder();
    decoder.offer(stream);
    long sum = 0;
    while (decoder.next() != PacketDecoder.Next.NEED_MORE) {
      sum += decoder.fileContentLength();
      sum += decoder.fileContent().at(0);
    }
    return sum;
  }

  /** Finds the packets in a buffer of any kind, piece by piece. */
  static long scanBuffer(ByteBuffer stream) {
    PacketDecoder decoder = new PacketDecoder();
    ByteBuffer rest = stream.duplicate();
    long sum = 0;
    while (rest.hasRemaining()) {
      decoder.offerPiece(rest);
      sum += scan(decoder);
    }
    decoder.end();
    return sum + scan(decoder);
  }
}
