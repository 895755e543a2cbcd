package dev.headgate.conduct;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.ItemEnd;
import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ProjectId;
import dev.headgate.model.Revision;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ports that remember what they were asked, as sentences, and answer only when a test says so. It
 * outlives the conductors that use it, as the outside does.
 */
final class Outside {
  static final BranchRef MAIN = new BranchRef(new ProjectId("p"), "main");
  static final String ONE_JOB = "jobs: { test: make test }";

  final List<String> asked = new ArrayList<>();
  final Map<String, Workspaces.Outcomes> merges = new LinkedHashMap<>();
  final Map<String, Effect.Prepare> prepares = new LinkedHashMap<>();
  final Map<BuildId, Answers> builds = new LinkedHashMap<>();
  final Map<BuildId, Answers> cancels = new LinkedHashMap<>();
  final Map<String, Answers> lands = new LinkedHashMap<>();
  final Map<String, Effect.Land> landings = new LinkedHashMap<>();
  final List<Answers> asks = new ArrayList<>();
  final List<String> announced = new ArrayList<>();
  final List<ItemEnd> told = new ArrayList<>();

  /** What a port throws when it is asked next; null if it does its work. */
  RuntimeException failure;

  Ports ports() {
    return new Ports(this::prepare, new Refs(), new Runs(), new Mouth());
  }

  /** What was asked since the last time, which is forgotten. */
  List<String> askedSince() {
    List<String> list = List.copyOf(asked);
    asked.clear();
    return list;
  }

  private void note(String what) {
    asked.add(what);
    if (failure != null) {
      RuntimeException thrown = failure;
      failure = null;
      throw thrown;
    }
  }

  private void prepare(Effect.Prepare effect, Workspaces.Outcomes outcomes) {
    note("prepare " + effect.change().id() + " on " + effect.baseOfChange());
    merges.put(effect.change().id().value(), outcomes);
    prepares.put(effect.change().id().value(), effect);
  }

  private final class Mouth implements Reports {
    @Override
    public void announce(Effect.Announce effect) {
      announced.add(names(effect.changes()));
    }

    @Override
    public void report(Effect.Report effect) {
      note("report " + names(effect.changes()) + " " + effect.end().kind().code());
      told.add(effect.end());
    }
  }

  private static String names(List<Change> changes) {
    return changes.stream().map(change -> change.id().value()).collect(Collectors.joining("+"));
  }

  private final class Refs implements Branches {
    @Override
    public void land(Effect.Land effect, Answers answers) {
      note("land " + effect.move().content());
      lands.put(effect.change().id().value(), answers);
      landings.put(effect.change().id().value(), effect);
    }

    @Override
    public void ask(Effect.Ask effect, Answers answers) {
      note("ask " + effect.branch());
      asks.add(answers);
    }
  }

  private final class Runs implements Builds {
    @Override
    public void start(Effect.Start effect, Answers answers) {
      note("start " + effect.build() + " on " + effect.content());
      builds.put(effect.build(), answers);
    }

    @Override
    public void cancel(Effect.Cancel effect, Answers answers) {
      note("cancel " + effect.build());
      cancels.put(effect.build(), answers);
    }

    @Override
    public void resume(Effect.Resume effect, Answers answers) {
      note("resume " + effect.build());
    }
  }

  // Answers.

  void merges(String change) {
    merges(change, ONE_JOB);
  }

  void merges(String change, String configuration) {
    Effect.Prepare effect = prepares.get(change);
    merges.get(change).merge(merged(effect, effect.baseOfChange() + "+" + change, configuration));
  }

  /** The item of one change, merged. */
  static Workspaces.Merge merged(Effect.Prepare effect, String content, String configuration) {
    return new Workspaces.Merge.Merged(
        Map.of(effect.change().target(), new Content(content)),
        List.of(
            new Workspaces.MergedChange(
                effect.change().id(),
                List.of("src/" + effect.change().id()),
                Optional.ofNullable(configuration))));
  }

  void passes(long build) {
    ends(build, Verdict.Kind.PASSED);
  }

  void ends(long build, Verdict.Kind kind) {
    builds
        .get(new BuildId(build))
        .answer(new Event.BuildEnded(new BuildId(build), new Verdict(kind, ""), TestCounts.NONE));
  }

  void isCancelled(long build) {
    cancels
        .get(new BuildId(build))
        .answer(
            new Event.BuildEnded(
                new BuildId(build), new Verdict(Verdict.Kind.NONE, "cancelled"), TestCounts.NONE));
  }

  void lands(String change) {
    Effect.Land effect = landings.get(change);
    lands
        .get(change)
        .answer(new Event.Landed(effect.item(), Map.of(MAIN, effect.move().content())));
  }

  // Facts from people.

  static Event enqueued(String name) {
    return new Event.Enqueued(change(name));
  }

  static Change change(String name, String... dependsOn) {
    return new Change(
        new ChangeId(name),
        MAIN,
        new Revision(name),
        Stream.of(dependsOn).map(ChangeId::new).toList(),
        "Title " + name);
  }

  static Event dequeued(String name) {
    return new Event.Dequeued(new ChangeId(name), "asked for");
  }

  static Event tip(String content) {
    return new Event.TipMoved(MAIN, new Content(content));
  }
}
