/** The deterministic world that drives the real machine; also behind {@code headgate simulate}. */
module dev.headgate.sim {
  requires dev.headgate.conduct;
  requires transitive dev.headgate.config;
  requires dev.headgate.gate;
  requires dev.headgate.model;
  requires dev.headgate.store;
  requires static org.jspecify;

  exports dev.headgate.sim;
  exports dev.headgate.sim.machine;
  exports dev.headgate.sim.scenario;
}
