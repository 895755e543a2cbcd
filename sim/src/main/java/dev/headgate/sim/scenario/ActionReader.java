package dev.headgate.sim.scenario;

import dev.headgate.config.Node;
import dev.headgate.config.Values.Value;
import dev.headgate.config.Words;
import dev.headgate.model.JobName;
import dev.headgate.model.PipelineName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what a step does. */
final class ActionReader {
  private static final List<String> ENDING_KEYS =
      List.of("job", "change", "pipeline", "stack", "result", "child_jobs", "pause");
  private static final List<String> PATCHSET_KEYS =
      List.of("change", "approved", "files", "redefines", "depends_on", "child_of");

  private final Reading reading;
  private final Map<String, Proposal> proposals;
  private final Map<String, Function<Value, Action>> readers = new LinkedHashMap<>();

  /** The site as the steps read so far have left it. */
  private Setup setup;

  ActionReader(Reading reading, Setup setup, Map<String, Proposal> proposals) {
    this.reading = reading;
    this.setup = setup;
    this.proposals = proposals;
    readers.put("approve", value -> new Action.Approve(changes(value)));
    readers.put("approve_quietly", value -> new Action.ApproveQuietly(changes(value)));
    readers.put("propose", value -> new Action.Propose(changes(value)));
    readers.put("withdraw_approval", value -> new Action.WithdrawApproval(changes(value)));
    readers.put("new_patchset", this::patchset);
    readers.put("abandon", value -> new Action.Abandon(changes(value)));
    readers.put("merged_outside", value -> new Action.MergedOutside(changes(value)));
    readers.put("finish", value -> new Action.Finish(endings(value)));
    readers.put("known_to_fail", value -> new Action.KnownToFail(endings(value)));
    readers.put("drain", value -> new Action.Drain());
    readers.put("dequeue", value -> new Action.Dequeue(entries(value)));
    readers.put("enqueue", value -> new Action.Enqueue(entries(value)));
    readers.put("promote", this::promote);
    readers.put("reconfigure", this::reconfigure);
    readers.put("nodes_held", value -> new Action.HoldNodes(reading.flag(value)));
    readers.put("fail_node_requests", value -> new Action.FailNodeRequest());
  }

  /** A mapping of actions, or the name of one that needs nothing said. */
  List<Action> read(Value value) {
    List<Action> actions = new ArrayList<>();
    if (value.node() instanceof Node.Scalar && !value.node().isNothing()) {
      reading
          .reference(value, "action", readers.keySet())
          .ifPresent(name -> {
            Node nothing = new Node.Scalar(value.at(), "", true);
            actions.add(read(name, new Value(Words.quote(name), nothing, value.at())));
          });
      return actions;
    }
    reading
        .fields(value, "'do'", List.copyOf(readers.keySet()))
        .forEach((name, what) -> {
          if (readers.containsKey(name)) {
            actions.add(read(name, what));
          }
        });
    return actions;
  }

  private Action read(String name, Value value) {
    Function<Value, Action> reader = readers.get(name);
    if (reader == null) {
      throw new IllegalArgumentException("no action is called " + name);
    }
    return reader.apply(value);
  }

  private Collection<String> names() {
    return proposals.keySet();
  }

  /** Names of changes, each plain or as the {@code change} of a mapping. */
  private List<String> changes(Value value) {
    return entries(value).stream().map(Action.Entry::change).toList();
  }

  private List<Action.Entry> entries(Value value) {
    List<Action.Entry> entries = new ArrayList<>();
    for (Value item : reading.items(value)) {
      Optional<PipelineName> pipeline = Optional.empty();
      Value change = item;
      if (item.node() instanceof Node.Mapping) {
        Map<String, Value> fields =
            reading.fields(item, item.what(), List.of("change", "pipeline"));
        pipeline = pipeline(fields);
        Value named = fields.get("change");
        if (named == null) {
          reading.missing(item, item.what() + " names no change", "");
          continue;
        }
        change = named;
      }
      Optional<PipelineName> chosen = pipeline;
      change(change).ifPresent(name -> entries.add(new Action.Entry(name, chosen)));
    }
    if (reading.items(value).isEmpty()) {
      reading.missing(value, value.what() + " names no change", "as in: [A]");
    }
    return entries;
  }

  private Optional<String> change(Value value) {
    return reading.mark(value, names()).map(mark -> Reading.nameIn(mark, names()));
  }

  private Optional<PipelineName> pipeline(Map<String, Value> fields) {
    List<String> pipelines =
        setup.pipelines().stream().map(pipeline -> pipeline.name().value()).toList();
    return Optional.ofNullable(fields.get("pipeline"))
        .flatMap(value -> reading.reference(value, "pipeline", pipelines))
        .map(PipelineName::new);
  }

  private Action patchset(Value value) {
    Map<String, Value> fields =
        value.node() instanceof Node.Mapping
            ? reading.fields(value, value.what(), PATCHSET_KEYS)
            : Map.of("change", value);
    Value named = fields.get("change");
    Optional<String> change = Optional.ofNullable(named).flatMap(this::change);
    if (named == null) {
      reading.missing(value, value.what() + " names no change", "as in: { change: A }");
    }
    return new Action.NewPatchset(
        change.orElse("?"),
        reading.flag(fields, "approved", false),
        new ProposalReader(reading, setup).update(change.orElse("?"), fields, names()));
  }

  private List<Action.Ending> endings(Value value) {
    List<Action.Ending> endings = new ArrayList<>();
    for (Value item : reading.items(value)) {
      Map<String, Value> fields = reading.fields(item, item.what(), ENDING_KEYS);
      Optional<String> job = Optional.ofNullable(fields.get("job")).flatMap(reading::text);
      Optional<String> change = Optional.ofNullable(fields.get("change")).flatMap(this::change);
      if (!fields.containsKey("job") || !fields.containsKey("change")) {
        reading.missing(
            item, item.what() + " must name a job and a change", "as in: { job: unit, change: A }");
      }
      if (job.isPresent() && change.isPresent()) {
        endings.add(
            new Action.Ending(
                new JobName(job.get()),
                change.get(),
                pipeline(fields),
                Optional.ofNullable(fields.get("stack"))
                    .map(stack -> reading.marks(stack, names()))
                    .orElse(List.of()),
                result(fields),
                children(fields)));
      }
    }
    if (reading.items(value).isEmpty()) {
      reading.missing(value, value.what() + " names no build", "as in: [{ job: unit, change: A }]");
    }
    return endings;
  }

  private Action.Result result(Map<String, Value> fields) {
    if (reading.flag(fields, "pause", false)) {
      return Action.Result.PAUSE;
    }
    Map<String, Action.Result> words = new LinkedHashMap<>();
    for (Action.Result result : Action.Result.values()) {
      words.put(result.word(), result);
    }
    return Optional.ofNullable(fields.get("result"))
        .flatMap(value -> reading.choice(value, words))
        .orElse(Action.Result.SUCCESS);
  }

  private Optional<Set<JobName>> children(Map<String, Value> fields) {
    return Optional.ofNullable(fields.get("child_jobs"))
        .map(value -> {
          Set<JobName> children = new LinkedHashSet<>();
          reading.texts(value).forEach(job -> children.add(new JobName(job)));
          return children;
        });
  }

  private Action promote(Value value) {
    if (!(value.node() instanceof Node.Mapping)) {
      return new Action.Promote(Optional.empty(), changes(value));
    }
    Map<String, Value> fields =
        reading.fields(value, value.what(), List.of("changes", "change", "pipeline"));
    Value changes = Optional.ofNullable(fields.get("changes")).orElse(fields.get("change"));
    if (changes == null) {
      reading.missing(value, value.what() + " names no change", "as in: promote: [A]");
      return new Action.Promote(Optional.empty(), List.of());
    }
    return new Action.Promote(pipeline(fields), changes(changes));
  }

  private Action reconfigure(Value value) {
    Setup.Update update = new SetupReader(reading).update(value, setup);
    setup = setup.with(update);
    return new Action.Reconfigure(update);
  }
}
