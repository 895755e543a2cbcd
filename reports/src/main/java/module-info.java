/** Other tools' results to events and back. */
module dev.headgate.reports {
  requires static org.jspecify;
  requires transitive dev.headgate.subunit;

  exports dev.headgate.reports;
}
