/** The command: options, display, exit codes. */
module dev.headgate.cli {
  requires dev.headgate.conduct;
  requires dev.headgate.model;
  requires dev.headgate.subunit;
  requires info.picocli;
  requires tools.jackson.core;
  requires static org.jspecify;

  // picocli sets the annotated fields of commands by reflection.
  opens dev.headgate.cli to
      info.picocli;
}
