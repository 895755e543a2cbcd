package dev.headgate.subunit.v1;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;

/**
 * What the bytes of a version 1 stream are. Every byte of the input belongs to exactly one item, in
 * order.
 */
public sealed interface V1Item {
  /** How many bytes of the input the item accounts for. */
  long length();

  /**
   * Something became known of a test.
   *
   * @param length 0 if the bytes that say it belong to the event before it
   */
  record Happened(Event event, long length) implements V1Item {}

  /** Bytes that are no directive; never empty. */
  record Text(Bytes bytes) implements V1Item {
    @Override
    public long length() {
      return bytes.length();
    }
  }

  /** Bytes within details that break their form; never empty. */
  record Damage(Bytes bytes) implements V1Item {
    @Override
    public long length() {
      return bytes.length();
    }
  }

  /** A progress directive, which no event carries. */
  record Progressed(Progress progress, long length) implements V1Item {}

  /** Tags, a time, or the frame of details: what they say is in later events. */
  record Directive(long length) implements V1Item {}
}
