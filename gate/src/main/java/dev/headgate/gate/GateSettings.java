package dev.headgate.gate;

/**
 * How a gate is run.
 *
 * @param window how many items of a queue, from its head, are prepared and built at once; at least
 *     1
 */
public record GateSettings(int window) {
  /**
   * Enough to keep a many-core machine busy; each item in it costs one merge when its path changes.
   */
  public static final GateSettings DEFAULT = new GateSettings(20);

  public GateSettings {
    if (window < 1) {
      throw new IllegalArgumentException("the window must be at least 1, got " + window);
    }
  }
}
