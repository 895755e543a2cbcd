package dev.headgate.runner;

import dev.headgate.subunit.Bytes;

/** What the pumps and the conductor of an attempt give its collector, in order. */
sealed interface Chunk {
  /**
   * Bytes that the job wrote.
   *
   * @param pipe 0 for standard output, 1 for standard error
   */
  record Data(int pipe, Bytes bytes) implements Chunk {}

  /** Nothing more comes through that pipe. */
  record PipeEnd(int pipe) implements Chunk {}

  /** A remark, to be kept after the output. */
  record Note(String text) implements Chunk {}

  /** The attempt is over. */
  record Finish() implements Chunk {}
}
