/** Runs the gate: load, step, persist, carry out; owns the ports to the outside. */
module dev.headgate.conduct {
  requires transitive dev.headgate.gate;
  requires transitive dev.headgate.model;
  requires transitive dev.headgate.store;
  requires dev.headgate.config;
  requires static org.jspecify;
  requires tools.jackson.core;

  exports dev.headgate.conduct;
}
