package dev.headgate.reports;

import dev.headgate.subunit.Bytes;

/**
 * Turns the bytes of one report into events.
 *
 * <p>Any split of the same bytes gives the same events and problems, in the same order. No bytes
 * make it throw; what a sink throws comes through, after which the reader must not be used. It
 * keeps a bounded part of the report in memory, whatever its size. Sans-IO and confined to one
 * thread.
 */
public interface ReportReader {
  /**
   * Takes the next bytes of the report.
   *
   * @throws IllegalStateException after {@link #end()}: the caller's mistake
   */
  void offer(Bytes piece);

  /**
   * Says that the report has ended: what is still open becomes known as lost, and what is missing
   * as a problem. A second call does nothing.
   */
  void end();
}
