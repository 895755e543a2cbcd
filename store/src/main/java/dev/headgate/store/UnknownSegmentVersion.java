package dev.headgate.store;

import java.io.IOException;

/** A whole segment that a newer headgate wrote: to be left alone. */
final class UnknownSegmentVersion extends IOException {
  private static final long serialVersionUID = 1L;

  UnknownSegmentVersion(int version) {
    super(
        "the recording has version "
            + version
            + " and this headgate reads "
            + SegmentFormat.VERSION
            + "; a newer headgate wrote it");
  }
}
