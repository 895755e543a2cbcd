/** Git repositories, through the native program. */
module dev.headgate.adapter.git {
  requires transitive dev.headgate.conduct;
  requires transitive dev.headgate.gate;
  requires transitive dev.headgate.model;
  requires static org.jspecify;

  exports dev.headgate.adapter.git;
}
