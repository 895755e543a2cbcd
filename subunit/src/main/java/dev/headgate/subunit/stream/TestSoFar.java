package dev.headgate.subunit.stream;

import dev.headgate.subunit.Attachment;
import dev.headgate.subunit.Status;
import java.util.List;

/** What is known of one execution of a test while its events still come. */
public interface TestSoFar {
  /** Where it runs; empty for no route. */
  String route();

  /** The test; may be empty. */
  String testId();

  /** The last known status. */
  Status status();

  /** The tags so far; later ones may replace them until it has ended. */
  List<String> tags();

  /** The attachments so far; put together anew by every call. */
  List<Attachment> attachments();

  /**
   * True if nothing more will change: it has a final status, or it was only announced, or the
   * stream ended while it ran.
   */
  boolean ended();
}
