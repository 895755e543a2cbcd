package dev.headgate.conduct;

import dev.headgate.gate.BuildState;
import dev.headgate.gate.ItemState;
import dev.headgate.gate.Row;
import dev.headgate.model.BuildId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.JobName;
import dev.headgate.model.PreparationId;
import dev.headgate.store.StoredRow;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Rows of the gate as kept text: JSON with a version, so that later versions can read what this one
 * wrote.
 */
final class RowDocuments {
  private static final int VERSION = 1;

  private RowDocuments() {}

  static StoredRow of(Row row) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("v", VERSION);
    switch (row) {
      case Row.Site site -> put(tree, site);
      case Row.Tip tip -> {
        tree.put("branch", ModelDocuments.of(tip.branch()));
        tree.put("content", tip.content().value());
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
  }

  private static void put(Map<String, Object> tree, Row.Item item) {
    tree.put("id", item.id().value());
    tree.put("change", ModelDocuments.of(item.change()));
    tree.put("state", item.state().code());
    if (item.preparation() != null) {
      tree.put("preparation", item.preparation().value());
    }
    if (item.base() != null) {
      tree.put("base", item.base().value());
    }
    if (item.ahead() != null) {
      tree.put("ahead", item.ahead().value());
    }
    if (item.content() != null) {
      tree.put("content", item.content().value());
    }
    if (item.jobs() != null) {
      tree.put("jobs", ModelDocuments.of(item.jobs()));
    }
    tree.put("failure", item.failure());
    tree.put("leave", item.leave());
    tree.put("restarts", item.restarts());
    tree.put("last-restart", item.lastRestart());
    tree.put("enqueued-at", item.enqueuedAt().toString());
  }

  private static void put(Map<String, Object> tree, Row.Build build) {
    tree.put("id", build.id().value());
    tree.put("item", build.item().value());
    tree.put("job", build.job().value());
    tree.put("attempt", build.attempt());
    tree.put("current", build.current());
    tree.put("state", build.state().code());
    if (build.verdict() != null) {
      tree.put("verdict", ModelDocuments.of(build.verdict()));
    }
    tree.put("tests", ModelDocuments.of(build.tests()));
    tree.put("changed-at", build.changedAt().toString());
  }

  /**
   * The row that was kept.
   *
   * @throws IllegalArgumentException if the text is damaged or of a later version
   */
  static Row row(StoredRow stored) {
    Fields fields = Json.read(stored.body());
    requireVersion(fields, stored.kind());
    return switch (stored.kind()) {
      case "site" ->
          new Row.Site(
              fields.integer("slots"),
              fields.number("next-item"),
              fields.number("next-build"),
              fields.number("next-preparation"));
      case "tip" ->
          new Row.Tip(
              ModelDocuments.branch(fields.object("branch")), new Content(fields.text("content")));
      case "item" -> item(fields);
      case "build" -> build(fields);
      default -> throw new IllegalArgumentException("no row has the kind '" + stored.kind() + "'");
    };
  }

  static void requireVersion(Fields fields, String what) {
    if (fields.integer("v") != VERSION) {
      throw new IllegalArgumentException(
          "the kept "
              + what
              + " has version "
              + fields.integer("v")
              + ", this program reads version "
              + VERSION
              + "; use the newer program");
    }
  }

  private static Row.Item item(Fields fields) {
    return new Row.Item(
        new ItemId(fields.number("id")),
        ModelDocuments.change(fields.object("change")),
        ItemState.ofCode(fields.text("state")),
        fields.has("preparation") ? new PreparationId(fields.number("preparation")) : null,
        fields.optionalText("base").map(Content::new).orElse(null),
        fields.has("ahead") ? new ItemId(fields.number("ahead")) : null,
        fields.optionalText("content").map(Content::new).orElse(null),
        fields.has("jobs") ? ModelDocuments.graph(fields.objects("jobs")) : null,
        fields.text("failure"),
        fields.text("leave"),
        fields.integer("restarts"),
        fields.text("last-restart"),
        Instant.parse(fields.text("enqueued-at")));
  }

  private static Row.Build build(Fields fields) {
    return new Row.Build(
        new BuildId(fields.number("id")),
        new ItemId(fields.number("item")),
        new JobName(fields.text("job")),
        fields.integer("attempt"),
        fields.flag("current"),
        BuildState.ofCode(fields.text("state")),
        fields.has("verdict") ? ModelDocuments.verdict(fields.object("verdict")) : null,
        ModelDocuments.tests(fields.object("tests")),
        Instant.parse(fields.text("changed-at")));
  }
}
