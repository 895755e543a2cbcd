package dev.headgate.cli;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Times as people read them, in their own zone. */
final class Times {
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

  private Times() {}

  static String local(Instant at) {
    return LOCAL.format(at.atZone(ZoneId.systemDefault()));
  }
}
