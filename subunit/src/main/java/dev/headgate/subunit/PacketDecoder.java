package dev.headgate.subunit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the packets in a stream of bytes: a cursor that is given bytes and asked what comes next.
 *
 * <pre>{@code
 * decoder.offer(buffer, 0, read);
 * for (Next next; (next = decoder.next()) != Next.NEED_MORE; ) {
 *   switch (next) {
 *     case EVENT -> summary.accept(decoder.event());
 *     case TEXT, DAMAGE -> decoder.writeSpanTo(out);
 *     ...
 *   }
 * }
 * }</pre>
 *
 * <p>Every byte of the input belongs to exactly one item, in order: an event (a valid packet), text
 * or damage. A packet is accepted at any signature byte B3 that begins a valid one; no damage
 * before or around it hides it. What is no packet is sorted so:
 *
 * <ul>
 *   <li>A signature byte <em>claims</em> an extent if a whole plausible header follows: version 2,
 *       reserved bit 0, a length of at most three bytes that covers the announced fields. If it
 *       then turns out to begin no valid packet, or is given up ({@link #end}, {@link #rescan}),
 *       the bytes from it to the end of its claim, or to the next accepted packet if that comes
 *       first, are damage.
 *   <li>But a signature byte that ends a UTF-8 character begun by the bytes just before it (as in
 *       {@code C3 B3}, ó) claims nothing if it begins no valid packet.
 *   <li>All other bytes are text.
 * </ul>
 *
 * <p>Whoever shows or keeps a program's output treats damage as text; the difference is for
 * counting and for warnings. How the input is split into offers changes neither the events nor
 * which bytes are text or damage; it may cut a span in two. Spans that follow one another may be of
 * one kind.
 *
 * <p>Held back are at most one incomplete packet of 4 MiB and what follows its beginning; beyond
 * that, what was offered and not yet asked for. The work per byte is bounded whatever the input. To
 * that end, and only within malformed packets with right checksums that overlap one another over
 * and over (64 MiB of them), a packet with more than 16 KiB of texts is not found.
 *
 * <p>Sans-IO and confined to one thread.
 */
public final class PacketDecoder {
  /** What the cursor stands on. */
  public enum Next {
    /** A packet: {@link PacketDecoder#event()} and the accessors of its fields. */
    EVENT,
    /** Bytes of no packet: {@link PacketDecoder#span()}. */
    TEXT,
    /** Bytes of something that began like a packet: {@link PacketDecoder#span()}. */
    DAMAGE,
    /** Nothing more can be said before more is offered, or the end is. */
    NEED_MORE,
    /** All input is accounted for and there will be no more. */
    END
  }

  /**
   * The most bytes that {@link #offerPiece} takes, 256 KiB: many small packets or several large
   * ones, and still within a processor's second cache.
   */
  public static final int PIECE = 1 << 18;

  private final PacketSearch search = new PacketSearch();
  private final Window window = search.window;
  private final PacketFields fields = search.fields;

  /** A decoder at the beginning of its input. */
  public PacketDecoder() {}

  /** Copies bytes in; the array is the caller's again at once. Passes the current item. */
  public void offer(byte[] source, int from, int length) {
    Objects.checkFromIndexSize(from, length, source.length);
    search.beginOffer();
    window.append(source, from, length, search.position());
  }

  /** Copies a whole array in. Passes the current item. */
  public void offer(byte[] source) {
    offer(source, 0, source.length);
  }

  /**
   * Gives immutable bytes, which are not copied but for what completes a packet that is held back;
   * events and spans share their memory. Passes the current item.
   */
  public void offer(Bytes source) {
    search.beginOffer();
    window.append(source, search.position());
  }

  /**
   * Copies in all that remains in a buffer of any kind, and moves its position to the limit. Passes
   * the current item. For a buffer of many MiB there is {@link #offerPiece}.
   */
  public void offer(ByteBuffer source) {
    search.beginOffer();
    window.append(source, source.remaining(), search.position());
  }

  /**
   * Copies in at most {@link #PIECE} bytes of what remains in a buffer, and moves its position
   * behind them. Passes the current item.
   *
   * <p>So a file that is mapped is decoded in a small part of its size:
   *
   * <pre>{@code
   * while (map.hasRemaining()) {
   *   decoder.offerPiece(map);
   *   drain(decoder);
   * }
   * decoder.end();
   * drain(decoder);
   * }</pre>
   */
  public void offerPiece(ByteBuffer source) {
    search.beginOffer();
    window.append(source, Math.min(PIECE, source.remaining()), search.position());
  }

  /**
   * Says that the input ends here; what is incomplete is given up. Saying it again is harmless.
   * Passes the current item.
   */
  public void end() {
    search.end();
  }

  /**
   * Gives up the incomplete packet that is waited for, if a whole valid packet already lies within
   * its claim.
   *
   * <p>For a reader of a live stream that has waited for some time: a damaged length may announce
   * bytes that never come. Without such evidence nothing changes, for a large packet may just take
   * its time.
   *
   * @return true if {@link #next()} will now deliver what was held back
   */
  public boolean rescan() {
    return search.rescan();
  }

  /**
   * Passes the current item and moves to the next.
   *
   * @return what the cursor stands on now
   */
  public Next next() {
    return search.next();
  }

  /** What {@link #next()} said last; {@link Next#NEED_MORE} since more was offered. */
  public Next current() {
    return search.current();
  }

  /** The offset in the input of the current item's first byte, or of the next item's. */
  public long offset() {
    return search.position();
  }

  /** How many bytes the current item has; 0 if there is none. */
  public int length() {
    return search.length();
  }

  /** How many offered bytes are not yet accounted for, the current item included. */
  public int held() {
    return search.held();
  }

  /** The bytes of the current text or damage; on an event, those of its packet. */
  public Bytes span() {
    requireItem();
    return window.bytes(search.at(), search.at() + search.length());
  }

  /**
   * Why the bytes of the current damage are no packet: that of the first claim, where several
   * overlap.
   */
  public DamageReason damageReason() {
    if (search.current() != Next.DAMAGE) {
      throw new IllegalStateException("the cursor stands on no damage");
    }
    return search.reason();
  }

  /** Writes what {@link #span()} returns, without making it. */
  public void writeSpanTo(OutputStream out) throws IOException {
    requireItem();
    out.write(window.bytes, search.at(), search.length());
  }

  /**
   * What was done to find packets, in bytes looked at more than in passing; for tests of the bound.
   */
  long work() {
    return search.work();
  }

  private void requireItem() {
    if (search.length() == 0) {
      throw new IllegalStateException("the cursor stands on no item");
    }
  }

  private int packet() {
    if (!search.onEvent()) {
      throw new IllegalStateException("the cursor stands on no event");
    }
    return search.at();
  }

  /** The current event with all its fields. */
  public Event event() {
    int at = packet();
    byte[] bytes = window.bytes;
    return new Event(
        fields.testId(bytes, at),
        status(),
        runnable(),
        fields.tags(bytes, at),
        fields.timestamp(bytes, at),
        fields.mimeType(bytes, at),
        fields.fileName(bytes, at),
        fileContent(),
        eof(),
        fields.routeCode(bytes, at));
  }

  /** The array that the current event's packet lies in. */
  byte[] packetBytes() {
    return window.bytes;
  }

  /** Where in that array the current event's packet begins. */
  int packetAt() {
    return packet();
  }

  /** Where the fields of the current event's packet lie. */
  PacketFields packetFields() {
    return fields;
  }

  /** Gives the current event's packet to a router; false if it found no room for its step. */
  boolean passTo(PacketRouter router) {
    int at = packet();
    return router.route(window.bytes, at, fields);
  }

  /**
   * True if the current event lies within the claim of a damaged packet: it may be content of that
   * one which merely looks like a packet.
   */
  public boolean inDamaged() {
    packet();
    return search.inDamaged();
  }

  private boolean has(int flag) {
    packet();
    return fields.has(flag);
  }

  /** The current event's status. */
  public Status status() {
    packet();
    return Status.ofCode(fields.flags & Wire.STATUS);
  }

  /** True if the current event's test can be run again by its id. */
  public boolean runnable() {
    return has(Wire.RUNNABLE);
  }

  /** True if the current event ends its file. */
  public boolean eof() {
    return has(Wire.EOF);
  }

  /** True if the current event has a test id, be it empty. */
  public boolean hasTestId() {
    return has(Wire.TEST_ID);
  }

  /** True if the current event has a route code, be it empty. */
  public boolean hasRouteCode() {
    return has(Wire.ROUTE_CODE);
  }

  /** True if the current event has a time. */
  public boolean hasTimestamp() {
    return has(Wire.TIMESTAMP);
  }

  /** True if the current event has a list of tags, be it empty. */
  public boolean hasTags() {
    return has(Wire.TAGS);
  }

  /** True if the current event has a part of a file, be it empty. */
  public boolean hasFile() {
    return has(Wire.FILE);
  }

  /** True if the current event has a MIME type. */
  public boolean hasMimeType() {
    return has(Wire.MIME_TYPE);
  }

  /** The current event's test id, or null. */
  public @Nullable String testId() {
    int at = packet();
    return fields.testId(window.bytes, at);
  }

  /** The current event's route code, or null. */
  public @Nullable String routeCode() {
    int at = packet();
    return fields.routeCode(window.bytes, at);
  }

  /** The current event's file name, or null. */
  public @Nullable String fileName() {
    int at = packet();
    return fields.fileName(window.bytes, at);
  }

  /** The current event's tags in the order of the packet; empty if it has none. */
  public List<String> tags() {
    int at = packet();
    return fields.tags(window.bytes, at);
  }

  /** The current event's MIME type, or null. */
  public @Nullable String mimeType() {
    int at = packet();
    return fields.mimeType(window.bytes, at);
  }

  /** The current event's time, or null. */
  public @Nullable Instant timestamp() {
    int at = packet();
    return fields.timestamp(window.bytes, at);
  }

  /** How many bytes of file content the current event has; 0 without a file. */
  public int fileContentLength() {
    packet();
    return fields.contentLength;
  }

  /** The current event's file content; empty without a file. */
  public Bytes fileContent() {
    int from = packet() + fields.contentAt;
    return fields.contentLength == 0
        ? Bytes.EMPTY
        : window.bytes(from, from + fields.contentLength);
  }

  /** Writes what {@link #fileContent()} returns, without making it. */
  public void writeFileContentTo(OutputStream out) throws IOException {
    int at = packet();
    out.write(window.bytes, at + fields.contentAt, fields.contentLength);
  }
}
