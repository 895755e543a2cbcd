package dev.headgate.conduct;

import dev.headgate.gate.BuildState;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.ItemEnd;
import dev.headgate.gate.ItemState;
import dev.headgate.gate.QueueKey;
import dev.headgate.gate.Row;
import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.Coordination;
import dev.headgate.model.ItemId;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.Need;
import dev.headgate.model.Outcome;
import dev.headgate.model.PipelineName;
import dev.headgate.model.PreparationId;
import dev.headgate.model.ProjectId;
import dev.headgate.model.Revision;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Invents rows and effects whose every field may be anything that it may be. */
final class Samples {
  private static final List<String> PARTS =
      List.of(
          "a", "main", "\"", "\\", "\n", "\t", "\r\n", "\u0000", "\u001b", "/", " ", "é", "漢", "😀",
          "\u2028", "{}", "null", "'", "0", "\u007f", "\ufeff");

  private final Random random;

  Samples(long seed) {
    this.random = new Random(seed);
  }

  Row row() {
    return switch (random.nextInt(10)) {
      case 8 ->
          new Row.Forecast(
              new ChangeId(name()),
              random.nextBoolean() ? Optional.of(random.nextDouble()) : Optional.empty(),
              random.nextBoolean() ? Optional.of(Set.of(name())) : Optional.empty());
      case 9 -> new Row.Flakiness(new JobName(name()), random.nextDouble());
      case 0 -> new Row.Site(random.nextInt(100), number(), number(), number(), number(), number());
      case 1 -> new Row.Tip(branch(), content());
      case 2 -> new Row.Freeze(branch(), text());
      case 3 -> new Row.Queue(queue(), random.nextInt(100));
      case 4 -> new Row.PipelineState(pipeline(), random.nextInt(9), random.nextBoolean());
      case 5 ->
          new Row.Known(change(), number(), pick(Row.Known.Status.values()), random.nextBoolean());
      case 6 -> item();
      default -> build();
    };
  }

  private Row.Item item() {
    return new Row.Item(
        new ItemId(number()),
        queue(),
        number(),
        changes(),
        list(this::change),
        new ChangeId(name()),
        random.nextInt(),
        pick(ItemState.values()),
        maybe(() -> new PreparationId(number())),
        contents(),
        maybe(() -> new ItemId(number())),
        contents(),
        map(() -> new ChangeId(name()), this::graph),
        text(),
        pick(ItemEnd.Cause.values()),
        random.nextBoolean(),
        text(),
        text(),
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextInt(1_000),
        text(),
        instant());
  }

  private Row.Build build() {
    return new Row.Build(
        new BuildId(number()),
        new ItemId(number()),
        new ChangeId(name()),
        new JobName(name()),
        1 + random.nextInt(20),
        text(),
        contents(),
        list(this::text),
        random.nextBoolean(),
        pick(BuildState.values()),
        text(),
        pick(Event.BuildLost.Again.values()),
        random.nextBoolean()
            ? Optional.empty()
            : Optional.of(Set.copyOf(list(() -> new JobName(name() + number())))),
        maybe(this::verdict),
        tests(),
        instant());
  }

  Effect effect() {
    return switch (random.nextInt(8)) {
      case 0 ->
          new Effect.Prepare(
              new PreparationId(number()),
              new ItemId(number()),
              pipeline(),
              changes(),
              list(this::change),
              contents(),
              list(this::change));
      case 1 ->
          new Effect.Start(
              new BuildId(number()),
              new ItemId(number()),
              pipeline(),
              change(),
              graph().jobs().getFirst(),
              contents(),
              list(() -> new ChangeId(name())),
              1 + random.nextInt(9));
      case 2 -> new Effect.Cancel(new BuildId(number()));
      case 3 -> new Effect.Resume(new BuildId(number()));
      case 4 ->
          new Effect.Land(
              new ItemId(number()),
              pipeline(),
              changes(),
              list(() -> new Effect.Move(branch(), content(), content())));
      case 5 -> new Effect.Announce(new ItemId(number()), pipeline(), changes());
      case 6 ->
          new Effect.Report(
              new ItemId(number()),
              pipeline(),
              changes(),
              end(),
              random.nextBoolean(),
              random.nextBoolean());
      default -> new Effect.Ask(branch());
    };
  }

  private ItemEnd end() {
    return new ItemEnd(
        pick(ItemEnd.Kind.values()),
        pick(ItemEnd.Cause.values()),
        pick(Outcome.values()),
        text(),
        contents(),
        contents(),
        list(() ->
            new ItemEnd.JobEnd(
                new ChangeId(name()),
                new JobName(name()),
                text(),
                new BuildId(number()),
                verdict(),
                tests(),
                random.nextBoolean(),
                random.nextInt(9))));
  }

  private QueueKey queue() {
    return new QueueKey(pipeline(), name(), text());
  }

  private PipelineName pipeline() {
    return new PipelineName(name());
  }

  /** At least one. */
  private List<Change> changes() {
    List<Change> changes = list(this::change);
    changes.add(change());
    return changes;
  }

  private Change change() {
    String id = name();
    List<ChangeId> needs = list(() -> new ChangeId(id + name()));
    Map<ChangeId, Revision> parents = new TreeMap<>();
    needs.stream()
        .filter(need -> random.nextBoolean())
        .forEach(need -> parents.put(need, new Revision(name())));
    return new Change(
        new ChangeId(id),
        branch(),
        new Revision(name()),
        needs,
        text(),
        parents,
        text(),
        new TreeSet<>(list(this::text)));
  }

  private Map<BranchRef, Content> contents() {
    return map(this::branch, this::content);
  }

  private BranchRef branch() {
    return new BranchRef(new ProjectId(name()), name());
  }

  private Content content() {
    return new Content(name());
  }

  private JobGraph graph() {
    List<Job> jobs = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      List<Need> needs = new ArrayList<>();
      jobs.forEach(earlier -> {
        if (random.nextBoolean()) {
          needs.add(new Need(earlier.name(), random.nextBoolean()));
        }
      });
      Map<String, String> env = new TreeMap<>();
      list(this::name).forEach(variable -> env.put(variable, text()));
      jobs.add(
          new Job(
              new JobName(name() + i),
              name(),
              needs,
              Duration.ofMillis(number()),
              random.nextBoolean(),
              1 + random.nextInt(5),
              random.nextInt(5),
              list(this::text),
              env,
              list(this::text),
              random.nextBoolean() ? Coordination.NONE : coordination(),
              list(this::text)));
    }
    return new JobGraph(jobs);
  }

  private Coordination coordination() {
    return new Coordination(
        random.nextBoolean(),
        new TreeSet<>(list(this::text)),
        new TreeSet<>(list(this::text)),
        list(this::text),
        new TreeSet<>(list(() -> new ProjectId(name()))),
        pick(Coordination.Deduplication.values()),
        random.nextBoolean());
  }

  private Verdict verdict() {
    return new Verdict(pick(Verdict.Kind.values()), text());
  }

  private TestCounts tests() {
    return new TestCounts(random.nextInt(9), random.nextInt(9), random.nextInt(9), number());
  }

  private Instant instant() {
    return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
  }

  private long number() {
    return 1 + (random.nextLong() >>> (1 + random.nextInt(62)));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i > 0; i--) {
      text.append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return text.toString();
  }

  private String name() {
    return text() + "x";
  }

  private <T> List<T> list(Supplier<T> element) {
    List<T> list = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      list.add(element.get());
    }
    return list;
  }

  private <K extends Comparable<K>, V> Map<K, V> map(Supplier<K> key, Supplier<V> value) {
    Map<K, V> map = new TreeMap<>();
    list(key).forEach(one -> map.put(one, value.get()));
    return map;
  }

  private <T> T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }

  private <T> T pick(T[] among) {
    return among[random.nextInt(among.length)];
  }
}
