package dev.headgate.sim;

import dev.headgate.conduct.Probe;
import java.io.Serial;

/** The process ends here as if killed. An {@link Error}, so that nothing on its way catches it. */
final class SimulatedCrash extends Error {
  @Serial private static final long serialVersionUID = 1;

  private final Probe.Point point;

  SimulatedCrash(Probe.Point point) {
    super("at " + point, null, false, false);
    this.point = point;
  }

  Probe.Point point() {
    return point;
  }
}
