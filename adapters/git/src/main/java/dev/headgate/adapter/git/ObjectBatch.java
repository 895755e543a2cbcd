package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The objects that one {@code cat-file --batch} gave, in the order they were asked for. */
final class ObjectBatch {
  /** One answer: the object's id, type and bytes; a missing object has the type {@code missing}. */
  private record Entry(String id, String type, int start, int end) {}

  private final byte[] bytes;
  private final List<Entry> entries;
  private final List<String> names;

  private ObjectBatch(byte[] bytes, List<Entry> entries, List<String> names) {
    this.bytes = bytes;
    this.entries = entries;
    this.names = names;
  }

  static ObjectBatch read(Git git, List<String> names) {
    byte[] bytes =
        git.mustFeed(String.join("\n", names) + "\n", "cat-file", "--batch", "--follow-symlinks")
            .bytes();
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    while (at < bytes.length) {
      int lineEnd = at;
      while (bytes[lineEnd] != '\n') {
        lineEnd++;
      }
      String line = new String(bytes, at, lineEnd - at, StandardCharsets.UTF_8);
      at = lineEnd + 1;
      Entry entry = entry(line, at);
      entries.add(entry);
      at = entry.type.equals("missing") ? at : entry.end + 1;
    }
    if (entries.size() != names.size()) {
      throw new EnvironmentException(
          "git cat-file gave " + entries.size() + " answers to " + names.size() + " questions");
    }
    return new ObjectBatch(bytes, entries, names);
  }

  private static Entry entry(String line, int start) {
    String[] words = line.split(" ", -1);
    String last = words[words.length - 1];
    if (last.equals("missing") || last.equals("ambiguous")) {
      return new Entry("", "missing", start, start);
    }
    int size = Integer.parseInt(last);
    // "symlink", "dangling", "loop" and "notdir" answers are a word and a size.
    String type = words.length == 3 ? words[1] : words[0];
    return new Entry(words[0], type, start, start + size);
  }

  /** The commit that was asked for at that place. */
  CommitText commit(int index) {
    if (!entries.get(index).type.equals("commit")) {
      throw ObjectStore.missing(names.get(index));
    }
    return CommitText.parse(content(index));
  }

  boolean isCommit(int index) {
    return entries.get(index).type.equals("commit");
  }

  /** The file that was asked for at that place; empty if there is none or it is no file. */
  Optional<byte[]> file(int index) {
    return entries.get(index).type.equals("blob") ? Optional.of(content(index)) : Optional.empty();
  }

  private byte[] content(int index) {
    return Arrays.copyOfRange(bytes, entries.get(index).start, entries.get(index).end);
  }
}
