package dev.headgate.cli;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestResult;
import dev.headgate.subunit.stream.Assembler;
import dev.headgate.subunit.stream.StreamSink;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts how the attempts of a stream's tests ended, and so knows the exit code of whoever read it.
 */
final class StreamTally implements StreamSink {
  private final Map<Status, Long> attempts = new EnumMap<>(Status.class);
  private final Assembler assembler;
  private long failedRuns;

  StreamTally() {
    this(Assembler.Limits.PROMPT, result -> {});
  }

  /** Counts, and tells of each result. */
  StreamTally(Assembler.Limits limits, java.util.function.Consumer<? super TestResult> results) {
    assembler =
        new Assembler(
            limits,
            result -> {
              attempts.merge(result.status(), 1L, Long::sum);
              results.accept(result);
            });
  }

  @Override
  public void event(Event event) {
    if (event.testId() == null) {
      failedRuns += event.status().isFailure() ? 1 : 0;
    } else {
      assembler.event(event);
    }
  }

  @Override
  public void text(Bytes bytes) {}

  @Override
  public void damage(Bytes bytes) {}

  @Override
  public void end() {
    assembler.end();
  }

  /** How many attempts ended with a status; {@link Status#INPROGRESS}: hung or lost. */
  long count(Status status) {
    return attempts.getOrDefault(status, 0L);
  }

  /** Whether a test failed, passed unexpectedly or was lost, or a whole run says that it failed. */
  boolean isBad() {
    return failedRuns > 0
        || count(Status.FAIL) > 0
        || count(Status.UXSUCCESS) > 0
        || count(Status.INPROGRESS) > 0;
  }

  /**
   * The exit code after all was read and written.
   *
   * @param cut why not everything was read; it is thrown on
   */
  ExitCode exitCode(@Nullable CommandFailure cut) {
    if (cut != null) {
      throw cut;
    }
    return isBad() ? ExitCode.FAILED : ExitCode.SUCCESS;
  }
}
