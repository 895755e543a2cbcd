package dev.headgate.cli;

import dev.headgate.conduct.Watcher;
import dev.headgate.gate.BuildState;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.ItemEnd;
import dev.headgate.gate.ItemState;
import dev.headgate.gate.Row;
import dev.headgate.gate.RowChange;
import dev.headgate.gate.Step;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.Job;
import dev.headgate.model.JobName;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a display shows: the queue, its builds and how they ended, put together from the gate's rows
 * and the streams of the builds.
 *
 * <p>Thread-safe: the gate's loop and the pumps of the builds both write to it, and whoever does
 * tells the display in turn.
 */
final class Board implements Watcher {
  private final Display display;
  private final Instant startedAt;
  private final Map<ItemId, Row.Item> items = new TreeMap<>();
  private final Map<BuildId, BuildView> builds = new TreeMap<>();
  private final List<Ending> endings = new ArrayList<>();
  private int buildsStarted;
  private int buildsCancelled;

  /** A change that has left its queue, and after how long in it. */
  record Ending(Notice.Subject item, Change change, ItemEnd end, Duration elapsed) {
    /** Where its branch was moved to, or what was tested last for it; empty if nothing was. */
    Optional<Content> content() {
      return Optional.ofNullable(end.contents().get(change.target()));
    }
  }

  /** A job of one change. */
  private record Task(ChangeId change, JobName job) {}

  Board(Display display, Instant startedAt) {
    this.display = display;
    this.startedAt = startedAt;
  }

  // What displays ask; on the thread that the display is called by.

  Instant startedAt() {
    return startedAt;
  }

  List<Row.Item> items() {
    return List.copyOf(items.values());
  }

  /**
   * The builds of the item's present path, one for each job that was started, the newest of each.
   */
  List<BuildView> buildsOf(ItemId item) {
    Map<Task, BuildView> newest = new LinkedHashMap<>();
    for (BuildView build : builds.values()) {
      if (build.row().item().equals(item) && build.row().current()) {
        newest.put(new Task(build.row().change(), build.row().job()), build);
      }
    }
    return List.copyOf(newest.values());
  }

  List<ChangeId> assumed(Row.Item item) {
    List<ChangeId> names = new ArrayList<>();
    ItemId next = item.ahead();
    while (next != null) {
      Row.Item ahead = items.get(next);
      if (ahead == null) {
        break;
      }
      names.addAll(0, ahead.changes().stream().map(Change::id).toList());
      next = ahead.ahead();
    }
    return names;
  }

  List<Ending> endings() {
    return List.copyOf(endings);
  }

  int buildsStarted() {
    return buildsStarted;
  }

  int buildsCancelled() {
    return buildsCancelled;
  }

  // What is told to it.

  /** Takes what an earlier process left in the queue, without telling the display of each. */
  synchronized void resume(List<Row> rows, int unanswered) {
    for (Row row : rows) {
      if (row instanceof Row.Item item) {
        items.put(item.id(), item);
      } else if (row instanceof Row.Build build) {
        builds.put(build.id(), new BuildView(build));
      }
    }
    if (!items.isEmpty()) {
      tell(
          new Notice.Resumed(
              items.values().stream()
                  .flatMap(item -> item.changes().stream())
                  .map(Change::id)
                  .distinct()
                  .toList(),
              unanswered));
    }
  }

  @Override
  public synchronized void stepped(Event event, Step step, Instant now) {
    List<Notice> notices = new ArrayList<>();
    List<ItemId> gone = new ArrayList<>();
    for (RowChange change : step.changes()) {
      switch (change) {
        case RowChange.Put(Row.Item item) -> put(item, notices);
        case RowChange.Put(Row.Build build) -> put(build, notices);
        case RowChange.Put put -> {}
        case RowChange.Delete(Row.Key key) -> {
          if (key.kind().equals("build")) {
            forget(new BuildId(Long.parseLong(key.name())), event, now, notices);
          } else if (key.kind().equals("item")) {
            gone.add(new ItemId(Long.parseLong(key.name())));
          }
        }
      }
    }
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Report report) {
        end(report, now, notices);
      }
    }
    gone.forEach(items::remove);
    notices.forEach(this::tell);
  }

  private void end(Effect.Report report, Instant now, List<Notice> notices) {
    Row.Item item = items.remove(report.item());
    Instant since = item == null ? now : item.enqueuedAt();
    Notice.Subject subject = Notice.Subject.of(report.pipeline(), report.changes());
    for (Change change : report.changes()) {
      endings.add(new Ending(subject, change, report.end(), Duration.between(since, now)));
      notices.add(new Notice.Ended(subject, change, report.end()));
    }
  }

  /**
   * A build whose end decides its item is ended and forgotten in one step, so that its end is only
   * seen in the event.
   */
  private void forget(BuildId build, Event event, Instant now, List<Notice> notices) {
    BuildView view = builds.remove(build);
    if (view == null
        || view.row().state() == BuildState.CANCELLING
        || view.row().state() == BuildState.ENDED) {
      return;
    }
    switch (event) {
      case Event.BuildEnded end when end.build().equals(build) ->
          notices.add(ended(view, end.verdict(), end.tests(), now));
      case Event.BuildLost lost when lost.build().equals(build) ->
          notices.add(
              ended(
                  view,
                  new Verdict(Verdict.Kind.ENVIRONMENT, lost.reason()),
                  TestCounts.NONE,
                  now));
      default -> {}
    }
  }

  private void put(Row.Item item, List<Notice> notices) {
    Row.Item before = items.put(item.id(), item);
    Notice.Subject subject = Notice.Subject.of(item.queue().pipeline(), item.changes());
    if (before == null) {
      item.changes().forEach(change -> notices.add(new Notice.Queued(subject, change)));
    } else if (item.restarts() > before.restarts()) {
      notices.add(new Notice.Restarted(subject, item.lastRestart()));
    }
    if (before != null && before.state() == item.state() && before.restarts() == item.restarts()) {
      return;
    }
    if (item.state() == ItemState.TESTING) {
      notices.add(new Notice.Merged(subject, item.contents(), assumed(item), jobs(item)));
    } else if (item.state() == ItemState.UNBUILDABLE) {
      notices.add(new Notice.Unbuildable(subject, assumed(item), item.failure()));
    }
  }

  /** The names of its jobs, those of several changes once. */
  private static List<JobName> jobs(Row.Item item) {
    return item.jobs().values().stream()
        .flatMap(graph -> graph.jobs().stream())
        .map(Job::name)
        .distinct()
        .toList();
  }

  private void put(Row.Build row, List<Notice> notices) {
    BuildView known = builds.get(row.id());
    BuildView view = known == null ? new BuildView(row) : known;
    builds.put(row.id(), view);
    if (known == null) {
      buildsStarted++;
    } else if (known.row().state() == row.state()) {
      view.set(row);
      return;
    }
    view.set(row);
    switch (row.state()) {
      case STARTING, PAUSED -> {}
      case RUNNING ->
          notices.add(new Notice.BuildStarted(row.change(), row.job(), row.id(), row.attempt()));
      case CANCELLING -> {
        buildsCancelled++;
        notices.add(new Notice.BuildCancelled(row.change(), row.job(), row.id()));
      }
      case ENDED ->
          notices.add(
              ended(view, Objects.requireNonNull(row.verdict()), row.tests(), row.changedAt()));
    }
  }

  private Notice ended(BuildView view, Verdict verdict, TestCounts tests, Instant at) {
    Row.Build row = view.row();
    Row.Item item = items.get(row.item());
    Optional<Job> job =
        Optional.ofNullable(item)
            .map(known -> known.jobs().get(row.change()))
            .flatMap(graph -> graph.job(row.job()));
    boolean failed = verdict.kind() != Verdict.Kind.PASSED;
    boolean again = failed && job.isPresent() && mayRunAgain(job.get(), row, verdict);
    return new Notice.BuildEnded(
        row.change(),
        row.job(),
        row.id(),
        verdict,
        tests,
        view.elapsed(at),
        job.map(Job::voting).orElse(true),
        again,
        failed && view.failedTests() == 0 ? view.lastLines() : List.of());
  }

  /** As far as one build tells: an earlier one of another kind may have used up a try. */
  private static boolean mayRunAgain(Job job, Row.Build build, Verdict verdict) {
    return verdict.kind() == Verdict.Kind.FAILED
        ? build.attempt() <= job.retry()
        : build.attempt() < job.attempts();
  }

  /** A build's stream goes on; called by the pumps. */
  synchronized void streamed(BuildId build, dev.headgate.subunit.Event event) {
    BuildView view = builds.get(build);
    if (view == null) {
      return;
    }
    BuildView.TestEnd end = view.take(event);
    if (end != null) {
      tell(
          new Notice.TestEnded(
              view.row().change(),
              view.row().job(),
              build,
              end.test(),
              end.status(),
              end.failed(),
              end.lines()));
    }
  }

  synchronized void explain(Notice.Explained explained) {
    tell(explained);
  }

  synchronized void warn(String text) {
    tell(new Notice.Warned(text));
  }

  synchronized void tick() {
    display.tick(this);
  }

  synchronized void close() {
    display.close();
  }

  private void tell(Notice notice) {
    display.show(notice, this);
  }
}
