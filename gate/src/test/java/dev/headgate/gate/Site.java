package dev.headgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.Need;
import dev.headgate.model.ProjectId;
import dev.headgate.model.Revision;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * A gate and a little world around it, told in changes and jobs by name. A content is spelled as
 * what is in it: {@code m+a+b} is tip {@code m} with changes a and b merged. Every effect is
 * spelled as a sentence, such as {@code start test of a on m+a}.
 *
 * <p>With each event it also checks that the rows kept so far, in any order, make a machine that
 * takes the same step, and that the step's changes lead to the machine's rows.
 */
final class Site {
  static final BranchRef MAIN = new BranchRef(new ProjectId("p"), "main");
  static final JobGraph ONE_JOB = graph(Job.of("test", "make test"));

  private GateSettings settings;
  private final Gate gate;
  private final Random order = new Random(1);
  private final Map<Row.Key, Row> kept = new HashMap<>();
  private final Set<String> transitions = new TreeSet<>();
  private final Map<String, Effect.Prepare> prepares = new LinkedHashMap<>();
  private final Map<String, List<Effect.Start>> starts = new LinkedHashMap<>();
  private final Map<String, Effect.Land> lands = new LinkedHashMap<>();
  private final List<Effect> effects = new ArrayList<>();
  private final Map<String, ItemEnd> ends = new LinkedHashMap<>();
  private JobGraph jobs = ONE_JOB;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  private Site(GateSettings settings) {
    this.settings = settings;
    this.gate = Gate.load(List.of(), settings);
    gate.rows().forEach(row -> kept.put(row.key(), row));
  }

  /** A site whose tip is {@code m}, with so many slots. */
  static Site slots(int slots) {
    return empty(GateSettings.DEFAULT).capacity(slots).tip("m");
  }

  /** A site that knows nothing yet. */
  static Site empty(GateSettings settings) {
    return new Site(settings);
  }

  /** What every preparation from now on finds as its jobs. */
  Site jobs(Job... jobs) {
    this.jobs = graph(jobs);
    return this;
  }

  static JobGraph graph(Job... jobs) {
    return new JobGraph(List.of(jobs));
  }

  static Job job(String name, Need... needs) {
    return job(name, true, 3, 0, needs);
  }

  static Job nonVoting(String name, Need... needs) {
    return job(name, false, 3, 0, needs);
  }

  static Job job(String name, boolean voting, int attempts, int retry, Need... needs) {
    return new Job(
        new JobName(name),
        "make " + name,
        List.of(needs),
        Duration.ofMinutes(1),
        voting,
        attempts,
        retry,
        List.of(),
        Map.of(),
        List.of());
  }

  static Need hard(String job) {
    return new Need(new JobName(job), true);
  }

  static Need soft(String job) {
    return new Need(new JobName(job), false);
  }

  static Change change(String name, String... dependsOn) {
    return change(MAIN, name, name, dependsOn);
  }

  static Change change(BranchRef target, String name, String revision, String... dependsOn) {
    List<ChangeId> needs = new ArrayList<>();
    for (String other : dependsOn) {
      needs.add(new ChangeId(other));
    }
    return new Change(new ChangeId(name), target, new Revision(revision), needs, "Title " + name);
  }

  Site capacity(int slots) {
    on(new Event.CapacityChanged(slots));
    return this;
  }

  Site tip(String content) {
    on(new Event.TipMoved(MAIN, new Content(content)));
    return this;
  }

  // Facts, each answering the newest open effect of its kind; they return the effects as sentences.

  List<String> enqueue(String name, String... dependsOn) {
    return on(new Event.Enqueued(change(name, dependsOn)));
  }

  List<String> dequeue(String name) {
    return on(new Event.Dequeued(new ChangeId(name), "somebody asked for it"));
  }

  List<String> merges(String change) {
    return merges(change, jobs);
  }

  List<String> merges(String change, JobGraph graph) {
    Effect.Prepare open = preparation(change);
    Content content = new Content(open.baseOfChange() + "+" + open.change().revision());
    return on(
        new Event.Prepared(
            open.preparation(), open.change(), content, graph, List.of("src/" + change)));
  }

  List<String> conflicts(String change) {
    return on(
        new Event.Conflicted(
            preparation(change).preparation(), "src/" + change + " is changed by both"));
  }

  List<String> hasBrokenConfig(String change) {
    return on(
        new Event.ConfigBroken(
            preparation(change).preparation(), ".headgate.yaml:3:5: unknown key 'rnu'"));
  }

  List<String> begins(String change, String job) {
    return on(new Event.BuildStarted(build(change, job).build()));
  }

  List<String> passes(String change) {
    return passes(change, "test");
  }

  List<String> passes(String change, String job) {
    return ends(change, job, Verdict.Kind.PASSED, "");
  }

  List<String> fails(String change) {
    return fails(change, "test");
  }

  List<String> fails(String change, String job) {
    return ends(change, job, Verdict.Kind.FAILED, "exit status 1");
  }

  List<String> faults(String change, String job) {
    return ends(change, job, Verdict.Kind.ENVIRONMENT, "disk full");
  }

  List<String> ends(String change, String job, Verdict.Kind kind, String reason) {
    return on(
        new Event.BuildEnded(
            build(change, job).build(), new Verdict(kind, reason), TestCounts.NONE));
  }

  List<String> loses(String change, String job) {
    return on(new Event.BuildLost(build(change, job).build(), "its worker vanished"));
  }

  List<String> lands(String change) {
    Effect.Land open = landing(change);
    return landsAt(change, open.move().content().value());
  }

  List<String> landsAt(String change, String tip) {
    Effect.Land open = landing(change);
    return on(new Event.Landed(open.item(), Map.of(open.move().branch(), new Content(tip))));
  }

  List<String> isRefused(String change, String tip) {
    Effect.Land open = landing(change);
    return on(
        new Event.LandRefused(
            open.item(),
            Map.of(open.move().branch(), new Content(tip)),
            "the branch could not be moved",
            Set.of()));
  }

  /**
   * Merges an item of several changes: each branch gets all that are for it.
   *
   * @param graphs the jobs of each of its changes, in their order
   */
  List<String> mergesTogether(String first, JobGraph... graphs) {
    Effect.Prepare open = preparation(first);
    Map<BranchRef, Content> contents = new HashMap<>();
    Map<ChangeId, JobGraph> found = new LinkedHashMap<>();
    for (int i = 0; i < graphs.length; i++) {
      Change change = open.changes().get(i);
      Content base = contents.getOrDefault(change.target(), open.base().get(change.target()));
      contents.put(change.target(), new Content(base + "+" + change.revision()));
      found.put(change.id(), graphs[i]);
    }
    return on(new Event.Prepared(open.preparation(), contents, found));
  }

  /** Merges the named changes in order. */
  Site mergesAll(String... changes) {
    for (String change : changes) {
      merges(change);
    }
    return this;
  }

  Site enqueueAll(String... changes) {
    for (String change : changes) {
      enqueue(change);
    }
    return this;
  }

  // What can be asked.

  Gate gate() {
    return gate;
  }

  Effect.Prepare preparation(String change) {
    return found(prepares.get(change), "preparation of " + change);
  }

  Effect.Land landing(String change) {
    return found(lands.get(change), "landing of " + change);
  }

  /** The newest build of the job for the change. */
  Effect.Start build(String change, String job) {
    return builds(change, job).getLast();
  }

  List<Effect.Start> builds(String change, String job) {
    return found(starts.get(change + "/" + job), "build of " + job + " for " + change);
  }

  /** All effects so far. */
  List<Effect> effects() {
    return effects;
  }

  int buildsStarted() {
    return (int) effects.stream().filter(Effect.Start.class::isInstance).count();
  }

  int preparations() {
    return (int) effects.stream().filter(Effect.Prepare.class::isInstance).count();
  }

  ItemEnd end(String change) {
    return found(ends.get(change), "end of " + change);
  }

  /** How everything that left has ended, in the order it left, as in {@code a landed}. */
  List<String> ended() {
    List<String> list = new ArrayList<>();
    for (Effect effect : effects) {
      if (effect instanceof Effect.Report report) {
        list.add(report.change().id() + " " + report.end().kind().code());
      }
    }
    return list;
  }

  List<String> queued() {
    return gate.queued(MAIN).stream().map(ChangeId::value).toList();
  }

  Explanation explain(String change) {
    return gate.explain(new ChangeId(change)).orElseThrow();
  }

  /** The states of all builds that have a row, as in {@code a/test running}. */
  List<String> builds() {
    List<String> list = new ArrayList<>();
    for (Row row : gate.rows()) {
      if (row instanceof Row.Build build) {
        String name =
            starts.values().stream()
                .flatMap(List::stream)
                .filter(start -> start.build().equals(build.id()))
                .map(start -> start.change().id() + "/" + start.job().name())
                .findFirst()
                .orElseThrow();
        list.add(name + " " + build.state().code());
      }
    }
    return list;
  }

  ItemId item(String change) {
    for (Row row : gate.rows()) {
      if (row instanceof Row.Item item && item.change().id().value().equals(change)) {
        return item.id();
      }
    }
    throw new NoSuchElementException(change + " is not queued");
  }

  private static <T> T found(T value, String what) {
    if (value == null) {
      throw new NoSuchElementException("there is no " + what);
    }
    return value;
  }

  // The machine.

  List<String> on(Event event) {
    now = now.plusSeconds(1);
    Gate twin = Gate.load(rowsInAnyOrder(), settings);
    Step step = gate.on(event, now);
    assertThat(twin.on(event, now)).as("step of the loaded machine on %s", event).isEqualTo(step);
    settings = gate.settings();
    keep(step);
    List<String> sentences = new ArrayList<>();
    for (Effect effect : step.effects()) {
      remember(effect);
      if (!(effect instanceof Effect.Announce)) {
        sentences.add(sentence(effect));
      }
    }
    return sentences;
  }

  private List<Row> rowsInAnyOrder() {
    List<Row> rows = new ArrayList<>(kept.values());
    Collections.shuffle(rows, order);
    return rows;
  }

  private void keep(Step step) {
    Set<Row.Key> keys = new LinkedHashSet<>();
    for (RowChange change : step.changes()) {
      switch (change) {
        case RowChange.Put put -> {
          note(kept.put(put.row().key(), put.row()), put.row());
          assertThat(keys.add(put.row().key())).as("%s changes once", put.row().key()).isTrue();
        }
        case RowChange.Delete delete -> {
          Row former = kept.remove(delete.key());
          if (!stateOf(former).isEmpty()) {
            transitions.add(delete.key().kind() + " " + stateOf(former) + " -> gone");
          }
          assertThat(keys.add(delete.key())).as("%s changes once", delete.key()).isTrue();
        }
      }
    }
    List<Row> live = gate.rows();
    if (live.size() != kept.size()
        || !live.stream().allMatch(row -> row.equals(kept.get(row.key())))) {
      assertThat(kept.values()).as("what the steps kept").containsExactlyInAnyOrderElementsOf(live);
    }
    assertThat(Gate.load(rowsInAnyOrder(), settings).rows()).isEqualTo(live);
  }

  /** The states that items and builds went through, as in {@code item waiting -> preparing}. */
  Set<String> transitions() {
    return transitions;
  }

  private void note(Row before, Row after) {
    String from = stateOf(before);
    String to = stateOf(after);
    if (!to.isEmpty() && !from.equals(to)) {
      transitions.add(after.key().kind() + " " + (from.isEmpty() ? "new" : from) + " -> " + to);
    }
  }

  private static String stateOf(Row row) {
    return switch (row) {
      case Row.Item item -> item.state().code();
      case Row.Build build -> build.state().code();
      case null, default -> "";
    };
  }

  private void remember(Effect effect) {
    effects.add(effect);
    switch (effect) {
      case Effect.Prepare e -> prepares.put(e.change().id().value(), e);
      case Effect.Start e ->
          starts
              .computeIfAbsent(e.change().id() + "/" + e.job().name(), key -> new ArrayList<>())
              .add(e);
      case Effect.Land e -> lands.put(e.change().id().value(), e);
      case Effect.Report e -> ends.put(e.change().id().value(), e.end());
      case Effect.Cancel e -> {}
      case Effect.Resume e -> {}
      case Effect.Announce e -> {}
      case Effect.Ask e -> {}
    }
  }

  private String sentence(Effect effect) {
    return switch (effect) {
      case Effect.Prepare e -> "prepare " + e.change().id() + " on " + e.baseOfChange();
      case Effect.Start e -> "start " + spell(e);
      case Effect.Cancel e -> "cancel " + spell(startOf(e));
      case Effect.Land e ->
          "land " + e.change().id() + ": " + e.move().expectedTip() + " to " + e.move().content();
      case Effect.Resume e -> "resume build " + e.build();
      case Effect.Announce e -> "announce item " + e.item();
      case Effect.Report e -> "report " + e.change().id() + " " + e.end().kind().code();
      case Effect.Ask e -> "ask " + e.branch();
    };
  }

  private Effect.Start startOf(Effect.Cancel cancel) {
    return effects.stream()
        .filter(Effect.Start.class::isInstance)
        .map(Effect.Start.class::cast)
        .filter(start -> start.build().equals(cancel.build()))
        .findFirst()
        .orElseThrow();
  }

  private static String spell(Effect.Start e) {
    return e.job().name() + " of " + e.change().id() + " on " + e.content();
  }
}
