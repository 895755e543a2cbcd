package dev.headgate.runner;

import dev.headgate.model.AttemptEnd;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.RawOutput;
import java.io.IOException;

/**
 * Takes what one attempt of a job says, and at last how it ended.
 *
 * <p>Called by threads of the runner, one call at a time, each seeing what the one before it did.
 * While a call takes its time, the job's pipes fill and the job waits: a slow sink costs time, not
 * memory. How long a call may take is the sink's to bound.
 */
public interface OutputSink {
  /**
   * The file name of events that carry remarks of the runner itself, each of whole lines: output
   * that was dropped, processes that were left behind, damaged packets.
   */
  String NOTE = "headgate.note";

  /**
   * The step of the route code under which the events of report files come: those of {@code
   * target/a.xml} have the attempt's route, this, and the file's path, as in {@code
   * unit/1/report/target/a.xml}. Each file has a route of its own because two may name their tests
   * alike, and one route would make the second an attempt of the first.
   */
  String REPORT = "report";

  /**
   * The next event. The events of the job come as they are, under the route of the attempt; they
   * are never dropped. The events of a report file come in one piece when it is complete, under
   * {@link #REPORT}, with the times that it gives, else with that of its last change. Other bytes
   * come as {@link RawOutput} of the attempt's route, with a time: put together in order they are
   * the raw output without the packets, as far as it is kept ({@link RunnerSettings}). Damaged
   * packets are among them.
   *
   * @throws IOException if the event cannot be kept: the job is then ended at once, and the attempt
   *     ends by a fault that gives the exception's message
   */
  void event(Event event) throws IOException;

  /** Called exactly once, after the last event, when no process of the job runs any more. */
  void ended(AttemptEnd end);
}
