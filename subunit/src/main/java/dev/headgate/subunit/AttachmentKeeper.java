package dev.headgate.subunit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one execution of a test, each kept to its first and its last bytes. */
final class AttachmentKeeper {
  /** The first bytes kept of a file: a long stack trace and the output before it. */
  static final int MAX_HEAD = 32 << 10;

  /** The last bytes kept of a file: where a log says why it ended. */
  static final int MAX_TAIL = 32 << 10;

  /** Files kept of one test; one that makes more has its first ones shown. */
  static final int MAX_FILES = 32;

  private final List<Part> parts = new ArrayList<>();
  private int omittedFiles;
  private int kept;

  /**
   * Takes the next bytes of a file, if there is one; keeps at most {@code allowance} more bytes.
   */
  void accept(Event event, int allowance) {
    String name = event.fileName();
    if (name == null) {
      return;
    }
    Part part = current(name);
    if (part == null || part.complete) {
      // An end that is said twice begins nothing.
      if (part != null && event.fileContent().isEmpty()) {
        return;
      }
      int number = part == null ? 1 : part.number + 1;
      part = begin(name, number, event.mimeType(), allowance);
      if (part == null) {
        return;
      }
    }
    part.complete = event.eof();
    kept += part.add(event.fileContent(), Math.max(0, allowance - part.nameLength()));
  }

  private @Nullable Part begin(String name, int number, @Nullable String mimeType, int allowance) {
    Part part = new Part(name, number, mimeType);
    if (parts.size() == MAX_FILES || part.nameLength() > allowance) {
      omittedFiles++;
      return null;
    }
    parts.add(part);
    kept += part.nameLength();
    return part;
  }

  private @Nullable Part current(String name) {
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (parts.get(i).name.equals(name)) {
        return parts.get(i);
      }
    }
    return null;
  }

  /** How many bytes are kept, names included. */
  int kept() {
    return kept;
  }

  List<Attachment> snapshot() {
    List<Attachment> attachments = new ArrayList<>(parts.size());
    for (Part part : parts) {
      attachments.add(part.snapshot());
    }
    return attachments;
  }

  int omittedFiles() {
    return omittedFiles;
  }

  private static final class Part {
    private static final byte[] NONE = new byte[0];

    final String name;
    final int number;
    final @Nullable String mimeType;
    boolean complete;

    private byte[] head = NONE;
    private int headLength;

    /** A ring once it is in use; the oldest byte stands at {@code tailSeen % MAX_TAIL}. */
    private byte[] tail = NONE;

    private long tailSeen;
    private long refused;

    Part(String name, int number, @Nullable String mimeType) {
      this.name = name;
      this.number = number;
      this.mimeType = mimeType;
    }

    int nameLength() {
      return name.length() + (mimeType == null ? 0 : mimeType.length());
    }

    int add(Bytes content, int allowance) {
      int toHead = Math.min(content.length(), MAX_HEAD - headLength);
      if (refused > 0 || tailSeen > 0) {
        toHead = 0;
      }
      if (toHead > allowance) {
        refused += content.length();
        return 0;
      }
      if (toHead > 0) {
        if (headLength + toHead > head.length) {
          head =
              Arrays.copyOf(
                  head, Math.min(MAX_HEAD, Math.max(headLength + toHead, head.length * 2)));
        }
        content.slice(0, toHead).copyTo(head, headLength);
        headLength += toHead;
      }
      return toHead + addTail(content.slice(toHead), allowance - toHead);
    }

    private int addTail(Bytes content, int allowance) {
      if (content.isEmpty()) {
        return 0;
      }
      int grown = 0;
      if (tail.length == 0) {
        if (allowance < MAX_TAIL) {
          refused += content.length();
          return 0;
        }
        tail = new byte[MAX_TAIL];
        grown = MAX_TAIL;
      }
      int skipped = Math.max(0, content.length() - MAX_TAIL);
      tailSeen += skipped;
      int at = (int) (tailSeen % MAX_TAIL);
      int first = Math.min(content.length() - skipped, MAX_TAIL - at);
      content.slice(skipped, skipped + first).copyTo(tail, at);
      content.slice(skipped + first).copyTo(tail, 0);
      tailSeen += content.length() - skipped;
      return grown;
    }

    Attachment snapshot() {
      Bytes kept;
      if (tailSeen <= MAX_TAIL) {
        kept = Bytes.copyOf(tail, 0, (int) tailSeen);
      } else {
        int oldest = (int) (tailSeen % MAX_TAIL);
        kept =
            Bytes.concat(
                List.of(
                    Bytes.copyOf(tail, oldest, MAX_TAIL - oldest), Bytes.copyOf(tail, 0, oldest)));
      }
      long omitted = refused + tailSeen - kept.length();
      return new Attachment(
          name, number, mimeType, Bytes.copyOf(head, 0, headLength), omitted, kept, complete);
    }
  }
}
