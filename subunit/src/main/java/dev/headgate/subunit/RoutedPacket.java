package dev.headgate.subunit;

import java.util.zip.CRC32;

/**
 * A valid packet, of which only the frame is looked at: where its fields lie, and its route.
 *
 * <p>Immutable; shares the packet's memory. It does not use {@link PacketFields}, which remembers
 * texts from packet to packet and would be made anew for each, nor {@link PacketWriter}, whose
 * buffer would be one more copy.
 */
public final class RoutedPacket {
  private final Bytes packet;

  /** The array that the packet lies in, to which all positions belong. */
  private final byte[] bytes;

  private final int flags;

  /** Where the first field begins. */
  private final int fieldsAt;

  /** Where the last field ends at the latest. */
  private final int fieldsEnd;

  private final int fileNameAt;
  private final int fileNameEnd;
  private final int contentAt;
  private final int contentEnd;

  /** Where the last field but the route code ends. */
  private final int routeFieldAt;

  private final int routeAt;
  private final int routeEnd;

  /**
   * Looks at a packet.
   *
   * @param packet as a decoder accepted it; its checksum and texts are not looked at again
   * @throws IllegalArgumentException if it is no packet, as far as its frame shows
   */
  public RoutedPacket(Bytes packet) {
    this.packet = packet;
    bytes = packet.array();
    int start = packet.arrayOffset();
    int limit = start + packet.length();
    if (packet.isEmpty()
        || bytes[start] != Wire.SIGNATURE
        || PacketHeader.claim(bytes, start, limit) != packet.length()) {
      throw noPacket();
    }
    flags = Wire.flagsAt(bytes, start);
    fieldsAt = start + 3 + Wire.width(bytes[start + 3]);
    fieldsEnd = limit - Wire.CRC_LENGTH;
    int at = has(Wire.TIMESTAMP) ? numberEnd(fieldsAt + 4) : fieldsAt;
    at = has(Wire.TEST_ID) ? textEnd(at) : at;
    if (has(Wire.TAGS)) {
      int count = number(at);
      at = numberEnd(at);
      for (int i = 0; i < count; i++) {
        at = textEnd(at);
      }
    }
    at = has(Wire.MIME_TYPE) ? textEnd(at) : at;
    if (has(Wire.FILE)) {
      fileNameAt = numberEnd(at);
      fileNameEnd = textEnd(at);
      contentAt = numberEnd(fileNameEnd);
      contentEnd = textEnd(fileNameEnd);
      at = contentEnd;
    } else {
      fileNameAt = fileNameEnd = contentAt = contentEnd = at;
    }
    routeFieldAt = at;
    routeAt = has(Wire.ROUTE_CODE) ? numberEnd(at) : at;
    routeEnd = has(Wire.ROUTE_CODE) ? textEnd(at) : at;
  }

  private IllegalArgumentException noPacket() {
    return new IllegalArgumentException("no packet: " + packet);
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }

  private int numberEnd(int at) {
    int end = at < fieldsEnd ? at + Wire.width(bytes[at]) : Integer.MAX_VALUE;
    if (end > fieldsEnd) {
      throw noPacket();
    }
    return end;
  }

  private int number(int at) {
    return Wire.number(bytes, at, numberEnd(at) - at);
  }

  private int textEnd(int at) {
    int from = numberEnd(at);
    int length = number(at);
    if (length > fieldsEnd - from) {
      throw noPacket();
    }
    return from + length;
  }

  private Bytes slice(int from, int to) {
    return packet.slice(from - packet.arrayOffset(), to - packet.arrayOffset());
  }

  /** The packet as it is. */
  public Bytes bytes() {
    return packet;
  }

  /** The whole route code; empty if there is none. */
  public String route() {
    return slice(routeAt, routeEnd).utf8();
  }

  /** The first step of the route code; empty if there is none. */
  public String firstStep() {
    return slice(routeAt, firstStepEnd()).utf8();
  }

  /** True if the route code is that prefix or lies below it. */
  public boolean isUnder(Bytes prefix) {
    int end = routeAt + prefix.length();
    return end <= routeEnd
        && (end == routeEnd || bytes[end] == '/')
        && slice(routeAt, end).equals(prefix);
  }

  private int firstStepEnd() {
    int at = routeAt;
    while (at < routeEnd && bytes[at] != '/') {
      at++;
    }
    return at;
  }

  /**
   * The same packet for whoever sits at the first step of its route: without that step, or without
   * a route if it has no other. It is shorter, so it always fits.
   */
  public Bytes withoutFirstStep() {
    return withRoute(slice(Math.min(routeEnd, firstStepEnd() + 1), routeEnd));
  }

  private Bytes withRoute(Bytes route) {
    int otherFields = routeFieldAt - fieldsAt;
    int routeWidth = Wire.narrowestWidth(route.length());
    int routeField = route.isEmpty() ? 0 : routeWidth + route.length();
    int base = 3 + otherFields + routeField + Wire.CRC_LENGTH;
    int lengthWidth = Wire.lengthWidth(base);
    byte[] copy = new byte[base + lengthWidth];
    int newFlags = route.isEmpty() ? flags & ~Wire.ROUTE_CODE : flags;
    copy[0] = Wire.SIGNATURE;
    copy[1] = (byte) (newFlags >>> 8);
    copy[2] = (byte) newFlags;
    int at = Wire.putNumber(copy, 3, copy.length, lengthWidth);
    System.arraycopy(bytes, fieldsAt, copy, at, otherFields);
    at += otherFields;
    if (!route.isEmpty()) {
      route.copyTo(copy, Wire.putNumber(copy, at, route.length(), routeWidth));
      at += routeField;
    }
    CRC32 crc = new CRC32();
    crc.update(copy, 0, at);
    Wire.putInt(copy, at, (int) crc.getValue());
    return Bytes.adopt(copy, 0, copy.length);
  }

  /**
   * True if the packet is what a router makes of output: bytes of a file of that name, and a route,
   * and nothing else.
   */
  public boolean isOutput(Bytes fileName) {
    return (flags & ~(Wire.VERSION_MASK | Wire.ROUTE_CODE)) == Wire.FILE
        && contentEnd > contentAt
        && slice(fileNameAt, fileNameEnd).equals(fileName);
  }

  /** The bytes of the file that the packet carries; empty without one. */
  public Bytes fileContent() {
    return slice(contentAt, contentEnd);
  }
}
