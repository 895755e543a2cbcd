package dev.headgate.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Changes that become true together.
 *
 * @param eventIds the events that caused them, remembered so that they are recognised when they
 *     come again; none twice
 * @param puts rows to write, replacing what has the same kind and key
 * @param deletes rows to remove; none of them is also put
 * @param effects what is to be done, kept until answered
 * @param answered ids of effects that were answered
 * @param history facts to append, in their order
 */
public record Transaction(
    List<String> eventIds,
    List<StoredRow> puts,
    List<RowKey> deletes,
    List<StoredEffect> effects,
    List<Long> answered,
    List<HistoryEntry> history) {

  public Transaction {
    eventIds = List.copyOf(eventIds);
    puts = List.copyOf(puts);
    deletes = List.copyOf(deletes);
    effects = List.copyOf(effects);
    answered = List.copyOf(answered);
    history = List.copyOf(history);
    requireNoneTwice(eventIds, effects);
    requireNoneDeletedAndPut(puts, deletes);
  }

  private static void requireNoneTwice(List<String> eventIds, List<StoredEffect> effects) {
    Set<String> ids = new HashSet<>();
    for (String id : eventIds) {
      StoredText.requireName("event id", id);
      if (!ids.add(id)) {
        throw new IllegalArgumentException("event " + id + " stands twice in a transaction");
      }
    }
    Set<Long> effectIds = new HashSet<>();
    for (StoredEffect effect : effects) {
      if (!effectIds.add(effect.id())) {
        throw new IllegalArgumentException(
            "effect " + effect.id() + " stands twice in a transaction");
      }
    }
  }

  private static void requireNoneDeletedAndPut(List<StoredRow> puts, List<RowKey> deletes) {
    if (puts.isEmpty() || deletes.isEmpty()) {
      return;
    }
    Set<RowKey> deleted = new HashSet<>(deletes);
    for (StoredRow row : puts) {
      if (deleted.contains(row.rowKey())) {
        throw new IllegalArgumentException(
            "row " + row.kind() + "/" + row.key() + " is deleted and put in one transaction");
      }
    }
  }

  /** Whether it changes nothing at all. */
  public boolean isEmpty() {
    return eventIds.isEmpty()
        && puts.isEmpty()
        && deletes.isEmpty()
        && effects.isEmpty()
        && answered.isEmpty()
        && history.isEmpty();
  }

  /** A transaction to be filled. */
  public static Builder builder() {
    return new Builder();
  }

  /** Gathers a transaction; for one thread. */
  public static final class Builder {
    private final List<String> eventIds = new ArrayList<>();
    private final List<StoredRow> puts = new ArrayList<>();
    private final List<RowKey> deletes = new ArrayList<>();
    private final List<StoredEffect> effects = new ArrayList<>();
    private final List<Long> answered = new ArrayList<>();
    private final List<HistoryEntry> history = new ArrayList<>();

    private Builder() {}

    /** Remembers that this event was taken in. */
    public Builder event(String eventId) {
      eventIds.add(eventId);
      return this;
    }

    /** Writes a row. */
    public Builder put(StoredRow row) {
      puts.add(row);
      return this;
    }

    /** Writes a row. */
    public Builder put(String kind, String key, String body) {
      return put(new StoredRow(kind, key, body));
    }

    /** Removes a row. */
    public Builder delete(RowKey row) {
      deletes.add(row);
      return this;
    }

    /** Removes a row. */
    public Builder delete(String kind, String key) {
      return delete(new RowKey(kind, key));
    }

    /** Puts an effect into the outbox. */
    public Builder effect(StoredEffect effect) {
      effects.add(effect);
      return this;
    }

    /** Puts an effect into the outbox. */
    public Builder effect(long id, String body) {
      return effect(new StoredEffect(id, body));
    }

    /** Takes an answered effect out of the outbox. */
    public Builder answered(long effectId) {
      answered.add(effectId);
      return this;
    }

    /** Appends a fact. */
    public Builder history(HistoryEntry entry) {
      history.add(entry);
      return this;
    }

    /** The transaction; throws {@link IllegalArgumentException} if it contradicts itself. */
    public Transaction build() {
      return new Transaction(eventIds, puts, deletes, effects, answered, history);
    }
  }
}
