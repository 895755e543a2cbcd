package dev.headgate.conduct;

import dev.headgate.gate.BuildState;
import dev.headgate.gate.Event;
import dev.headgate.gate.ItemEnd;
import dev.headgate.gate.ItemState;
import dev.headgate.gate.QueueKey;
import dev.headgate.gate.Row;
import dev.headgate.model.BuildId;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.PipelineName;
import dev.headgate.model.PreparationId;
import dev.headgate.store.StoredRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows of the gate as kept text: JSON with a version, so that later versions can read what this one
 * wrote.
 */
final class RowDocuments {
  private RowDocuments() {}

  static StoredRow of(Row row) {
    Map<String, Object> tree = new LinkedHashMap<>();
    DocumentVersion.put(tree);
    switch (row) {
      case Row.Site site -> put(tree, site);
      case Row.Tip tip -> {
        tree.put("branch", ModelDocuments.of(tip.branch()));
        tree.put("content", tip.content().value());
      }
      case Row.Freeze freeze -> {
        tree.put("branch", ModelDocuments.of(freeze.branch()));
        tree.put("reason", freeze.reason());
      }
      case Row.Forecast forecast -> {
        tree.put("change", forecast.change().value());
        forecast.estimate().ifPresent(value -> tree.put("estimate", value.toString()));
        forecast.targets().ifPresent(targets -> tree.put("targets", List.copyOf(targets)));
      }
      case Row.Flakiness flaky -> {
        tree.put("job", flaky.job().value());
        tree.put("rate", Double.toString(flaky.rate()));
      }
      case Row.Queue queue -> {
        tree.put("queue", of(queue.queue()));
        tree.put("window", queue.window());
      }
      case Row.PipelineState state -> {
        tree.put("pipeline", state.pipeline().value());
        tree.put("failures", state.failures());
        tree.put("disabled", state.disabled());
      }
      case Row.Known known -> {
        tree.put("change", ModelDocuments.of(known.change()));
        tree.put("number", known.number());
        tree.put("status", known.status().code());
        tree.put("approved", known.approved());
      }
      case Row.Item item -> put(tree, item);
      case Row.Build build -> put(tree, build);
    }
    return new StoredRow(row.key().kind(), row.key().name(), Json.write(tree));
  }

  private static void put(Map<String, Object> tree, Row.Site site) {
    tree.put("slots", site.slots());
    tree.put("next-item", site.nextItem());
    tree.put("next-build", site.nextBuild());
    tree.put("next-preparation", site.nextPreparation());
    tree.put("next-order", site.nextOrder());
    tree.put("next-known", site.nextKnown());
  }

  private static Map<String, Object> of(QueueKey queue) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("pipeline", queue.pipeline().value());
    tree.put("name", queue.name());
    tree.put("branch", queue.branch());
    return tree;
  }

  private static void put(Map<String, Object> tree, Row.Item item) {
    tree.put("id", item.id().value());
    tree.put("queue", of(item.queue()));
    tree.put("order", item.order());
    tree.put("changes", ModelDocuments.of(item.changes()));
    tree.put("carried", ModelDocuments.of(item.carried()));
    tree.put("lead", item.lead().value());
    tree.put("lane", item.lane());
    tree.put("state", item.state().code());
    if (item.preparation() != null) {
      tree.put("preparation", item.preparation().value());
    }
    tree.put("base", ModelDocuments.of(item.base()));
    if (item.ahead() != null) {
      tree.put("ahead", item.ahead().value());
    }
    tree.put("contents", ModelDocuments.of(item.contents()));
    tree.put("jobs", graphs(item.jobs()));
    tree.put("failure", item.failure());
    tree.put("cause", item.cause().code());
    tree.put("stopped", item.stopped());
    tree.put("leave", item.leave());
    tree.put("held", item.held());
    tree.put("announced", item.announced());
    tree.put("quiet", item.quiet());
    tree.put("restarts", item.restarts());
    tree.put("last-restart", item.lastRestart());
    tree.put("enqueued-at", item.enqueuedAt().toString());
  }

  private static List<Map<String, Object>> graphs(Map<ChangeId, JobGraph> jobs) {
    List<Map<String, Object>> graphs = new ArrayList<>();
    jobs.forEach((change, graph) -> {
      Map<String, Object> tree = new LinkedHashMap<>();
      tree.put("change", change.value());
      tree.put("jobs", ModelDocuments.of(graph));
      graphs.add(tree);
    });
    return graphs;
  }

  private static void put(Map<String, Object> tree, Row.Build build) {
    tree.put("id", build.id().value());
    tree.put("item", build.item().value());
    tree.put("change", build.change().value());
    tree.put("job", build.job().value());
    tree.put("attempt", build.attempt());
    tree.put("definition", build.definition());
    tree.put("contents", ModelDocuments.of(build.contents()));
    tree.put("semaphores", build.semaphores());
    tree.put("current", build.current());
    tree.put("state", build.state().code());
    tree.put("evidence", build.evidence());
    tree.put("again", code(build.again()));
    build
        .children()
        .ifPresent(jobs -> tree.put("children", jobs.stream().map(JobName::value).toList()));
    if (build.verdict() != null) {
      tree.put("verdict", ModelDocuments.of(build.verdict()));
    }
    tree.put("tests", ModelDocuments.of(build.tests()));
    tree.put("changed-at", build.changedAt().toString());
  }

  private static String code(Event.BuildLost.Again again) {
    return switch (again) {
      case COUNTED -> "counted";
      case ALWAYS -> "always";
      case NEVER -> "never";
    };
  }

  private static Event.BuildLost.Again again(String code) {
    for (Event.BuildLost.Again again : Event.BuildLost.Again.values()) {
      if (code(again).equals(code)) {
        return again;
      }
    }
    throw new IllegalArgumentException("a kept build is built again '" + code + "'");
  }

  /**
   * The row that was kept.
   *
   * @throws IllegalArgumentException if the text is damaged
   * @throws EnvironmentException if another version of the program kept it
   */
  static Row row(StoredRow stored) {
    Fields fields = Json.read(stored.body());
    DocumentVersion.require(fields, stored.kind());
    return switch (stored.kind()) {
      case "site" -> site(fields);
      case "tip" ->
          new Row.Tip(
              ModelDocuments.branch(fields.object("branch")), new Content(fields.text("content")));
      case "freeze" ->
          new Row.Freeze(ModelDocuments.branch(fields.object("branch")), fields.text("reason"));
      case "forecast" ->
          new Row.Forecast(
              new ChangeId(fields.text("change")),
              fields.optionalText("estimate").map(Double::valueOf),
              fields.has("targets")
                  ? Optional.of(Set.copyOf(fields.texts("targets")))
                  : Optional.empty());
      case "flakiness" ->
          new Row.Flakiness(
              new JobName(fields.text("job")), Double.parseDouble(fields.text("rate")));
      case "queue" -> new Row.Queue(queue(fields.object("queue")), fields.integer("window"));
      case "pipeline" ->
          new Row.PipelineState(
              new PipelineName(fields.text("pipeline")),
              fields.integer("failures"),
              fields.flag("disabled"));
      case "change" ->
          new Row.Known(
              ModelDocuments.change(fields.object("change")),
              fields.number("number"),
              Row.Known.Status.ofCode(fields.text("status")),
              fields.flag("approved"));
      case "item" -> item(fields);
      case "build" -> build(fields);
      default -> throw new IllegalArgumentException("no row has the kind '" + stored.kind() + "'");
    };
  }

  private static Row.Site site(Fields fields) {
    return new Row.Site(
        fields.integer("slots"),
        fields.number("next-item"),
        fields.number("next-build"),
        fields.number("next-preparation"),
        fields.number("next-order"),
        fields.number("next-known"));
  }

  private static QueueKey queue(Fields fields) {
    return new QueueKey(
        new PipelineName(fields.text("pipeline")), fields.text("name"), fields.text("branch"));
  }

  private static Row.Item item(Fields fields) {
    return new Row.Item(
        new ItemId(fields.number("id")),
        queue(fields.object("queue")),
        fields.number("order"),
        ModelDocuments.changes(fields.objects("changes")),
        ModelDocuments.changes(fields.objects("carried")),
        new ChangeId(fields.text("lead")),
        fields.integer("lane"),
        ItemState.ofCode(fields.text("state")),
        fields.has("preparation") ? new PreparationId(fields.number("preparation")) : null,
        ModelDocuments.contents(fields.objects("base")),
        fields.has("ahead") ? new ItemId(fields.number("ahead")) : null,
        ModelDocuments.contents(fields.objects("contents")),
        graphs(fields.objects("jobs")),
        fields.text("failure"),
        ItemEnd.Cause.ofCode(fields.text("cause")),
        fields.flag("stopped"),
        fields.text("leave"),
        fields.text("held"),
        fields.flag("announced"),
        fields.flag("quiet"),
        fields.integer("restarts"),
        fields.text("last-restart"),
        Instant.parse(fields.text("enqueued-at")));
  }

  private static Map<ChangeId, JobGraph> graphs(List<Fields> list) {
    Map<ChangeId, JobGraph> graphs = new LinkedHashMap<>();
    list.forEach(entry ->
        graphs.put(
            new ChangeId(entry.text("change")), ModelDocuments.graph(entry.objects("jobs"))));
    return graphs;
  }

  private static Row.Build build(Fields fields) {
    return new Row.Build(
        new BuildId(fields.number("id")),
        new ItemId(fields.number("item")),
        new ChangeId(fields.text("change")),
        new JobName(fields.text("job")),
        fields.integer("attempt"),
        fields.text("definition"),
        ModelDocuments.contents(fields.objects("contents")),
        fields.texts("semaphores"),
        fields.flag("current"),
        BuildState.ofCode(fields.text("state")),
        fields.text("evidence"),
        again(fields.text("again")),
        fields.has("children") ? Optional.of(jobs(fields.texts("children"))) : Optional.empty(),
        fields.has("verdict") ? ModelDocuments.verdict(fields.object("verdict")) : null,
        ModelDocuments.tests(fields.object("tests")),
        Instant.parse(fields.text("changed-at")));
  }

  private static Set<JobName> jobs(List<String> names) {
    return names.stream().map(JobName::new).collect(Collectors.toSet());
  }
}
