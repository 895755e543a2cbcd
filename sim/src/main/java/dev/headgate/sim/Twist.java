package dev.headgate.sim;

import dev.headgate.conduct.Ports;
import dev.headgate.store.SiteStore;

/** Makes a part of the world wrong on purpose, to see that the invariants notice. */
interface Twist {
  /** Leaves everything as it is. */
  Twist NONE = new Twist() {};

  /** The ports that the conductor is given instead of the honest ones. */
  default Ports ports(Ports honest, World world) {
    return honest;
  }

  /** The store that the conductor is given instead of the honest one. */
  default SiteStore store(SiteStore honest, World world) {
    return honest;
  }
}
