package dev.headgate.reports;

import dev.headgate.subunit.Event;
import java.io.IOException;

/**
 * Turns the events of one stream into a report.
 *
 * <p>No event makes it fail: text that the format cannot say is replaced or escaped as the format's
 * page says. It keeps a bounded part of the stream in memory. Confined to one thread; what the
 * output stream throws comes through, and then the report is incomplete.
 */
public interface ReportWriter {
  /** Takes the next event. */
  void accept(Event event) throws IOException;

  /**
   * Writes what is left, with tests that began and did not end as such; does not close the output
   * stream. Nothing may follow.
   */
  void end() throws IOException;
}
