package dev.headgate.subunit.v1;

import dev.headgate.subunit.Event;
import org.jspecify.annotations.Nullable;

/** A detail, and what was read of it and not yet delivered. */
final class FilePiece {
  final ByteRun content = new ByteRun();
  private final String name;
  private @Nullable String mimeType;

  FilePiece(String name, String mimeType) {
    this.name = name;
    this.mimeType = mimeType;
  }

  /** What a detail without parts is called, by the outcome that it tells of. */
  static FilePiece of(Directive outcome) {
    return switch (outcome) {
      case SKIP -> new FilePiece("reason", "text/plain");
      case SUCCESS -> new FilePiece("message", "text/plain");
      case TEST, FAILURE, ERROR, XFAIL, UXSUCCESS, TAGS, TIME, PROGRESS ->
          new FilePiece("traceback", "text/x-traceback;charset=utf8");
    };
  }

  /** Puts what was read into an event; the first one has the MIME type. */
  Event deliver(Event.Builder event, boolean eof) {
    Event piece = event.file(name, content.take()).mimeType(mimeType).eof(eof).build();
    mimeType = null;
    return piece;
  }
}
