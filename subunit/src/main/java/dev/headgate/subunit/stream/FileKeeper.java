package dev.headgate.subunit.stream;

import dev.headgate.subunit.Attachment;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of one execution of a test, each whole up to a limit and beyond it by its first and its
 * last bytes.
 */
final class FileKeeper {
  /** Files kept of one test; one that makes more has its first ones kept. */
  static final int MAX_FILES = 256;

  /** What a piece weighs beside its bytes. */
  static final int PIECE_WEIGHT = 64;

  private final int maxHead;
  private final int maxTail;
  private final List<Part> parts = new ArrayList<>();
  private int omittedFiles;
  private long weight;

  /** Keeps of each file at most that many bytes, half of them its last. */
  FileKeeper(int maxFile) {
    maxHead = maxFile - maxFile / 2;
    maxTail = maxFile / 2;
  }

  /** Takes the next bytes of a file, if there is one; keeps none of them if there is no room. */
  void accept(Event event, long room) {
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
      part = begin(name, part == null ? 1 : part.number + 1, event.mimeType(), room);
      if (part == null) {
        return;
      }
    }
    part.complete = event.eof();
    long before = part.weight;
    part.add(event.fileContent(), room);
    weight += part.weight - before;
  }

  private @Nullable Part begin(String name, int number, @Nullable String mimeType, long room) {
    long own = PIECE_WEIGHT + 2L * name.length() + (mimeType == null ? 0 : 2L * mimeType.length());
    if (parts.size() == MAX_FILES || own > room) {
      omittedFiles++;
      return null;
    }
    Part part = new Part(name, number, mimeType);
    parts.add(part);
    weight += own;
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

  /** Roughly how many bytes of memory are in use. */
  long weight() {
    return weight;
  }

  int omittedFiles() {
    return omittedFiles;
  }

  List<Attachment> attachments() {
    return parts.stream().map(Part::attachment).toList();
  }

  private final class Part {
    final String name;
    final int number;
    final @Nullable String mimeType;
    boolean complete;
    long weight;

    private final List<Bytes> head = new ArrayList<>();
    private int headLength;
    private final Deque<Bytes> tail = new ArrayDeque<>();
    private int tailLength;
    private long omitted;

    Part(String name, int number, @Nullable String mimeType) {
      this.name = name;
      this.number = number;
      this.mimeType = mimeType;
    }

    void add(Bytes content, long room) {
      if (content.isEmpty()) {
        return;
      }
      boolean inHead = omitted == 0 && tail.isEmpty();
      int toHead = inHead ? Math.min(content.length(), maxHead - headLength) : 0;
      if (content.length() + PIECE_WEIGHT > room) {
        // What is there stays: the beginning, and the bytes before the memory ran out.
        omit(content.length());
        return;
      }
      if (toHead > 0) {
        headLength += toHead;
        head.add(content.slice(0, toHead).compact());
        weight += toHead + PIECE_WEIGHT;
      }
      addTail(content.slice(toHead));
    }

    /** Forgets the tail too: what is omitted lies between head and tail. */
    private void omit(int length) {
      omitted += length + tailLength;
      while (!tail.isEmpty()) {
        forget(tail.removeFirst());
      }
    }

    private void addTail(Bytes content) {
      int skipped = Math.max(0, content.length() - maxTail);
      if (skipped > 0) {
        omit(skipped);
      }
      Bytes kept = content.slice(skipped);
      if (kept.isEmpty()) {
        return;
      }
      tail.addLast(kept.compact());
      tailLength += kept.length();
      weight += kept.length() + PIECE_WEIGHT;
      while (tailLength > maxTail) {
        Bytes oldest = tail.removeFirst();
        forget(oldest);
        int over = Math.min(tailLength + oldest.length() - maxTail, oldest.length());
        omitted += over;
        if (over < oldest.length()) {
          Bytes rest = oldest.slice(over).compact();
          tail.addFirst(rest);
          tailLength += rest.length();
          weight += rest.length() + PIECE_WEIGHT;
        }
      }
    }

    private void forget(Bytes piece) {
      tailLength -= piece.length();
      weight -= piece.length() + PIECE_WEIGHT;
    }

    Attachment attachment() {
      if (omitted == 0) {
        List<Bytes> all = new ArrayList<>(head);
        all.addAll(tail);
        return new Attachment(name, number, mimeType, concat(all), 0, Bytes.EMPTY, complete);
      }
      return new Attachment(
          name, number, mimeType, concat(head), omitted, concat(List.copyOf(tail)), complete);
    }

    private static Bytes concat(List<Bytes> pieces) {
      return pieces.isEmpty() ? Bytes.EMPTY : Bytes.concat(pieces);
    }
  }
}
