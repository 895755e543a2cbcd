package dev.headgate.sim.scenario;

import dev.headgate.gate.Differences;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.Gate;
import dev.headgate.gate.GateSettings;
import dev.headgate.gate.QueueKey;
import dev.headgate.gate.QueueView;
import dev.headgate.gate.Row;
import dev.headgate.gate.Step;
import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.PipelineName;
import dev.headgate.model.Revision;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The real gate in a scenario's world: carries out every effect at once, and keeps what is to be
 * seen of it. Nothing ends by itself but what the gate itself ends.
 */
final class Session {
  /** More effects than any scenario has answers: a gate that never comes to rest is a bug. */
  private static final int MAX_EFFECTS_AT_ONCE = 100_000;

  /** More builds than any scenario has, and far from any overflow. */
  private static final int CAPACITY = 1_000_000;

  private final Differences differences;
  private final boolean reloads;
  private final World world;
  private final Pending pending = new Pending();
  private final Map<BuildId, LiveBuild> builds = new TreeMap<>();
  private final Map<ItemId, List<List<Mark>>> stacks = new LinkedHashMap<>();
  private final Map<Mark, List<Mark>> itemOf = new LinkedHashMap<>();
  private final List<Landing> landings = new ArrayList<>();
  private final List<SeenBuild> ended = new ArrayList<>();
  private final List<SeenReport> reports = new ArrayList<>();

  /** What a change is to make in a pipeline. */
  private record Artifact(PipelineName pipeline, Mark change, String name) {}

  private Setup setup;
  private GateSettings settings;
  private Gate gate;
  private Instant now = Instant.EPOCH;
  private final Map<Artifact, Boolean> made = new HashMap<>();
  private boolean nodesHeld;
  private boolean redefined;

  /** The queues that were entered since the site was last set up anew; empty before that. */
  private Optional<Set<QueueKey>> entered = Optional.empty();

  /** The queues that were not empty when the site was set up anew during the step. */
  private Optional<Set<QueueKey>> kept = Optional.empty();

  private Predicate<LiveBuild> endsOnceResumed = build -> false;

  /**
   * A world at the beginning of a scenario, and a gate that knows its changes.
   *
   * @param reloads whether the gate is put away and loaded from its rows after every event
   */
  Session(GateScenario scenario, Differences differences, boolean reloads) {
    this.differences = differences;
    this.reloads = reloads;
    this.setup = scenario.setup();
    this.world = new World(scenario.proposals().values());
    // Without triggers: the changes are known before anything brings them in.
    this.settings = setup.settingsWithoutTriggers(differences);
    this.gate = Gate.load(List.of(), settings);
    tell(new Event.CapacityChanged(CAPACITY));
    world.tips().forEach((branch, tip) -> tell(new Event.TipMoved(branch, tip)));
    for (Proposal proposal : scenario.proposals().values()) {
      tell(new Event.Proposed(change(proposal)));
      if (proposal.alreadyMerged()) {
        tell(new Event.MergedOutside(new ChangeId(proposal.name())));
      }
    }
    reconfigure(setup);
    entered = Optional.empty();
    beginStep(build -> false);
  }

  Setup setup() {
    return setup;
  }

  World world() {
    return world;
  }

  List<QueueView> queues() {
    return gate.queues();
  }

  /** The items, each with the very revisions that it holds. */
  Map<ItemId, Row.Item> items() {
    Map<ItemId, Row.Item> items = new LinkedHashMap<>();
    for (Row row : gate.rows()) {
      if (row instanceof Row.Item item) {
        items.put(item.id(), item);
      }
    }
    return items;
  }

  /** The builds that have not ended, in the order in which they were started. */
  List<LiveBuild> builds() {
    return List.copyOf(builds.values());
  }

  /** What landed so far, in order. */
  List<Landing> landings() {
    return List.copyOf(landings);
  }

  /** What ended since the step began. */
  List<SeenBuild> ended() {
    return List.copyOf(ended);
  }

  /** What was told since the step began. */
  List<SeenReport> reports() {
    return List.copyOf(reports);
  }

  /**
   * Begins a step: what was seen is forgotten.
   *
   * @param resumedEnd which paused builds end by themselves during it, once the gate resumes them
   */
  void beginStep(Predicate<LiveBuild> resumedEnd) {
    ended.clear();
    reports.clear();
    kept = Optional.empty();
    endsOnceResumed = resumedEnd;
  }

  /** A change as the gate is told of it now: without the dependencies that have landed. */
  Change change(Proposal proposal) {
    List<ChangeId> needs = new ArrayList<>();
    for (String other : proposal.needs()) {
      if (!world.newest(other).alreadyMerged() && !world.isMerged(other)) {
        needs.add(new ChangeId(other));
      }
    }
    Map<ChangeId, Revision> parents = new LinkedHashMap<>();
    proposal
        .parent()
        .filter(parent -> needs.contains(new ChangeId(parent.change())))
        .ifPresent(parent ->
            parents.put(
                new ChangeId(parent.change()), new Revision(Integer.toString(parent.revision()))));
    return new Change(
        new ChangeId(proposal.name()),
        proposal.target(),
        new Revision(Integer.toString(proposal.revision())),
        needs,
        proposal.name(),
        parents,
        proposal.topic(),
        Set.of());
  }

  /** Hands the gate events and then carries out what follows, until it rests. */
  void happen(Event... events) {
    for (Event event : events) {
      tell(event);
    }
    settle();
  }

  /** Sets the site up in another way, or in the same way anew. */
  void reconfigure(Setup other) {
    setup = other;
    settings = setup.settings(differences);
    entered = Optional.of(new TreeSet<>());
    tell(new Event.Reconfigured(settings));
    kept = entered.map(Set::copyOf);
    settle();
  }

  /** Whether a queue was empty when the site was set up anew during the step. */
  boolean beganAnew(QueueKey queue) {
    return kept.isPresent() && !kept.get().contains(queue);
  }

  /** Whether the window of a queue is nobody's: it was left with nothing, and begins anew. */
  boolean hasBegunAnew(QueueKey queue) {
    return entered.isPresent() && !entered.get().contains(queue);
  }

  /** Ends a build, and lets the world settle. */
  void end(LiveBuild build, Action.Ending ending) {
    switch (ending.result()) {
      case SUCCESS -> {
        take(build, "success");
        tell(
            new Event.BuildEnded(
                build.id(),
                new Verdict(Verdict.Kind.PASSED, ""),
                TestCounts.NONE,
                ending.children()));
      }
      case FAILURE -> {
        take(build, "failure");
        tell(
            new Event.BuildEnded(
                build.id(),
                new Verdict(Verdict.Kind.FAILED, "exit status 1"),
                TestCounts.NONE,
                ending.children()));
      }
      case UNREACHABLE -> {
        take(build, "lost");
        tell(new Event.BuildLost(build.id(), "its node is gone", Event.BuildLost.Again.COUNTED));
      }
      case WORKER_ABORTED -> {
        take(build, "lost");
        tell(
            new Event.BuildLost(
                build.id(), "what ran it is going down", Event.BuildLost.Again.ALWAYS));
      }
      case PAUSE -> {
        builds.put(build.id(), build.in(LiveBuild.State.PAUSED));
        tell(new Event.BuildPaused(build.id(), ending.children()));
      }
    }
    settle();
  }

  /** Ends builds with success, and only then lets the world settle. */
  void pass(List<LiveBuild> passing) {
    passing.forEach(this::pass);
    settle();
  }

  private void pass(LiveBuild build) {
    take(build, "success");
    tell(new Event.BuildEnded(build.id(), new Verdict(Verdict.Kind.PASSED, ""), TestCounts.NONE));
  }

  /** Stops the supply of nodes, or gives every waiting build its node. */
  void holdNodes(boolean held) {
    nodesHeld = held;
    if (!held) {
      for (LiveBuild build : builds()) {
        if (build.state() == LiveBuild.State.WAITING) {
          run(build);
        }
      }
      settle();
    }
  }

  /** A waiting build gets no node, ever. */
  void refuseNode(LiveBuild build) {
    builds.remove(build.id());
    happen(new Event.BuildLost(build.id(), "no node can be had", Event.BuildLost.Again.NEVER));
  }

  private void run(LiveBuild build) {
    builds.put(build.id(), build.in(LiveBuild.State.RUNNING));
    tell(new Event.BuildStarted(build.id()));
  }

  private void take(LiveBuild build, String result) {
    builds.remove(build.id());
    Effect.Start start = build.start();
    for (String name : start.job().coordination().provides()) {
      made.put(new Artifact(start.pipeline(), build.change(), name), result.equals("success"));
    }
    ended.add(SeenBuild.of(build, result));
  }

  private void tell(Event event) {
    now = now.plusSeconds(1);
    Step step = gate.on(event, now);
    step.effects().forEach(effect -> pending.add(effect, event));
    entered.ifPresent(known ->
        gate.queues().stream()
            .filter(queue -> !queue.items().isEmpty())
            .forEach(queue -> known.add(queue.key())));
    if (reloads) {
      gate = Gate.load(gate.rows(), settings);
    }
  }

  private void settle() {
    for (int done = 0; !pending.isEmpty(); done++) {
      if (done == MAX_EFFECTS_AT_ONCE) {
        throw new IllegalStateException("the gate does not come to rest");
      }
      carryOut(pending.next());
    }
    if (redefined) {
      redefined = false;
      reconfigure(setup);
    }
  }

  private void carryOut(Effect effect) {
    switch (effect) {
      case Effect.Prepare prepare -> prepare(prepare);
      case Effect.Start start -> start(start);
      case Effect.Cancel cancel -> cancel(cancel.build());
      case Effect.Resume resume -> resume(resume.build());
      case Effect.Land land -> land(land);
      case Effect.Announce announce ->
          reports.add(SeenReport.of(announce.pipeline(), announce.changes(), "start", ""));
      case Effect.Report report -> reports.addAll(SeenReport.of(report));
      case Effect.Ask(BranchRef branch) -> tell(new Event.TipMoved(branch, world.tip(branch)));
    }
  }

  private void prepare(Effect.Prepare request) {
    List<List<Mark>> stack = new ArrayList<>();
    Set<Mark> stacked = new LinkedHashSet<>();
    List<Mark> own = marks(request.changes());
    own.forEach(mark -> itemOf.put(mark, own));
    List<Mark> below = marks(request.assumed());
    below.addAll(marks(request.carried()));
    below.removeIf(mark -> world.isMerged(mark.change()));
    for (Mark mark : below) {
      List<Mark> item = itemOf.getOrDefault(mark, List.of(mark));
      List<Mark> together = below.containsAll(item) ? item : List.of(mark);
      if (stacked.addAll(together)) {
        stack.add(together);
      }
    }
    stack.add(own);
    Event answer = new Preparation(world, setup).answer(request);
    if (answer instanceof Event.Prepared) {
      stacks.put(request.item(), List.copyOf(stack));
    }
    tell(answer);
  }

  private static List<Mark> marks(List<Change> changes) {
    List<Mark> marks = new ArrayList<>();
    changes.forEach(change -> marks.add(Mark.of(change)));
    return marks;
  }

  private void start(Effect.Start start) {
    if (lacksArtifact(start)) {
      tell(
          new Event.BuildLost(
              start.build(), "what it requires was not made", Event.BuildLost.Again.NEVER));
      return;
    }
    List<List<Mark>> stack =
        Objects.requireNonNull(
            stacks.get(start.item()), () -> "build " + start.build() + " has no contents");
    LiveBuild build = LiveBuild.waiting(start, stack);
    builds.put(build.id(), build);
    if (!nodesHeld) {
      run(build);
    }
  }

  /**
   * Whether a job requires what a change below it was to make in the same pipeline, and last failed
   * to, before it left.
   */
  private boolean lacksArtifact(Effect.Start start) {
    Set<String> required = start.job().coordination().requires();
    Row.Item item = required.isEmpty() ? null : items().get(start.item());
    return item != null
        && item.carried().stream()
            .map(Mark::of)
            .anyMatch(mark ->
                required.stream()
                    .map(name -> made.get(new Artifact(start.pipeline(), mark, name)))
                    .anyMatch(Boolean.FALSE::equals));
  }

  private void cancel(BuildId id) {
    LiveBuild build = builds.get(id);
    if (build == null && !pending.forgetStart(id)) {
      return;
    }
    if (build == null) {
      tellCancelled(id);
      return;
    }
    if (build.state() == LiveBuild.State.WAITING) {
      builds.remove(id);
    } else {
      take(build, "aborted");
    }
    tellCancelled(id);
  }

  private void tellCancelled(BuildId id) {
    tell(new Event.BuildEnded(id, new Verdict(Verdict.Kind.NONE, "cancelled"), TestCounts.NONE));
  }

  private void resume(BuildId id) {
    LiveBuild build = builds.get(id);
    if (build == null) {
      return;
    }
    LiveBuild running = build.in(LiveBuild.State.RUNNING);
    builds.put(id, running);
    if (endsOnceResumed.test(running)) {
      pass(running);
    }
  }

  private void land(Effect.Land land) {
    Set<ChangeId> landed = new LinkedHashSet<>();
    List<String> now = new ArrayList<>();
    String reason = "";
    for (Change change : land.changes()) {
      Proposal proposal = world.revision(Mark.of(change));
      boolean before = world.isMerged(proposal.name());
      if (proposal.submitRefused() && !before) {
        reason = "the host refuses to merge " + proposal.name();
      } else if (world.land(proposal) instanceof World.Merge.Conflict(String detail)) {
        reason = detail;
      } else {
        landed.add(change.id());
        if (!before) {
          now.add(proposal.name());
          redefined |= redefines(proposal);
        }
      }
    }
    if (!now.isEmpty()) {
      landings.add(new Landing(queueOf(land.change().target()), now));
    }
    Map<BranchRef, Content> tips = new TreeMap<>();
    land.moves().forEach(move -> tips.put(move.branch(), world.tip(move.branch())));
    tell(
        landed.size() == land.changes().size()
            ? new Event.Landed(land.item(), tips)
            : new Event.LandRefused(land.item(), tips, reason, landed));
  }

  /** Whether its landing gives its project other jobs, so that the site is set up anew. */
  private boolean redefines(Proposal proposal) {
    return proposal.redefines().isPresent()
        && setup.inRepository().contains(proposal.project().value());
  }

  /** Lands a change by other means; why it cannot be merged, else empty. */
  Optional<String> landOutside(Proposal proposal) {
    if (world.land(proposal) instanceof World.Merge.Conflict(String detail)) {
      return Optional.of(detail);
    }
    landings.add(new Landing(queueOf(proposal.target()), List.of(proposal.name())));
    happen(new Event.TipMoved(proposal.target(), world.tip(proposal.target())));
    happen(new Event.MergedOutside(new ChangeId(proposal.name())));
    if (redefines(proposal)) {
      reconfigure(setup);
    }
    return Optional.empty();
  }

  private String queueOf(BranchRef target) {
    String name = setup.queueOf(target.project().value());
    boolean perBranch =
        setup.queues().stream().anyMatch(queue -> queue.name().equals(name) && queue.perBranch());
    return perBranch ? name + "@" + target.branch() : name;
  }

  /** The running build of that job for that change, the newest if there are several. */
  Optional<LiveBuild> running(Action.Ending ending) {
    return builds.values().stream()
        .filter(build -> build.state() != LiveBuild.State.WAITING)
        .filter(build -> build.start().job().name().equals(ending.job()))
        .filter(build -> build.change().change().equals(ending.change()))
        .filter(build ->
            ending.pipeline().isEmpty() || ending.pipeline().get().equals(build.start().pipeline()))
        .filter(build -> SeenBuild.of(build, "").isOn(ending.stack()))
        .reduce((one, other) -> other);
  }
}
