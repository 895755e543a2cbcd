package dev.headgate.reports;

import dev.headgate.subunit.Bytes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One attachment for a writer: its first and its last bytes. */
final class KeptFile {
  private static final int MAX_HEAD = 1 << 16;
  private static final int MAX_TAIL = 1 << 16;

  private final String name;
  private final @Nullable String mimeType;
  private final List<Bytes> head = new ArrayList<>();
  private final Deque<Bytes> tail = new ArrayDeque<>();
  private int headLength;
  private int tailLength;
  private long omitted;
  private boolean complete;

  KeptFile(String name, @Nullable String mimeType) {
    this.name = name;
    this.mimeType = mimeType;
  }

  String name() {
    return name;
  }

  /** The MIME type, or an empty text. */
  String mimeType() {
    return mimeType == null ? "" : mimeType;
  }

  boolean isComplete() {
    return complete;
  }

  void complete() {
    complete = true;
  }

  /** How many bytes of it are kept. */
  int kept() {
    return headLength + tailLength;
  }

  /** How many bytes it had. */
  long length() {
    return kept() + omitted;
  }

  /** Takes the next bytes; where there is no room, only counts them. */
  void add(Bytes content, boolean room) {
    if (!room) {
      omitted += content.length();
      return;
    }
    int toHead =
        omitted > 0 || tailLength > 0 ? 0 : Math.min(content.length(), MAX_HEAD - headLength);
    if (toHead > 0) {
      head.add(content.slice(0, toHead).compact());
      headLength += toHead;
    }
    addTail(content.slice(toHead));
  }

  private void addTail(Bytes content) {
    if (content.isEmpty()) {
      return;
    }
    int skipped = Math.max(0, content.length() - MAX_TAIL);
    omitted += skipped;
    tail.add(content.slice(skipped).compact());
    tailLength += content.length() - skipped;
    while (tailLength > MAX_TAIL) {
      Bytes oldest = tail.removeFirst();
      int drop = Math.min(oldest.length(), tailLength - MAX_TAIL);
      omitted += drop;
      tailLength -= drop;
      if (drop < oldest.length()) {
        tail.addFirst(oldest.slice(drop).compact());
      }
    }
  }

  /** What is kept as text, with a note in the place of what is not; bad UTF-8 is U+FFFD. */
  String text() {
    List<Bytes> all = new ArrayList<>(head);
    if (omitted > 0) {
      all.add(Bytes.ofUtf8("\n[" + omitted + " bytes not kept]\n"));
    }
    all.addAll(tail);
    return all.isEmpty() ? "" : Bytes.concat(all).utf8();
  }

  /** True if it shows where something went wrong: by its name or its MIME type. */
  boolean isTraceback() {
    return name.equals(FileNames.TRACEBACK)
        || (isText() && name.startsWith(FileNames.TRACEBACK + "-"))
        || mimeType().toLowerCase(Locale.ROOT).startsWith("text/x-traceback");
  }

  /** True if its MIME type, or the lack of one, says that it is text. */
  boolean isText() {
    String type = mimeType().toLowerCase(Locale.ROOT);
    return type.isEmpty()
        || type.startsWith("text/")
        || type.contains("json")
        || type.contains("yaml")
        || type.contains("xml");
  }
}
