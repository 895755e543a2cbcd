package dev.headgate.runner;

import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A value in the environment of an attempt's processes by which they are found wherever they hide.
 *
 * <p>An attempt that runs inside another one has the other's mark as the beginning of its own, so
 * that who ends the outer finds the inner too.
 *
 * @param value hexadecimal digits, groups of them separated by dots
 */
record Mark(String value) {
  /** The variable that carries it; {@code supervisor.sh} knows it too. */
  static final String VARIABLE = "HEADGATE_MARK";

  private static final String FORM = "[0-9a-f]{32}(\\.[0-9a-f]{32})*";

  /** Cannot be guessed or met by chance: it decides what is killed. */
  private static final int RANDOM_BYTES = 16;

  private static final SecureRandom RANDOM = new SecureRandom();

  Mark {
    if (!value.matches(FORM)) {
      throw new IllegalArgumentException("no mark of an attempt: " + value);
    }
  }

  /**
   * A new mark.
   *
   * @param outer the mark of the attempt that we ourselves run in, as our environment has it, or
   *     null; anything else is taken for null
   */
  static Mark fresh(@Nullable String outer) {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    String own = HexFormat.of().formatHex(random);
    boolean nested = outer != null && outer.matches(FORM);
    return new Mark(nested ? outer + "." + own : own);
  }

  /** The part that is this attempt's alone. */
  String own() {
    return value.substring(value.lastIndexOf('.') + 1);
  }
}
