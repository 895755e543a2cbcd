/** The command: options, progress display, exit codes; the composition root of one call. */
module dev.headgate.cli {
  requires dev.headgate.adapter.git;
  requires dev.headgate.conduct;
  requires dev.headgate.config;
  requires dev.headgate.gate;
  requires dev.headgate.model;
  requires dev.headgate.reports;
  requires dev.headgate.runner;
  requires dev.headgate.sim;
  requires dev.headgate.store;
  requires dev.headgate.subunit;
  requires info.picocli;
  requires static org.jspecify;
  requires tools.jackson.core;

  // picocli sets the annotated fields of commands by reflection.
  opens dev.headgate.cli to
      info.picocli;
}
