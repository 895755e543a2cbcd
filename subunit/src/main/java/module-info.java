/** The subunit stream: packets to events and back. Stands alone; any room may use it. */
module dev.headgate.subunit {
  requires static org.jspecify;

  exports dev.headgate.subunit;
  exports dev.headgate.subunit.backchannel;
  exports dev.headgate.subunit.reader;
  exports dev.headgate.subunit.route;
  exports dev.headgate.subunit.stream;
  exports dev.headgate.subunit.v1;
}
