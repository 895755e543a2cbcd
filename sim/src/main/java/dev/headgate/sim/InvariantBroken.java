package dev.headgate.sim;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Something happened that must never happen. An {@link Error}, so that nothing between the place
 * that sees it and the end of the history takes it for an ordinary failure.
 */
public final class InvariantBroken extends AssertionError {
  @Serial private static final long serialVersionUID = 1;

  /** So many characters of a message tell one kind from another. */
  private static final int KIND = 30;

  public InvariantBroken(String message) {
    super(message);
  }

  /** A message without its particulars: what breaks in the same way says the same. */
  public static String kind(String message) {
    if (message.lines().skip(1).anyMatch(line -> line.startsWith("\tat "))) {
      return String.join(" ", message.lines().limit(3).toList()).replaceAll("\\d+", "#");
    }
    String first = message.lines().findFirst().orElse("");
    String flat = first.replaceAll("\\b([a-z]{0,2}\\d+|c[a-z])\\b", "#");
    return flat.substring(0, Math.min(flat.length(), KIND));
  }

  // The annotation that it asks for would be a dependency for this one method.
  @SuppressWarnings("AnnotateFormatMethod")
  public static void unless(boolean holds, String message, @Nullable Object... arguments) {
    if (!holds) {
      throw new InvariantBroken(message.formatted(arguments));
    }
  }
}
