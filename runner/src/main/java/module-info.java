/** Processes: spawn, capture, time out, kill. */
module dev.headgate.runner {
  requires static org.jspecify;
  requires dev.headgate.reports;
  requires transitive dev.headgate.model;
  requires transitive dev.headgate.subunit;

  exports dev.headgate.runner;
}
