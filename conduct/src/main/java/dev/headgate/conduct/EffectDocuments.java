package dev.headgate.conduct;

import dev.headgate.gate.Effect;
import dev.headgate.gate.ItemEnd;
import dev.headgate.model.BuildId;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.JobName;
import dev.headgate.model.Outcome;
import dev.headgate.model.PipelineName;
import dev.headgate.model.PreparationId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Effects of the gate as kept text, in the outbox. */
final class EffectDocuments {
  private EffectDocuments() {}

  static String of(Effect effect) {
    Map<String, Object> tree = new LinkedHashMap<>();
    DocumentVersion.put(tree);
    switch (effect) {
      case Effect.Prepare e -> put(tree, e);
      case Effect.Start e -> put(tree, e);
      case Effect.Cancel e -> {
        tree.put("kind", "cancel");
        tree.put("build", e.build().value());
      }
      case Effect.Resume e -> {
        tree.put("kind", "resume");
        tree.put("build", e.build().value());
      }
      case Effect.Land e -> {
        putItem(tree, "land", e.item(), e.pipeline());
        tree.put("changes", ModelDocuments.of(e.changes()));
        tree.put("moves", e.moves().stream().map(EffectDocuments::of).toList());
      }
      case Effect.Announce e -> {
        putItem(tree, "announce", e.item(), e.pipeline());
        tree.put("changes", ModelDocuments.of(e.changes()));
      }
      case Effect.Report e -> {
        putItem(tree, "report", e.item(), e.pipeline());
        tree.put("changes", ModelDocuments.of(e.changes()));
        tree.put("end", of(e.end()));
        tree.put("announced", e.announced());
        tree.put("disabled", e.disabled());
      }
      case Effect.Ask e -> {
        tree.put("kind", "ask");
        tree.put("branch", ModelDocuments.of(e.branch()));
      }
    }
    return Json.write(tree);
  }

  private static void putItem(
      Map<String, Object> tree, String kind, ItemId item, PipelineName pipeline) {
    tree.put("kind", kind);
    tree.put("item", item.value());
    tree.put("pipeline", pipeline.value());
  }

  private static void put(Map<String, Object> tree, Effect.Prepare prepare) {
    putItem(tree, "prepare", prepare.item(), prepare.pipeline());
    tree.put("preparation", prepare.preparation().value());
    tree.put("changes", ModelDocuments.of(prepare.changes()));
    tree.put("carried", ModelDocuments.of(prepare.carried()));
    tree.put("base", ModelDocuments.of(prepare.base()));
    tree.put("assumed", ModelDocuments.of(prepare.assumed()));
  }

  private static void put(Map<String, Object> tree, Effect.Start start) {
    putItem(tree, "start", start.item(), start.pipeline());
    tree.put("build", start.build().value());
    tree.put("change", ModelDocuments.of(start.change()));
    tree.put("job", ModelDocuments.of(start.job()));
    tree.put("contents", ModelDocuments.of(start.contents()));
    tree.put("assumed", start.assumed().stream().map(ChangeId::value).toList());
    tree.put("attempt", start.attempt());
  }

  private static Map<String, Object> of(Effect.Move move) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("branch", ModelDocuments.of(move.branch()));
    tree.put("expected-tip", move.expectedTip().value());
    tree.put("content", move.content().value());
    return tree;
  }

  /**
   * The effect that was kept.
   *
   * @throws IllegalArgumentException if the text is damaged
   * @throws EnvironmentException if another version of the program kept it
   */
  static Effect effect(String text) {
    Fields fields = Json.read(text);
    DocumentVersion.require(fields, "outbox");
    return switch (fields.text("kind")) {
      case "prepare" -> prepare(fields);
      case "start" -> start(fields);
      case "cancel" -> new Effect.Cancel(new BuildId(fields.number("build")));
      case "resume" -> new Effect.Resume(new BuildId(fields.number("build")));
      case "land" ->
          new Effect.Land(
              item(fields),
              pipeline(fields),
              ModelDocuments.changes(fields.objects("changes")),
              fields.objects("moves").stream().map(EffectDocuments::move).toList());
      case "announce" ->
          new Effect.Announce(
              item(fields), pipeline(fields), ModelDocuments.changes(fields.objects("changes")));
      case "report" ->
          new Effect.Report(
              item(fields),
              pipeline(fields),
              ModelDocuments.changes(fields.objects("changes")),
              end(fields.object("end")),
              fields.flag("announced"),
              fields.flag("disabled"));
      case "ask" -> new Effect.Ask(ModelDocuments.branch(fields.object("branch")));
      default ->
          throw new IllegalArgumentException(
              "no effect has the kind '" + fields.text("kind") + "'");
    };
  }

  private static ItemId item(Fields fields) {
    return new ItemId(fields.number("item"));
  }

  private static PipelineName pipeline(Fields fields) {
    return new PipelineName(fields.text("pipeline"));
  }

  private static Effect.Prepare prepare(Fields fields) {
    return new Effect.Prepare(
        new PreparationId(fields.number("preparation")),
        item(fields),
        pipeline(fields),
        ModelDocuments.changes(fields.objects("changes")),
        ModelDocuments.changes(fields.objects("carried")),
        ModelDocuments.contents(fields.objects("base")),
        ModelDocuments.changes(fields.objects("assumed")));
  }

  private static Effect.Start start(Fields fields) {
    return new Effect.Start(
        new BuildId(fields.number("build")),
        item(fields),
        pipeline(fields),
        ModelDocuments.change(fields.object("change")),
        ModelDocuments.job(fields.object("job")),
        ModelDocuments.contents(fields.objects("contents")),
        fields.texts("assumed").stream().map(ChangeId::new).toList(),
        fields.integer("attempt"));
  }

  private static Effect.Move move(Fields fields) {
    return new Effect.Move(
        ModelDocuments.branch(fields.object("branch")),
        new Content(fields.text("expected-tip")),
        new Content(fields.text("content")));
  }

  static Map<String, Object> of(ItemEnd end) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", end.kind().code());
    tree.put("cause", end.cause().code());
    tree.put("outcome", end.outcome().code());
    tree.put("reason", end.reason());
    tree.put("base", ModelDocuments.of(end.base()));
    tree.put("contents", ModelDocuments.of(end.contents()));
    tree.put("jobs", end.jobs().stream().map(EffectDocuments::of).toList());
    return tree;
  }

  private static Map<String, Object> of(ItemEnd.JobEnd job) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("change", job.change().value());
    tree.put("job", job.job().value());
    tree.put("definition", job.definition());
    tree.put("build", job.build().value());
    tree.put("verdict", ModelDocuments.of(job.verdict()));
    tree.put("tests", ModelDocuments.of(job.tests()));
    tree.put("voting", job.voting());
    tree.put("builds", job.builds());
    return tree;
  }

  static ItemEnd end(Fields fields) {
    return new ItemEnd(
        ItemEnd.Kind.ofCode(fields.text("kind")),
        ItemEnd.Cause.ofCode(fields.text("cause")),
        Outcome.ofCode(fields.text("outcome")),
        fields.text("reason"),
        ModelDocuments.contents(fields.objects("base")),
        ModelDocuments.contents(fields.objects("contents")),
        fields.objects("jobs").stream().map(EffectDocuments::jobEnd).toList());
  }

  private static ItemEnd.JobEnd jobEnd(Fields job) {
    return new ItemEnd.JobEnd(
        new ChangeId(job.text("change")),
        new JobName(job.text("job")),
        job.text("definition"),
        new BuildId(job.number("build")),
        ModelDocuments.verdict(job.object("verdict")),
        ModelDocuments.tests(job.object("tests")),
        job.flag("voting"),
        job.integer("builds"));
  }
}
