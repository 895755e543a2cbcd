package dev.headgate.subunit.v1;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Status;
import org.jspecify.annotations.Nullable;

/**
 * The words that a line may begin with to be a directive. A word is followed by any number of
 * colons, then a whitespace character, then at least one character that is none; before it nothing.
 */
enum Directive {
  TEST(null, "test", "testing"),
  SUCCESS(Status.SUCCESS, "success", "successful"),
  FAILURE(Status.FAIL, "failure"),
  ERROR(Status.FAIL, "error"),
  SKIP(Status.SKIP, "skip"),
  XFAIL(Status.XFAIL, "xfail"),
  UXSUCCESS(Status.UXSUCCESS, "uxsuccess"),
  TAGS(null, "tags"),
  TIME(null, "time"),
  PROGRESS(null, "progress");

  /** The longest word with its colons; existing writers have one. */
  static final int MAX_WORD = 64;

  private static final Directive[] ALL = values();

  private final @Nullable Status outcome;
  private final String word;
  private final String otherWord;

  Directive(@Nullable Status outcome, String word) {
    this(outcome, word, word);
  }

  Directive(@Nullable Status outcome, String word, String otherWord) {
    this.outcome = outcome;
    this.word = word;
    this.otherWord = otherWord;
  }

  /** The status that it gives the test; null if it is no outcome. */
  @Nullable Status outcome() {
    return outcome;
  }

  /** The directive that a whole line is; null if none. */
  static @Nullable Directive of(Bytes line) {
    Directive directive = wordOf(line);
    if (directive != null) {
      for (int i = restAt(line); i < line.length(); i++) {
        if (!isSpace(line.at(i))) {
          return directive;
        }
      }
    }
    return null;
  }

  /** The directive whose word, followed by whitespace, a line begins with; null if none. */
  static @Nullable Directive wordOf(Bytes line) {
    int end = wordEnd(line);
    if (end == line.length() || end > MAX_WORD) {
      return null;
    }
    int bare = withoutColons(line, end);
    for (Directive directive : ALL) {
      if (directive.isWord(line, bare)) {
        return directive;
      }
    }
    return null;
  }

  /** True if more bytes may make a word of the beginning of a line. */
  static boolean mayBecomeWord(Bytes beginning) {
    int end = wordEnd(beginning);
    if (end < beginning.length() || end > MAX_WORD) {
      return false;
    }
    int bare = withoutColons(beginning, end);
    for (Directive directive : ALL) {
      if (bare < end ? directive.isWord(beginning, bare) : directive.beginsWord(beginning, bare)) {
        return true;
      }
    }
    return false;
  }

  /** Where what follows the word and one whitespace character begins. */
  static int restAt(Bytes line) {
    return wordEnd(line) + 1;
  }

  /** True if the word that the line begins with has a colon. */
  static boolean hasColon(Bytes line) {
    int end = wordEnd(line);
    return withoutColons(line, end) < end;
  }

  private static int wordEnd(Bytes line) {
    int end = 0;
    int limit = Math.min(line.length(), MAX_WORD + 1);
    while (end < limit && !isSpace(line.at(end))) {
      end++;
    }
    return end;
  }

  private static int withoutColons(Bytes line, int end) {
    int bare = end;
    while (bare > 0 && line.at(bare - 1) == ':') {
      bare--;
    }
    return bare;
  }

  private boolean isWord(Bytes line, int length) {
    return (length == word.length() && begins(line, word, length))
        || (length == otherWord.length() && begins(line, otherWord, length));
  }

  private boolean beginsWord(Bytes line, int length) {
    return (length <= word.length() && begins(line, word, length))
        || (length <= otherWord.length() && begins(line, otherWord, length));
  }

  private static boolean begins(Bytes line, String word, int length) {
    for (int i = 0; i < length; i++) {
      if (line.at(i) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Whitespace of ASCII. */
  static boolean isSpace(byte value) {
    return value == ' ' || (value >= '\t' && value <= '\r');
  }
}
