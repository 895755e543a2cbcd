/** Configuration files to job graphs, with positions; the detection of build tools. */
module dev.headgate.config {
  requires transitive dev.headgate.model;
  requires static org.jspecify;
  requires org.snakeyaml.engine;

  exports dev.headgate.config;
}
