package dev.headgate.subunit;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as packets into a buffer that grows and is taken or written out by the caller.
 *
 * <p>File content of {@link #SHARED_CONTENT} bytes or more is not copied into the buffer: until it
 * is taken or written out the encoder holds on to the event's {@link Bytes}. {@link #writeTo} and
 * {@link #takeParts} pass them on as they are.
 *
 * <p>The same event always becomes the same bytes: numbers are as narrow as they can be, tags keep
 * the order in which each was first seen, and what says nothing is left out (an empty test id,
 * route code, tag list or MIME type, and EOF or a MIME type without a file).
 *
 * <p>File content of more than {@link #MAX_CONTENT} becomes several packets. The first carries
 * status, tags and MIME type, so that what follows belongs to the very attempt that the status
 * speaks of; all carry route, test id, time and file name; the last carries EOF.
 *
 * <p>Sans-IO and confined to one thread.
 */
public final class PacketEncoder {
  /** The most file content that is put in one packet, in bytes: a reader need not hold more. */
  public static final int MAX_CONTENT = 1 << 20;

  /**
   * The least file content that is not copied, in bytes: less is copied sooner than referred to.
   */
  public static final int SHARED_CONTENT = 4 << 10;

  /** The last second that a packet can say: 2106-02-07T06:28:15Z. */
  private static final long MAX_SECONDS = 0xFFFF_FFFFL;

  private final PacketWriter writer;
  private final EncodedTexts texts = new EncodedTexts();

  /** An encoder with an empty buffer. */
  public PacketEncoder() {
    this(new PacketWriter());
  }

  PacketEncoder(PacketWriter writer) {
    this.writer = writer;
  }

  /**
   * One event as bytes: one packet, or more if its content is large.
   *
   * @throws IllegalArgumentException as {@link #append} does
   */
  public static Bytes encode(Event event) {
    PacketEncoder encoder = new PacketEncoder();
    encoder.append(event);
    return encoder.take();
  }

  /**
   * Adds an event to the buffer.
   *
   * @throws IllegalArgumentException if the time is outside 1970-01-01 to 2106-02-07, a text has a
   *     NUL or half a surrogate pair, or what is not file content exceeds a packet's limit; the
   *     buffer is then as it was
   */
  public void append(Event event) {
    PacketWriter.Mark before = writer.mark();
    Bytes content = event.fileContent();
    int from = 0;
    boolean done = false;
    try {
      do {
        int to = content.length() - from > MAX_CONTENT ? from + MAX_CONTENT : content.length();
        appendPacket(event, from, to);
        from = to;
      } while (from < content.length());
      done = true;
    } finally {
      if (!done) {
        writer.truncate(before);
      }
    }
  }

  /** How many bytes the buffer holds. */
  public int length() {
    return writer.length();
  }

  /** The buffer's bytes in one new array; it is empty afterwards. */
  public Bytes take() {
    return writer.take();
  }

  /**
   * The buffer's bytes in parts, of which those that are large file content are slices of the
   * events' own: for a write that gathers. The buffer is empty afterwards.
   */
  public List<Bytes> takeParts() {
    return writer.takeParts();
  }

  /** Writes the buffer to a stream; it is empty afterwards, also if the stream throws. */
  public void writeTo(OutputStream out) throws IOException {
    writer.writeTo(out);
  }

  private void appendPacket(Event event, int from, int to) {
    boolean first = from == 0;
    writer.begin();
    int flags = event.runnable() ? Wire.RUNNABLE : 0;
    flags |= first ? event.status().code() : 0;
    flags |= putTimestamp(event.timestamp());
    flags |= putTestId(event.testId());
    flags |= first ? putTags(event.tags()) : 0;
    if (event.fileName() != null) {
      flags |= first ? putOptional(event.mimeType(), Wire.MIME_TYPE, "MIME type") : 0;
      flags |= Wire.FILE;
      putRecent(event.fileName(), "file name");
      writer.putNumber(to - from);
      writer.putContent(event.fileContent().slice(from, to));
      flags |= event.eof() && to == event.fileContent().length() ? Wire.EOF : 0;
    }
    flags |= putOptional(event.routeCode(), Wire.ROUTE_CODE, "route code");
    if (!writer.finish(flags)) {
      throw new IllegalArgumentException(
          "the event fits no packet: one has at most " + Wire.MAX_PACKET + " bytes");
    }
  }

  private int putTimestamp(@Nullable Instant time) {
    if (time == null) {
      return 0;
    }
    long seconds = time.getEpochSecond();
    if (seconds < 0 || seconds > MAX_SECONDS) {
      throw new IllegalArgumentException(
          "a packet's time is from 1970-01-01T00:00:00Z to 2106-02-07T06:28:15.999999999Z, not "
              + time);
    }
    writer.putInt((int) seconds);
    writer.putNumber(time.getNano());
    return Wire.TIMESTAMP;
  }

  private int putTags(List<String> tags) {
    if (tags.isEmpty()) {
      return 0;
    }
    Collection<String> distinct = tags.size() == 1 ? tags : new LinkedHashSet<>(tags);
    writer.putNumber(distinct.size());
    for (String tag : distinct) {
      putRecent(tag, "tag");
    }
    return Wire.TAGS;
  }

  private int putTestId(@Nullable String id) {
    if (id == null || id.isEmpty()) {
      return 0;
    }
    writer.putText(EncodedTexts.utf8(id, "test id"));
    return Wire.TEST_ID;
  }

  private int putOptional(@Nullable String text, int flag, String what) {
    if (text == null || text.isEmpty()) {
      return 0;
    }
    putRecent(text, what);
    return flag;
  }

  private void putRecent(String text, String what) {
    writer.putText(texts.recent(text, what));
  }
}
