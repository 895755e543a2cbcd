package dev.headgate.sim;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Something happened that must never happen. An {@link Error}, so that nothing between the place
 * that sees it and the end of the history takes it for an ordinary failure.
 */
public final class InvariantBroken extends AssertionError {
  @Serial private static final long serialVersionUID = 1;

  public InvariantBroken(String message) {
    super(message);
  }

  // The annotation that it asks for would be a dependency for this one method.
  @SuppressWarnings("AnnotateFormatMethod")
  public static void unless(boolean holds, String message, @Nullable Object... arguments) {
    if (!holds) {
      throw new InvariantBroken(message.formatted(arguments));
    }
  }
}
