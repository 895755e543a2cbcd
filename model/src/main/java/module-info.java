/** The vocabulary: ids and small value records that three or more rooms share. */
module dev.headgate.model {
  requires static org.jspecify;

  exports dev.headgate.model;
}
