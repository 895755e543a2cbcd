package dev.headgate.subunit.reader;

/** Which versions of the format a reader honours. */
public enum Format {
  /** Packets are events; all lines are text. */
  V2,

  /** Directives are events; a packet is text, or content of details. */
  V1,

  /**
   * What comes first decides: packets are events; directives are, until a packet was seen. From
   * there on no line begins a test; a version 1 test that runs may still end, with its details.
   *
   * <p>The first test of version 1 is recognised by a word with a colon, or, without one, by its
   * outcome ({@link dev.headgate.subunit.v1.V1Parser#distrustBareWords}).
   */
  AUTO,

  /** Packets and directives are events, wherever they stand. */
  BOTH
}
