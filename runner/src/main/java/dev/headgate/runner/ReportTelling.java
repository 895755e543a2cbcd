package dev.headgate.runner;

import dev.headgate.reports.Problem;
import dev.headgate.reports.ReadSettings;
import dev.headgate.reports.ReportSink;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** The second reading of a report: passes on what was not told of it before. */
final class ReportTelling {
  /** Where what is told goes. */
  interface Output {
    /** An event of the report, its route code relative to the attempt's. */
    void event(Event event) throws IOException;

    /** A remark on the report. */
    void note(String text) throws IOException;
  }

  /** A report that is wrong is so in many places; the rest is for the tool that wrote it. */
  private static final int MOST_PROBLEMS = 5;

  /** The packet's range of times. */
  private static final Instant LAST = Instant.ofEpochSecond(0xFFFF_FFFFL);

  private final Path workspace;
  private final String name;
  private final FileStamp stamp;
  private final ReportSurvey survey;
  private final ReportTally told;
  private final ReportTally now = new ReportTally();
  private boolean done;
  private String unreadable = "";

  ReportTelling(
      Path workspace, String name, FileStamp stamp, ReportSurvey survey, ReportTally told) {
    this.workspace = workspace;
    this.name = name;
    this.stamp = stamp;
    this.survey = survey;
    this.told = told;
  }

  /** The report's path, as a person may see it. */
  static String shown(String name) {
    StringBuilder shown = new StringBuilder(name.length());
    name.codePoints().map(c -> isPlain(c) ? c : 0xFFFD).forEach(shown::appendCodePoint);
    return shown.toString();
  }

  private static boolean isPlain(int c) {
    return !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
  }

  /**
   * Tells it.
   *
   * @throws IOException what the output throws; a fault of the file or of its reader is a note
   */
  void tell(Output output) throws IOException {
    Told sink = new Told(output);
    try (ReportPass pass = ReportPass.open(workspace, name, stamp.size())) {
      Instant start = survey.start(stamp.written().toInstant());
      pass.read(survey.format(), ReadSettings.defaults().withStart(start), sink, () -> true);
      done = true;
    } catch (OutputFailed e) {
      throw e.rethrow();
    } catch (IOException e) {
      unreadable = "it cannot be read: " + e;
      output.note(shown(name + ": " + unreadable));
    } catch (RuntimeException e) {
      output.note(shown(name + ": its reader has a bug, the rest is not read: " + e));
    }
    sink.end();
  }

  /** Whether it was told to its end. */
  boolean isDone() {
    return done;
  }

  /** Why the file could not be read, or an empty text. */
  String unreadable() {
    return unreadable;
  }

  /** What was told, or was known to have been told before. */
  ReportTally tally() {
    return now;
  }

  /** Carries what an output threw through a reader, which is none of the reader's faults. */
  private static final class OutputFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    OutputFailed(Exception cause) {
      super(cause);
    }

    IOException rethrow() throws IOException {
      if (getCause() instanceof RuntimeException bug) {
        throw bug;
      }
      return getCause() instanceof IOException failure ? failure : new IOException(getCause());
    }
  }

  private final class Told implements ReportSink {
    private final Output output;
    private final Set<String> resumed = new HashSet<>();
    private final String route = OutputSink.REPORT + "/" + shown(name);
    private int problems;

    Told(Output output) {
      this.output = output;
    }

    @Override
    public void event(Event event) {
      boolean isNew = isNew(event);
      now.accept(event);
      if (isNew) {
        pass(() -> output.event(timed(event).underRoute(route)));
      }
    }

    private boolean isNew(Event event) {
      String test = event.testId();
      if (survey.wasTold(test)) {
        return false;
      }
      if (test == null || !survey.continues(test)) {
        return true;
      }
      if (event.status() != Status.NONE && now.agreesOn(test, told)) {
        resumed.add(test);
      }
      return resumed.contains(test);
    }

    private Event timed(Event event) {
      Instant written = stamp.written().toInstant();
      boolean sayable = !written.isBefore(Instant.EPOCH) && !written.isAfter(LAST);
      return event.timestamp() == null && sayable ? event.withTimestamp(written) : event;
    }

    @Override
    public void problem(Problem problem) {
      problems++;
      if (problems <= MOST_PROBLEMS) {
        pass(() -> output.note(shown(name + ":" + problem)));
      }
    }

    void end() throws IOException {
      if (problems > MOST_PROBLEMS) {
        output.note(shown(name) + ": " + (problems - MOST_PROBLEMS) + " more problems");
      }
    }

    private void pass(Step step) {
      try {
        step.run();
      } catch (IOException | RuntimeException e) {
        throw new OutputFailed(e);
      }
    }
  }

  private interface Step {
    void run() throws IOException;
  }
}
