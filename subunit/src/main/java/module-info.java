/** The subunit stream: packets to events and back. Stands alone; any room may use it. */
module dev.headgate.subunit {
  requires static org.jspecify;

  exports dev.headgate.subunit;
}
