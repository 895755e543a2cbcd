package dev.headgate.subunit;

import org.jspecify.annotations.Nullable;

/** Arithmetic of route codes: steps, outermost first, joined by slashes. */
public final class Routes {
  private Routes() {}

  /**
   * Puts a step before a route code.
   *
   * @param step one or more steps; never empty
   * @param route the code below it; null and empty mean none
   */
  public static String join(String step, @Nullable String route) {
    if (step.isEmpty()) {
      throw new IllegalArgumentException("a route step must not be empty");
    }
    return route == null || route.isEmpty() ? step : step + "/" + route;
  }

  /** True if {@code route} is {@code prefix} or lies below it. */
  public static boolean isUnder(String prefix, @Nullable String route) {
    return route != null
        && route.startsWith(prefix)
        && (route.length() == prefix.length() || route.charAt(prefix.length()) == '/');
  }

  /**
   * What is left of a route for whoever sits at its first step.
   *
   * @return the steps after the first; null if there are none: the event is for the receiver
   */
  public static @Nullable String afterFirst(String route) {
    int slash = route.indexOf('/');
    return slash < 0 ? null : route.substring(slash + 1);
  }
}
