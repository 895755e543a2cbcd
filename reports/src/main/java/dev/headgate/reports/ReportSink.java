package dev.headgate.reports;

import dev.headgate.subunit.Event;

/** Where a reader's findings go, in the order of the report. */
public interface ReportSink {
  /**
   * What the report says of a test, or of its run as a whole. The event has no route; every text in
   * it can be encoded as a packet.
   */
  void event(Event event);

  /** What is wrong with the report; the events before and after it stand. */
  void problem(Problem problem);
}
