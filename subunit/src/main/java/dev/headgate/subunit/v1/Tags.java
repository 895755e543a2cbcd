package dev.headgate.subunit.v1;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Sets of tags, changed as a {@code tags} directive says. */
final class Tags {
  private static final Pattern SPACES = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

  /** The most characters of tags that are remembered, so that any packet can carry them. */
  private static final int MAX_LENGTH = 1 << 16;

  private Tags() {}

  /**
   * Adds each tag that is named, as long as there is room, and takes away each that is named behind
   * a minus.
   */
  static List<String> changed(List<String> tags, String change) {
    Set<String> changed = new LinkedHashSet<>(tags);
    int length = 0;
    for (String tag : tags) {
      length += tag.length();
    }
    for (String word : SPACES.splitAsStream(change).toList()) {
      if (word.startsWith("-")) {
        length -= changed.remove(word.substring(1)) ? word.length() - 1 : 0;
      } else if (!word.isEmpty() && length + word.length() <= MAX_LENGTH && changed.add(word)) {
        length += word.length();
      }
    }
    return List.copyOf(changed);
  }

  /** The line that changes no tags to these; empty if there is nothing to say. */
  static String line(List<String> tags) {
    StringBuilder line = new StringBuilder();
    for (String tag : tags) {
      String word = SPACES.matcher(tag).replaceAll("_");
      if (!word.isEmpty() && !word.startsWith("-")) {
        line.append(' ').append(word);
      }
    }
    return line.isEmpty() ? "" : "tags:" + line + "\n";
  }
}
