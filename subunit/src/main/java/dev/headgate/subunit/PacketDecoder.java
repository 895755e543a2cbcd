package dev.headgate.subunit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
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
   * Bytes of malformed packets with right checksums that are looked at more than once, before
   * overlapping ones are looked at less closely. Chance makes one such packet in 2³²; only who
   * means harm makes sixteen large ones within one another.
   */
  private static final long MAX_WASTED = 64L << 20;

  /** The texts of a packet, in bytes, that are looked at from then on within such packets. */
  private static final int MOST_TEXT = 16 << 10;

  private final Window window = new Window();
  private final Checksums checksums = new Checksums();
  private final Lookahead lookahead = new Lookahead();
  private final PacketFields fields = new PacketFields();

  /** What is before this offset is accounted for; the current item begins here. */
  private long position;

  /** Where the current item ends; equals {@code position} if there is none. */
  private long itemEnd;

  /** No signature byte from {@code position} to before this offset begins a packet. */
  private long scanned;

  /** The length of the accepted packet at {@code scanned} that is not yet delivered, or 0. */
  private int accepted;

  /** Bytes before this offset that are no packets are damage. */
  private long damageEnd;

  /** An event that begins before this offset lies within the claim of a damaged packet. */
  private long claimsEnd;

  /** Incomplete packets that begin before this offset are given up. */
  private long givenUpBefore;

  /** Malformed packets with right checksums reach up to this offset. */
  private long malformedTo;

  private long wasted;

  /** The last three bytes before {@code position}, nearest lowest; 0 where a packet stood. */
  private int before;

  private Next current = Next.NEED_MORE;
  private boolean inDamaged;
  private boolean ended;

  /** A decoder at the beginning of its input. */
  public PacketDecoder() {}

  /** Copies bytes in; the array is the caller's again at once. */
  public void offer(byte[] source, int from, int length) {
    Objects.checkFromIndexSize(from, length, source.length);
    beginOffer();
    window.append(source, from, length, position);
  }

  /** Copies a whole array in. */
  public void offer(byte[] source) {
    offer(source, 0, source.length);
  }

  /**
   * Gives immutable bytes, which are not copied if nothing is held back; events and spans then
   * share their memory.
   */
  public void offer(Bytes source) {
    beginOffer();
    window.append(source, position);
  }

  /** Copies in what remains in a buffer, and moves its position to the limit. */
  public void offer(ByteBuffer source) {
    if (source.hasArray()) {
      offer(source.array(), source.arrayOffset() + source.position(), source.remaining());
      source.position(source.limit());
    } else {
      byte[] copy = new byte[source.remaining()];
      source.get(copy);
      offer(Bytes.adopt(copy, 0, copy.length));
    }
  }

  private void beginOffer() {
    if (ended) {
      throw new IllegalStateException("bytes were offered after the end of the input");
    }
    passItem();
    if (position == window.end()) {
      checksums.forget();
    }
  }

  /** Says that the input ends here; what is incomplete is given up. Saying it again is harmless. */
  public void end() {
    passItem();
    ended = true;
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
    if (current != Next.NEED_MORE || accepted != 0 || scanned < givenUpBefore) {
      return false;
    }
    long found = lookahead.find(window, scanned, this::isPacket);
    givenUpBefore = Math.max(givenUpBefore, found);
    return found >= 0;
  }

  /**
   * Passes the current item and moves to the next.
   *
   * @return what the cursor stands on now
   */
  public Next next() {
    passItem();
    if (accepted == 0) {
      search();
    } else {
      stand(accepted);
    }
    return current;
  }

  private void passItem() {
    if (itemEnd == position) {
      return;
    }
    if (current == Next.EVENT) {
      before = 0;
      scanned = itemEnd;
    } else {
      before = bytesBefore(index(itemEnd));
    }
    position = itemEnd;
    current = Next.NEED_MORE;
  }

  private int index(long offset) {
    return (int) (offset - window.base);
  }

  /** The three bytes before an index, nearest lowest. */
  private int bytesBefore(int index) {
    int bytes = before;
    for (int i = Math.max(index(position), index - 3); i < index; i++) {
      bytes = bytes << 8 | (window.bytes[i] & 0xFF);
    }
    return bytes;
  }

  /** Moves on to the next packet, wait, or change between text and damage. */
  private void search() {
    boolean damage = position < damageEnd;
    while (true) {
      long bound = damage ? Math.min(window.end(), damageEnd) : window.end();
      int at = Wire.indexOfSignature(window.bytes, index(scanned), index(bound));
      scanned = window.base + at;
      if (scanned == bound) {
        standOnSpan(damage, scanned);
        return;
      }
      int claim = PacketHeader.claim(window.bytes, at, window.limit);
      if (claim == PacketHeader.IMPLAUSIBLE) {
        scanned++;
        continue;
      }
      if (mustWait(claim)) {
        standOnSpan(damage, scanned);
        return;
      }
      if (claim > 0 && isPacket(at, claim)) {
        accepted = claim;
        if (scanned == position) {
          stand(claim);
        } else {
          standOnSpan(damage, scanned);
        }
        return;
      }
      long failed = scanned++;
      if (claim > 0 && !Utf8.signatureEndsCharacter(bytesBefore(at))) {
        damageEnd = Math.max(damageEnd, failed + claim);
        claimsEnd = Math.max(claimsEnd, failed + claim);
        if (!damage && failed > position) {
          standOnSpan(false, failed);
          return;
        }
        damage = true;
      }
    }
  }

  private boolean mustWait(int claim) {
    if (ended || scanned < givenUpBefore) {
      return false;
    }
    return claim == PacketHeader.UNFINISHED
        || (scanned + claim > window.end() && canBePacket(claim));
  }

  /** False if what is there of an incomplete packet already shows that it is none. */
  private boolean canBePacket(int claim) {
    return fields.canBegin(window.bytes, index(scanned), claim, window.limit);
  }

  private boolean isPacket(int at, int claim) {
    return claim <= window.limit - at
        && checksums.matches(window, at, claim, index(scanned))
        && isWellFormed(at, claim);
  }

  private boolean isWellFormed(int at, int claim) {
    long offset = window.base + at;
    boolean overlaps = offset < malformedTo;
    boolean limited = overlaps && wasted > MAX_WASTED;
    int mostText = limited ? MOST_TEXT : Integer.MAX_VALUE;
    if (fields.parse(window.bytes, at, claim, mostText)) {
      return true;
    }
    wasted += overlaps ? Math.min(claim, mostText) : 0;
    malformedTo = Math.max(malformedTo, offset + claim);
    return false;
  }

  private void stand(int length) {
    current = Next.EVENT;
    accepted = 0;
    itemEnd = position + length;
    inDamaged = position < claimsEnd;
    damageEnd = itemEnd;
  }

  private void standOnSpan(boolean damage, long end) {
    itemEnd = end;
    if (end > position) {
      current = damage ? Next.DAMAGE : Next.TEXT;
    } else {
      current = ended && end == window.end() ? Next.END : Next.NEED_MORE;
    }
  }

  /** What {@link #next()} said last; {@link Next#NEED_MORE} since more was offered. */
  public Next current() {
    return current;
  }

  /** The offset in the input of the current item's first byte, or of the next item's. */
  public long offset() {
    return position;
  }

  /** How many bytes the current item has; 0 if there is none. */
  public int length() {
    return (int) (itemEnd - position);
  }

  /** How many offered bytes are not yet accounted for, the current item included. */
  public int held() {
    return (int) (window.end() - position);
  }

  /** The bytes of the current text or damage; on an event, those of its packet. */
  public Bytes span() {
    requireItem();
    return window.bytes(index(position), index(itemEnd));
  }

  /** Writes what {@link #span()} returns, without making it. */
  public void writeSpanTo(OutputStream out) throws IOException {
    requireItem();
    out.write(window.bytes, index(position), length());
  }

  /**
   * What was done to find packets, in bytes looked at more than in passing; for tests of the bound.
   */
  long work() {
    return checksums.work() + wasted;
  }

  private void requireItem() {
    if (itemEnd == position) {
      throw new IllegalStateException("the cursor stands on no item");
    }
  }

  private int packet() {
    if (current != Next.EVENT) {
      throw new IllegalStateException("the cursor stands on no event");
    }
    return index(position);
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
    return inDamaged;
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
