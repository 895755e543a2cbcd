package dev.headgate.subunit;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of texts that a packet can carry. Those of short texts that come again and again (route
 * codes, tags, names of files) are remembered, in bounded number.
 */
final class EncodedTexts {
  /** The longest text that is remembered, in chars. */
  private static final int LONGEST = 64;

  private static final int SLOTS = 64;

  /** The six bits of a hash that name one of {@code SLOTS}, spread by 2³² over the golden ratio. */
  private static final int SHIFT = 26;

  private static final int SPREAD = 0x9E3779B9;

  private final @Nullable String[] texts = new String[SLOTS];
  private final byte[][] encoded = new byte[SLOTS][];

  /** 0 or 1: which of its two places the next new text takes. */
  private int turn;

  /**
   * The bytes of a text that is likely to come again; not to be written to.
   *
   * @throws IllegalArgumentException as {@link #utf8} does
   */
  byte[] recent(String text, String what) {
    if (text.length() > LONGEST) {
      return utf8(text, what);
    }
    int slot = (text.hashCode() * SPREAD) >>> SHIFT;
    if (text.equals(texts[slot])) {
      return encoded[slot];
    }
    // Each text has two places, so that two that meet in one do not drive each other out for ever.
    slot ^= 1;
    if (!text.equals(texts[slot])) {
      slot ^= turn;
      turn ^= 1;
      encoded[slot] = utf8(text, what);
      texts[slot] = text;
    }
    return encoded[slot];
  }

  /**
   * The bytes of a text.
   *
   * @throws IllegalArgumentException if it has a NUL or half a surrogate pair, or fits no packet
   */
  static byte[] utf8(String text, String what) {
    byte[] utf8 = text.getBytes(UTF_8);
    // What cannot be encoded becomes a question mark: where there is none, and as many bytes as
    // chars, every char is its byte.
    boolean plain = utf8.length == text.length() && Utf8.isUnquestionable(utf8, 0, utf8.length);
    if (!plain) {
      requireCharacters(text, what);
    }
    if (utf8.length > Wire.MAX_PACKET) {
      throw new IllegalArgumentException(
          "a " + what + " of " + utf8.length + " bytes fits no packet");
    }
    return utf8;
  }

  private static void requireCharacters(String text, String what) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0) {
        throw new IllegalArgumentException("a " + what + " must not contain NUL");
      }
      if (Character.isSurrogate(c)) {
        boolean whole = i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1));
        if (!whole) {
          throw new IllegalArgumentException("a " + what + " contains half a surrogate pair");
        }
        i++;
      }
    }
  }
}
