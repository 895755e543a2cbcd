package dev.headgate.store;

import java.io.IOException;

/** A segment's bytes are not what was written. */
final class SegmentDamage extends IOException {
  private static final long serialVersionUID = 1L;

  SegmentDamage(String message) {
    super(message);
  }

  SegmentDamage(String message, Throwable cause) {
    super(message, cause);
  }
}
