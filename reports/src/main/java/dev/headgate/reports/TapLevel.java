package dev.headgate.reports;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One level of a TAP document: the document itself, or the subtests of one test. */
final class TapLevel {
  /** Numbers up to this are looked for one by one. */
  static final int MAX_NUMBER = 1 << 20;

  /** The longest diagnostics of one test that are kept, in characters. */
  private static final int MAX_DIAGNOSTICS = 1 << 20;

  /** A test point whose diagnostics may follow. */
  static final class Pending {
    final TapLine.Point point;
    final String id;
    final StringBuilder comments = new StringBuilder();
    final List<String> yaml = new ArrayList<>();
    private int size;

    Pending(TapLine.Point point, String id) {
      this.point = point;
      this.id = id;
    }

    /** Adds a line of the diagnostic block; false if there is no room for it. */
    boolean addYaml(String line) {
      size += line.length() + 1;
      return size <= MAX_DIAGNOSTICS && yaml.add(line);
    }

    /** Adds a comment after the test; false if there is no room for it. */
    boolean addComment(String text) {
      size += text.length() + 1;
      if (size > MAX_DIAGNOSTICS) {
        return false;
      }
      comments.append(text).append('\n');
      return true;
    }

    /** The scalars of the diagnostic block. */
    Map<String, String> scalars() {
      return YamlScalars.of(yaml);
    }
  }

  /** The spaces before each of its lines. */
  final int indent;

  /** The id of the test whose subtests these are; empty for the document. */
  final String parent;

  final BitSet seen = new BitSet();
  TapLine.@Nullable Plan plan;
  @Nullable Pending pending;

  /** The name of the subtests that a comment announced. */
  @Nullable String announced;

  long next = 1;
  long points;

  TapLevel(int indent, String parent) {
    this.indent = indent;
    this.parent = parent;
  }

  /** The id of a test here, by its description. */
  String id(String description) {
    return parent.isEmpty() ? description : parent + " [" + description + "]";
  }

  /** Notes a number; false if it was there already. */
  boolean see(long number) {
    if (number < 0 || number > MAX_NUMBER) {
      return true;
    }
    boolean again = seen.get((int) number);
    seen.set((int) number);
    return !again;
  }
}
