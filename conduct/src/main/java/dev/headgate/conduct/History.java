package dev.headgate.conduct;

import dev.headgate.gate.Effect;
import dev.headgate.gate.ItemEnd;
import dev.headgate.gate.Row;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.ItemId;
import dev.headgate.model.PipelineName;
import dev.headgate.store.HistoryEntry;
import dev.headgate.store.SiteStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is remembered of items for people, after their rows are gone. */
public final class History {
  private static final String RESTARTED = "restarted";

  private History() {}

  /** One remembered fact. */
  public sealed interface Fact {
    /** When it happened. */
    Instant at();

    /**
     * A change left a queue.
     *
     * @param with the other changes of its item
     */
    record Ended(
        Instant at,
        ItemId item,
        PipelineName pipeline,
        Change change,
        List<ChangeId> with,
        ItemEnd end)
        implements Fact {
      public Ended {
        with = List.copyOf(with);
      }
    }

    /** An item's path was given up for another. */
    record Restarted(Instant at, ItemId item, ChangeId change, String reason) implements Fact {}
  }

  /** What is remembered of a change, oldest first; empty if it was never gated here. */
  public static List<Fact> of(SiteStore store, ChangeId change) {
    return read(store.history(change.value()));
  }

  /** The newest facts of all changes, oldest first. */
  public static List<Fact> recent(SiteStore store, int limit) {
    return read(store.recentHistory(limit));
  }

  private static List<Fact> read(List<HistoryEntry> entries) {
    List<Fact> facts = new ArrayList<>();
    for (HistoryEntry entry : entries) {
      facts.add(fact(entry));
    }
    facts.sort(Comparator.comparing(Fact::at));
    return facts;
  }

  private static Fact fact(HistoryEntry entry) {
    Fields fields = Json.read(entry.body());
    DocumentVersion.require(fields, "history");
    ItemId item = new ItemId(fields.number("item"));
    if (entry.kind().equals(RESTARTED)) {
      return new Fact.Restarted(
          entry.at(), item, new ChangeId(entry.subject()), fields.text("reason"));
    }
    return new Fact.Ended(
        entry.at(),
        item,
        new PipelineName(fields.text("pipeline")),
        ModelDocuments.change(fields.object("change")),
        fields.texts("with").stream().map(ChangeId::new).toList(),
        EffectDocuments.end(fields.object("end")));
  }

  /** One for each change of the item. */
  static List<HistoryEntry> entries(Effect.Report report, Instant now) {
    return report.changes().stream().map(change -> ended(report, change, now)).toList();
  }

  private static HistoryEntry ended(Effect.Report report, Change change, Instant now) {
    Map<String, Object> tree = new LinkedHashMap<>();
    DocumentVersion.put(tree);
    tree.put("item", report.item().value());
    tree.put("pipeline", report.pipeline().value());
    tree.put("change", ModelDocuments.of(change));
    tree.put(
        "with",
        report.changes().stream()
            .map(other -> other.id().value())
            .filter(other -> !other.equals(change.id().value()))
            .toList());
    tree.put("end", EffectDocuments.of(report.end()));
    return new HistoryEntry(now, change.id().value(), report.end().kind().code(), Json.write(tree));
  }

  /** One for each change of the item. */
  static List<HistoryEntry> restarted(Row.Item item, Instant now) {
    Map<String, Object> tree = new LinkedHashMap<>();
    DocumentVersion.put(tree);
    tree.put("item", item.id().value());
    tree.put("reason", item.lastRestart());
    String body = Json.write(tree);
    return item.changes().stream()
        .map(change -> new HistoryEntry(now, change.id().value(), RESTARTED, body))
        .toList();
  }
}
