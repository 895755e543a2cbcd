package dev.headgate.conduct;

import dev.headgate.gate.Effect;
import dev.headgate.gate.ItemEnd;
import dev.headgate.gate.Row;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.ItemId;
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

    /** An item left the queue. */
    record Ended(Instant at, ItemId item, Change change, ItemEnd end) implements Fact {}

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
      Fields fields = Json.read(entry.body());
      ItemId item = new ItemId(fields.number("item"));
      facts.add(
          entry.kind().equals(RESTARTED)
              ? new Fact.Restarted(
                  entry.at(), item, new ChangeId(entry.subject()), fields.text("reason"))
              : new Fact.Ended(
                  entry.at(),
                  item,
                  ModelDocuments.change(fields.object("change")),
                  EffectDocuments.end(fields.object("end"))));
    }
    facts.sort(Comparator.comparing(Fact::at));
    return facts;
  }

  static HistoryEntry entry(Effect.Report report, Instant now) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("v", 1);
    tree.put("item", report.item().value());
    tree.put("change", ModelDocuments.of(report.change()));
    tree.put("end", EffectDocuments.of(report.end()));
    return new HistoryEntry(
        now, report.change().id().value(), report.end().kind().code(), Json.write(tree));
  }

  static HistoryEntry restarted(Row.Item item, Instant now) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("v", 1);
    tree.put("item", item.id().value());
    tree.put("reason", item.lastRestart());
    return new HistoryEntry(now, item.change().id().value(), RESTARTED, Json.write(tree));
  }
}
