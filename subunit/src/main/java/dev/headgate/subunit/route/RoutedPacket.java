package dev.headgate.subunit.route;

import dev.headgate.subunit.Bytes;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * A valid packet, of which only the frame is looked at: where its fields lie, and its route.
 *
 * <p>Immutable; shares the packet's memory.
 */
public final class RoutedPacket {
  private static final byte SIGNATURE = (byte) 0xB3;
  private static final int VERSION = 0x20;
  private static final int TEST_ID = 0x0800;
  private static final int ROUTE_CODE = 0x0400;
  private static final int TIMESTAMP = 0x0200;
  private static final int TAGS = 0x0080;
  private static final int FILE = 0x0040;
  private static final int MIME_TYPE = 0x0020;
  private static final int CRC_LENGTH = 4;
  private static final int SHORTEST = 8;

  private final Bytes packet;
  private final int flags;

  /** Where the first field begins. */
  private final int fieldsAt;

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
    if (packet.length() < SHORTEST
        || packet.at(0) != SIGNATURE
        || (packet.at(1) & 0xF0) != VERSION) {
      throw noPacket();
    }
    flags = (packet.at(1) & 0xFF) << 8 | (packet.at(2) & 0xFF);
    fieldsAt = 3 + width(3);
    if (number(3) != packet.length()) {
      throw noPacket();
    }
    int at = fieldsAt;
    if (has(TIMESTAMP)) {
      at = afterNumber(at + 4);
    }
    at = has(TEST_ID) ? afterText(at) : at;
    if (has(TAGS)) {
      int count = number(at);
      at = afterNumber(at);
      for (int i = 0; i < count; i++) {
        at = afterText(at);
      }
    }
    at = has(MIME_TYPE) ? afterText(at) : at;
    if (has(FILE)) {
      fileNameAt = afterNumber(at);
      fileNameEnd = afterText(at);
      contentAt = afterNumber(fileNameEnd);
      contentEnd = afterText(fileNameEnd);
      at = contentEnd;
    } else {
      fileNameAt = fileNameEnd = contentAt = contentEnd = at;
    }
    routeFieldAt = at;
    routeAt = has(ROUTE_CODE) ? afterNumber(at) : at;
    routeEnd = has(ROUTE_CODE) ? afterText(at) : at;
  }

  private IllegalArgumentException noPacket() {
    return new IllegalArgumentException("no packet: " + packet);
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }

  private int width(int at) {
    if (at >= packet.length() - CRC_LENGTH) {
      throw noPacket();
    }
    return ((packet.at(at) & 0xFF) >>> 6) + 1;
  }

  private int number(int at) {
    int width = width(at);
    if (at + width > packet.length() - CRC_LENGTH) {
      throw noPacket();
    }
    int value = packet.at(at) & 0x3F;
    for (int i = 1; i < width; i++) {
      value = value << 8 | (packet.at(at + i) & 0xFF);
    }
    return value;
  }

  private int afterNumber(int at) {
    return at + width(at);
  }

  private int afterText(int at) {
    int end = afterNumber(at) + number(at);
    if (end > packet.length() - CRC_LENGTH) {
      throw noPacket();
    }
    return end;
  }

  /** The packet as it is. */
  public Bytes bytes() {
    return packet;
  }

  /** The whole route code; empty if there is none. */
  public String route() {
    return packet.slice(routeAt, routeEnd).utf8();
  }

  /** The first step of the route code; empty if there is none. */
  public String firstStep() {
    return packet.slice(routeAt, firstStepEnd()).utf8();
  }

  /** True if the route code is that prefix or lies below it. */
  public boolean isUnder(Bytes prefix) {
    int end = routeAt + prefix.length();
    return end <= routeEnd
        && (end == routeEnd || packet.at(end) == '/')
        && packet.slice(routeAt, end).equals(prefix);
  }

  private int firstStepEnd() {
    int at = routeAt;
    while (at < routeEnd && packet.at(at) != '/') {
      at++;
    }
    return at;
  }

  /**
   * The same packet for whoever sits at the first step of its route: without that step, or without
   * a route if it has no other. It is shorter, so it always fits.
   */
  public Bytes withoutFirstStep() {
    return withRoute(packet.slice(Math.min(routeEnd, firstStepEnd() + 1), routeEnd));
  }

  private Bytes withRoute(Bytes route) {
    int routeWidth = narrowestWidth(route.length());
    int base = 3 + routeFieldAt - fieldsAt + CRC_LENGTH;
    base += route.isEmpty() ? 0 : routeWidth + route.length();
    int lengthWidth = base <= 62 ? 1 : base <= 16_381 ? 2 : 3;
    byte[] copy = new byte[base + lengthWidth];
    int newFlags = route.isEmpty() ? flags & ~ROUTE_CODE : flags | ROUTE_CODE;
    copy[0] = SIGNATURE;
    copy[1] = (byte) (newFlags >>> 8);
    copy[2] = (byte) newFlags;
    putNumber(copy, 3, copy.length, lengthWidth);
    int at = 3 + lengthWidth;
    packet.slice(fieldsAt, routeFieldAt).copyTo(copy, at);
    at += routeFieldAt - fieldsAt;
    if (!route.isEmpty()) {
      putNumber(copy, at, route.length(), routeWidth);
      route.copyTo(copy, at + routeWidth);
    }
    CRC32 crc = new CRC32();
    crc.update(copy, 0, copy.length - CRC_LENGTH);
    ByteBuffer.wrap(copy).putInt(copy.length - CRC_LENGTH, (int) crc.getValue());
    return Bytes.copyOf(copy);
  }

  private static int narrowestWidth(int value) {
    return value < 1 << 6 ? 1 : value < 1 << 14 ? 2 : value < 1 << 22 ? 3 : 4;
  }

  private static void putNumber(byte[] bytes, int at, int value, int width) {
    int rest = value;
    for (int i = width - 1; i >= 0; i--) {
      bytes[at + i] = (byte) rest;
      rest >>>= 8;
    }
    bytes[at] |= (byte) ((width - 1) << 6);
  }

  /**
   * True if the packet is what a router makes of output: bytes of a file of that name, and a route,
   * and nothing else.
   */
  public boolean isOutput(Bytes fileName) {
    return (flags & 0x0FFF & ~ROUTE_CODE) == FILE
        && contentEnd > contentAt
        && packet.slice(fileNameAt, fileNameEnd).equals(fileName);
  }

  /** The bytes of the file that the packet carries; empty without one. */
  public Bytes fileContent() {
    return packet.slice(contentAt, contentEnd);
  }
}
