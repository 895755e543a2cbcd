package dev.headgate.subunit;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Passes the stream of a process on under a step of the route, into a buffer that grows and is
 * taken or written out by the caller.
 *
 * <p>A packet's other fields are copied as they stand, not decoded; slack behind them is dropped.
 * Where the longer route makes a packet too large, its file content goes over two packets: the
 * first with all the rest, the second with time, test id and EOF. Bytes that are no packets become
 * file packets without a test id, from which {@link RawOutput} gives them back.
 *
 * <p>Sans-IO and confined to one thread.
 */
public final class PacketRouter {
  private static final byte[] SEPARATOR = {'/'};

  private final PacketWriter writer = new PacketWriter();
  private final PacketEncoder encoder = new PacketEncoder(writer);
  private final PacketFields fields = new PacketFields();
  private final RawOutput output;
  private final byte[] step;

  /**
   * A router with an empty buffer.
   *
   * @param step what is put before each route code: one or more steps, never empty, without NUL
   * @param fileName of the bytes that are no packets, usually {@link RawOutput#STDOUT}
   */
  public PacketRouter(String step, String fileName) {
    this.output = new RawOutput(Routes.join(step, null), fileName);
    this.step = EncodedTexts.utf8(step, "route step");
    EncodedTexts.utf8(fileName, "file name");
  }

  /**
   * Passes the current item of a decoder on: an event as a packet, text and damage wrapped.
   *
   * <p>An event that is all but as large as a packet may be without any file content has no room
   * for the step: its bytes are wrapped.
   *
   * @throws IllegalStateException if the decoder stands on no item
   */
  public void forward(PacketDecoder decoder) {
    if (decoder.current() != PacketDecoder.Next.EVENT || !decoder.passTo(this)) {
      wrap(decoder.span());
    }
  }

  /** Passes bytes that are no packets on. */
  public void wrap(Bytes text) {
    if (!text.isEmpty()) {
      encoder.append(output.wrap(text));
    }
  }

  /**
   * Passes a valid packet on.
   *
   * @return false, and nothing was done, if there is no room for the step
   * @throws IllegalArgumentException if it is no valid packet
   */
  public boolean route(Bytes packet) {
    byte[] bytes = packet.array();
    int start = packet.arrayOffset();
    int limit = start + packet.length();
    boolean valid =
        packet.length() >= Wire.SHORTEST_HEADER
            && packet.at(0) == Wire.SIGNATURE
            && PacketHeader.claim(bytes, start, limit) == packet.length()
            && fields.parse(bytes, start, packet.length());
    if (!valid) {
      throw new IllegalArgumentException("no valid packet: " + packet);
    }
    return route(bytes, start, fields);
  }

  boolean route(byte[] bytes, int start, PacketFields fields) {
    int content = fields.contentLength;
    int excess = routedLength(fields, routeLength(bytes, start, fields)) - Wire.MAX_PACKET;
    if (excess <= 0) {
      putFirst(bytes, start, fields, content);
      return writer.finish(fields.flags | Wire.ROUTE_CODE);
    }
    // The number of the content's length may become narrower, never wider.
    int kept = Math.min(content / 2, content - excess);
    if (kept < 0 || !fields.has(Wire.FILE)) {
      return false;
    }
    PacketWriter.Mark before = writer.mark();
    putFirst(bytes, start, fields, kept);
    boolean whole = writer.finish((fields.flags & ~Wire.EOF) | Wire.ROUTE_CODE);
    putSecond(bytes, start, fields, kept);
    int secondFlags = Wire.TIMESTAMP | Wire.TEST_ID | Wire.RUNNABLE | Wire.FILE | Wire.EOF;
    whole &= writer.finish((fields.flags & secondFlags) | Wire.ROUTE_CODE);
    if (!whole) {
      writer.truncate(before);
    }
    return whole;
  }

  private int routeLength(byte[] bytes, int start, PacketFields fields) {
    int below = fields.routeLength(bytes, start);
    return step.length + (below == 0 ? 0 : 1 + below);
  }

  /** How long the packet would be in one piece. */
  private static int routedLength(PacketFields fields, int route) {
    int base = 3 + fields.routeAt - fields.fieldsAt + Wire.CRC_LENGTH;
    base += Wire.narrowestWidth(route) + route;
    int width = Wire.lengthWidth(base);
    return base + (width == 0 ? 3 : width);
  }

  /** All fields, with only the first bytes of the content. */
  private void putFirst(byte[] bytes, int start, PacketFields fields, int content) {
    writer.begin();
    int from = start + fields.fieldsAt;
    if (!fields.has(Wire.FILE)) {
      writer.putBytes(bytes, from, fields.routeAt - fields.fieldsAt);
    } else {
      int nameEnd = PacketFields.textEnd(bytes, start, fields.fileAt);
      writer.putBytes(bytes, from, nameEnd - fields.fieldsAt);
      writer.putNumber(content);
      writer.putBytes(bytes, start + fields.contentAt, content);
    }
    putRoute(bytes, start, fields);
  }

  /** Time, test id and file name, and the rest of the content. */
  private void putSecond(byte[] bytes, int start, PacketFields fields, int done) {
    writer.begin();
    int headEnd = fields.fieldsAt;
    if (fields.has(Wire.TEST_ID)) {
      headEnd = PacketFields.textEnd(bytes, start, fields.testIdAt);
    } else if (fields.has(Wire.TIMESTAMP)) {
      headEnd += 4 + Wire.width(bytes[start + fields.fieldsAt + 4]);
    }
    writer.putBytes(bytes, start + fields.fieldsAt, headEnd - fields.fieldsAt);
    int nameEnd = PacketFields.textEnd(bytes, start, fields.fileAt);
    writer.putBytes(bytes, start + fields.fileAt, nameEnd - fields.fileAt);
    writer.putNumber(fields.contentLength - done);
    writer.putBytes(bytes, start + fields.contentAt + done, fields.contentLength - done);
    putRoute(bytes, start, fields);
  }

  private void putRoute(byte[] bytes, int start, PacketFields fields) {
    int below = fields.routeLength(bytes, start);
    writer.putNumber(routeLength(bytes, start, fields));
    writer.putBytes(step, 0, step.length);
    if (below > 0) {
      int from = start + PacketFields.textFrom(bytes, start, fields.routeAt);
      writer.putBytes(SEPARATOR, 0, 1);
      writer.putBytes(bytes, from, below);
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

  /** Writes the buffer to a stream; it is empty afterwards, also if the stream throws. */
  public void writeTo(OutputStream out) throws IOException {
    writer.writeTo(out);
  }
}
