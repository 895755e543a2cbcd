package dev.headgate.reports;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketEncoder;
import dev.headgate.subunit.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a reader made of a report, put together for assertions. */
final class Read implements ReportSink {
  final List<Event> events = new ArrayList<>();
  final List<Problem> problems = new ArrayList<>();

  /** One attempt of one test. */
  static final class Attempt {
    final String id;
    Status status = Status.NONE;
    List<String> tags = List.of();
    boolean runnable;
    Instant began;
    Instant ended;
    final Map<String, String> files = new LinkedHashMap<>();

    Attempt(String id) {
      this.id = id;
    }

    String file(String name) {
      return files.get(name);
    }

    double seconds() {
      return Duration.between(began, ended).toNanos() / 1e9;
    }

    @Override
    public String toString() {
      return id + " " + status.word();
    }
  }

  final List<Attempt> attempts = new ArrayList<>();
  final Map<String, String> runFiles = new LinkedHashMap<>();
  final List<Status> runStatuses = new ArrayList<>();

  static Read of(ReportFormat format, String report) {
    return of(format, Bytes.ofUtf8(report));
  }

  static Read of(ReportFormat format, Bytes report) {
    return of(format, ReadSettings.defaults(), report);
  }

  static Read of(ReportFormat format, ReadSettings settings, Bytes report) {
    return inPieces(format, settings, report, Math.max(1, report.length()));
  }

  static Read inPieces(ReportFormat format, ReadSettings settings, Bytes report, int piece) {
    Read read = new Read();
    ReportReader reader = Reports.reader(format, settings, read);
    for (int at = 0; at < report.length(); at += piece) {
      reader.offer(report.slice(at, Math.min(report.length(), at + piece)));
    }
    reader.end();
    return read;
  }

  @Override
  public void event(Event event) {
    // What cannot be a packet must never be told.
    PacketEncoder.encode(event);
    events.add(event);
    String text = event.fileContent().utf8();
    if (event.testId() == null) {
      if (event.hasFile()) {
        runFiles.merge(event.fileName(), text, String::concat);
      }
      if (event.status() != Status.NONE) {
        runStatuses.add(event.status());
      }
      return;
    }
    Attempt attempt = latest(event.testId());
    boolean begins = event.status() == Status.INPROGRESS || event.status() == Status.EXISTS;
    if (attempt == null || (begins && attempt.status.isFinal())) {
      attempt = new Attempt(event.testId());
      attempts.add(attempt);
    }
    if (event.hasFile()) {
      attempt.files.merge(event.fileName(), text, String::concat);
    }
    if (event.status() == Status.INPROGRESS) {
      attempt.began = event.timestamp();
    } else if (event.status().isFinal()) {
      attempt.ended = event.timestamp();
      attempt.tags = event.tags();
    }
    attempt.runnable |= event.runnable();
    if (event.status() != Status.NONE) {
      attempt.status = event.status();
    }
  }

  @Override
  public void problem(Problem problem) {
    problems.add(problem);
  }

  private Attempt latest(String id) {
    for (Attempt attempt : attempts.reversed()) {
      if (attempt.id.equals(id)) {
        return attempt;
      }
    }
    return null;
  }

  Attempt only() {
    if (attempts.size() != 1) {
      throw new AssertionError("not one attempt but " + attempts);
    }
    return attempts.getFirst();
  }

  /** {@code id status} of each attempt. */
  List<String> outcomes() {
    return attempts.stream().map(Attempt::toString).toList();
  }

  List<Problem.Kind> kinds() {
    return problems.stream().map(Problem::kind).toList();
  }

  /** Everything but the sizes of pieces, which depend on nothing that was read. */
  String everything() {
    StringBuilder all = new StringBuilder();
    events.forEach(event -> all.append(event).append('\n'));
    problems.forEach(problem -> all.append(problem).append('\n'));
    return all.toString();
  }
}
