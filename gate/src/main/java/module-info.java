/** The gate: what is tested on which path, and what may land, as one machine without IO. */
module dev.headgate.gate {
  requires transitive dev.headgate.model;
  requires static org.jspecify;

  exports dev.headgate.gate;
}
