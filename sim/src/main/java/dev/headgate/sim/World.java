package dev.headgate.sim;

import dev.headgate.gate.Effect;
import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.ProjectId;
import dev.headgate.model.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What surrounds the process that gates, as it really is: time, the repository, the machines and
 * what really ran on them. None of it is lost in a crash but what the process itself ran.
 */
final class World {
  private static final ProjectId PROJECT = new ProjectId("project");

  final Dice dice;
  final Timeline timeline = new Timeline();
  final Trail trail;
  final Tally tally = new Tally();
  final Scenario scenario;
  final Repository repository;

  /** The builds that run right now. */
  final Map<BuildId, Effect.Start> running = new LinkedHashMap<>();

  /** The items that a port really landed, in order. */
  final List<Landing> landings = new ArrayList<>();

  /** Told of each change whose landing is about to be tried; people act on that. */
  Consumer<ChangeId> whenLanding = change -> {};

  private final Map<BuildId, List<Verdict>> ends = new HashMap<>();
  private final Set<Pass> passes = new HashSet<>();
  private final Set<ChangeId> landedChanges = new HashSet<>();
  private boolean calm;

  /** A branch was moved for an item. */
  record Landing(BranchRef branch, ItemId item, Content content) {}

  private record Pass(Content content, JobName job) {}

  World(Dice dice, boolean fingerprinted) {
    this.dice = dice;
    this.trail = new Trail(timeline, fingerprinted);
    this.scenario = new Scenario(dice.split());
    this.repository = new Repository(scenario);
    repository.create(new BranchRef(PROJECT, "main"));
    if (dice.chance(15)) {
      repository.create(new BranchRef(PROJECT, "release"));
    }
  }

  /** From now on nothing goes wrong any more. */
  void calmDown() {
    calm = true;
  }

  boolean isCalm() {
    return calm;
  }

  /** Whether something of this kind goes wrong now; {@code weight} scales the world's trouble. */
  boolean goesWrong(double weight) {
    return !calm && scenario.trouble > 0 && dice.chance(scenario.trouble * weight);
  }

  /** A build has really ended so; it runs no more. */
  void ended(Effect.Start start, Verdict verdict) {
    running.remove(start.build());
    ends.computeIfAbsent(start.build(), id -> new ArrayList<>()).add(verdict);
    if (verdict.kind() == Verdict.Kind.PASSED) {
      passes.add(new Pass(start.content(), start.job().name()));
    }
  }

  /** Whether the build really ended with that verdict once. */
  boolean endedWith(BuildId build, Verdict.Kind kind) {
    return ends.getOrDefault(build, List.of()).stream().anyMatch(verdict -> verdict.kind() == kind);
  }

  /** Whether the job really ran on that content and passed. */
  boolean hasPassed(Content content, JobName job) {
    return passes.contains(new Pass(content, job));
  }

  /** A build begins to run. */
  void begins(Effect.Start start) {
    InvariantBroken.unless(
        running.put(start.build(), start) == null, "build %s runs twice", start.build());
    tally.count(Happening.BUILD_STARTED);
  }

  /** Moves a branch for an item, after checking that this is right; it is the heart of it all. */
  void land(Effect.Land effect) {
    BranchRef branch = effect.move().branch();
    Content content = effect.move().content();
    Tree landed = repository.tree(content);
    Tree parent = landed.parent();
    Content tip = repository.tip(branch).content();
    InvariantBroken.unless(
        parent != null && parent.content().equals(tip),
        "%s was moved from %s to %s, which is not built on it",
        branch,
        tip,
        content);
    checkPassed(landed);
    for (ChangeId needed : effect.change().dependsOn()) {
      InvariantBroken.unless(
          hasLanded(needed) || landed.holdsSomeOf(needed.value()),
          "%s landed before %s",
          effect.change().id(),
          needed);
    }
    InvariantBroken.unless(!hasLanded(effect.item()), "item %s landed twice", effect.item());
    landedChanges.add(effect.change().id());
    landings.add(new Landing(branch, effect.item(), content));
    repository.move(branch, content);
    trail.note("%s is moved to %s", branch, content);
  }

  private void checkPassed(Tree landed) {
    Optional<JobGraph> jobs = repository.jobs(landed);
    InvariantBroken.unless(
        jobs.isPresent(), "%s landed with a broken configuration", landed.content());
    for (Job job : jobs.orElse(JobGraph.EMPTY).jobs()) {
      InvariantBroken.unless(
          !job.voting() || hasPassed(landed.content(), job.name()),
          "%s landed though %s never passed on it",
          landed.content(),
          job.name());
    }
  }

  boolean hasLanded(ItemId item) {
    return landings.stream().anyMatch(landing -> landing.item().equals(item));
  }

  /** A branch was to be moved for an item and held its content already. */
  void foundLanded(Effect.Land effect) {
    landedChanges.add(effect.change().id());
  }

  /** Whether some revision of the change ever landed, or was found to have. */
  boolean hasLanded(ChangeId change) {
    return landedChanges.contains(change);
  }

  /** The process died, and the builds that it ran with it. */
  void processDied() {
    timeline.processDied();
    running.clear();
  }
}
