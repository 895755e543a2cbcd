package dev.headgate.conduct;

import dev.headgate.gate.Effect;
import dev.headgate.gate.ItemEnd;
import dev.headgate.model.BuildId;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.JobName;
import dev.headgate.model.Outcome;
import dev.headgate.model.PreparationId;
import java.util.LinkedHashMap;
import java.util.Map;

/** Effects of the gate as kept text, in the outbox. */
final class EffectDocuments {
  private static final int VERSION = 1;

  private EffectDocuments() {}

  static String of(Effect effect) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("v", VERSION);
    switch (effect) {
      case Effect.Prepare e -> {
        tree.put("kind", "prepare");
        tree.put("preparation", e.preparation().value());
        tree.put("item", e.item().value());
        tree.put("change", ModelDocuments.of(e.change()));
        tree.put("base", e.base().value());
      }
      case Effect.Start e -> putStart(tree, e);
      case Effect.Cancel e -> {
        tree.put("kind", "cancel");
        tree.put("build", e.build().value());
      }
      case Effect.Land e -> {
        tree.put("kind", "land");
        tree.put("item", e.item().value());
        tree.put("change", ModelDocuments.of(e.change()));
        tree.put("expected-tip", e.expectedTip().value());
        tree.put("content", e.content().value());
      }
      case Effect.Report e -> {
        tree.put("kind", "report");
        tree.put("item", e.item().value());
        tree.put("change", ModelDocuments.of(e.change()));
        tree.put("end", of(e.end()));
      }
      case Effect.Ask e -> {
        tree.put("kind", "ask");
        tree.put("branch", ModelDocuments.of(e.branch()));
      }
    }
    return Json.write(tree);
  }

  private static void putStart(Map<String, Object> tree, Effect.Start start) {
    tree.put("kind", "start");
    tree.put("build", start.build().value());
    tree.put("item", start.item().value());
    tree.put("change", ModelDocuments.of(start.change()));
    tree.put("job", ModelDocuments.of(start.job()));
    tree.put("content", start.content().value());
    tree.put("assumed", start.assumed().stream().map(ChangeId::value).toList());
    tree.put("attempt", start.attempt());
  }

  /**
   * The effect that was kept.
   *
   * @throws IllegalArgumentException if the text is damaged or of a later version
   */
  static Effect effect(String text) {
    Fields fields = Json.read(text);
    RowDocuments.requireVersion(fields, "effect");
    return switch (fields.text("kind")) {
      case "prepare" ->
          new Effect.Prepare(
              new PreparationId(fields.number("preparation")),
              new ItemId(fields.number("item")),
              ModelDocuments.change(fields.object("change")),
              new Content(fields.text("base")));
      case "start" -> start(fields);
      case "cancel" -> new Effect.Cancel(new BuildId(fields.number("build")));
      case "land" ->
          new Effect.Land(
              new ItemId(fields.number("item")),
              ModelDocuments.change(fields.object("change")),
              new Content(fields.text("expected-tip")),
              new Content(fields.text("content")));
      case "report" ->
          new Effect.Report(
              new ItemId(fields.number("item")),
              ModelDocuments.change(fields.object("change")),
              end(fields.object("end")));
      case "ask" -> new Effect.Ask(ModelDocuments.branch(fields.object("branch")));
      default ->
          throw new IllegalArgumentException(
              "no effect has the kind '" + fields.text("kind") + "'");
    };
  }

  private static Effect.Start start(Fields fields) {
    return new Effect.Start(
        new BuildId(fields.number("build")),
        new ItemId(fields.number("item")),
        ModelDocuments.change(fields.object("change")),
        ModelDocuments.job(fields.object("job")),
        new Content(fields.text("content")),
        fields.texts("assumed").stream().map(ChangeId::new).toList(),
        fields.integer("attempt"));
  }

  static Map<String, Object> of(ItemEnd end) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("kind", end.kind().code());
    tree.put("outcome", end.outcome().code());
    tree.put("reason", end.reason());
    Content content = end.content();
    if (content != null) {
      tree.put("content", content.value());
    }
    tree.put("jobs", end.jobs().stream().map(EffectDocuments::of).toList());
    return tree;
  }

  private static Map<String, Object> of(ItemEnd.JobEnd job) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("job", job.job().value());
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
        Outcome.ofCode(fields.text("outcome")),
        fields.text("reason"),
        fields.optionalText("content").map(Content::new).orElse(null),
        fields.objects("jobs").stream()
            .map(job ->
                new ItemEnd.JobEnd(
                    new JobName(job.text("job")),
                    new BuildId(job.number("build")),
                    ModelDocuments.verdict(job.object("verdict")),
                    ModelDocuments.tests(job.object("tests")),
                    job.flag("voting"),
                    job.integer("builds")))
            .toList());
  }
}
