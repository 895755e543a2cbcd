package dev.headgate.store;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A store that lives as long as its process, for simulations and tests. It behaves as the one on
 * disk does, and a crash is a {@link #reopen()}: what was committed survives, and the old handle is
 * dead.
 */
public final class MemorySiteStore implements SiteStore {
  private static final class Contents {
    final TreeMap<RowKey, String> rows = new TreeMap<>();
    final TreeMap<Long, String> outbox = new TreeMap<>();
    final LinkedHashSet<String> eventIds = new LinkedHashSet<>();
    final List<HistoryEntry> history = new ArrayList<>();

    Contents copy() {
      Contents copy = new Contents();
      copy.rows.putAll(rows);
      copy.outbox.putAll(outbox);
      copy.eventIds.addAll(eventIds);
      copy.history.addAll(history);
      return copy;
    }
  }

  private final Contents contents;
  private final int eventIdsKept;
  private boolean closed;

  /** An empty store. */
  public MemorySiteStore() {
    this(new Contents(), EVENT_IDS_KEPT);
  }

  MemorySiteStore(int eventIdsKept) {
    this(new Contents(), eventIdsKept);
  }

  private MemorySiteStore(Contents contents, int eventIdsKept) {
    this.contents = contents;
    this.eventIdsKept = eventIdsKept;
  }

  /** Another store that begins with what is committed here; from then on they are apart. */
  public synchronized MemorySiteStore copy() {
    return new MemorySiteStore(contents.copy(), eventIdsKept);
  }

  /**
   * The store as the next process finds it. This handle is closed, as the handle of a process that
   * died is; it may be called after {@link #close()}.
   */
  public synchronized MemorySiteStore reopen() {
    closed = true;
    return new MemorySiteStore(contents, eventIdsKept);
  }

  @Override
  public synchronized Snapshot load() {
    requireOpen();
    List<StoredRow> rows = new ArrayList<>();
    for (Map.Entry<RowKey, String> row : contents.rows.entrySet()) {
      rows.add(new StoredRow(row.getKey().kind(), row.getKey().key(), row.getValue()));
    }
    List<StoredEffect> outbox = new ArrayList<>();
    contents.outbox.forEach((id, body) -> outbox.add(new StoredEffect(id, body)));
    return new Snapshot(rows, outbox);
  }

  @Override
  public synchronized boolean seen(String eventId) {
    requireOpen();
    return contents.eventIds.contains(eventId);
  }

  @Override
  public synchronized void commit(Transaction transaction) {
    requireOpen();
    for (String id : transaction.eventIds()) {
      if (contents.eventIds.contains(id)) {
        throw Refusals.eventCommittedBefore(id);
      }
    }
    for (StoredEffect effect : transaction.effects()) {
      if (contents.outbox.containsKey(effect.id())) {
        throw Refusals.effectStillUnanswered(effect.id());
      }
    }
    transaction.deletes().forEach(contents.rows::remove);
    transaction.puts().forEach(row -> contents.rows.put(row.rowKey(), row.body()));
    transaction.effects().forEach(effect -> contents.outbox.put(effect.id(), effect.body()));
    transaction.answered().forEach(contents.outbox::remove);
    contents.history.addAll(transaction.history());
    contents.eventIds.addAll(transaction.eventIds());
    while (contents.eventIds.size() > eventIdsKept) {
      contents.eventIds.removeFirst();
    }
  }

  @Override
  public synchronized List<HistoryEntry> history(String subject) {
    requireOpen();
    return contents.history.stream().filter(entry -> entry.subject().equals(subject)).toList();
  }

  @Override
  public synchronized List<HistoryEntry> recentHistory(int limit) {
    requireOpen();
    Refusals.requireLimit(limit);
    return contents.history.reversed().stream().limit(limit).toList();
  }

  @Override
  public synchronized void close() {
    closed = true;
  }

  private void requireOpen() {
    if (closed) {
      throw Refusals.closed();
    }
  }
}
