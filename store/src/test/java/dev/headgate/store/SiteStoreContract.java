package dev.headgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does, whatever it is made of. */
abstract class SiteStoreContract {
  static final int EVENT_IDS_KEPT_HERE = 50;
  static final Instant NOON = Instant.parse("2026-05-04T12:00:00.000000001Z");

  SiteStore store;

  abstract SiteStore create(int eventIdsKept);

  /** Drops the store without closing it, as a crash does, and opens what is left. */
  abstract SiteStore crashAndReopen(SiteStore store);

  @BeforeEach
  void open() {
    store = create(EVENT_IDS_KEPT_HERE);
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void newStoreIsEmpty() {
    assertThat(store.load()).isEqualTo(new Snapshot(List.of(), List.of()));
    assertThat(store.seen("e1")).isFalse();
    assertThat(store.recentHistory(10)).isEmpty();
    assertThat(store.history("change a")).isEmpty();
  }

  @Test
  void everythingCommittedSurvivesACrash() {
    HistoryEntry landed = new HistoryEntry(NOON, "a", "landed", "as 4711");
    store.commit(
        Transaction.builder()
            .event("e1")
            .put("item", "1", "one")
            .put("queue", "main", "")
            .effect(7, "start 7")
            .effect(3, "start 3")
            .history(landed)
            .build());

    store = crashAndReopen(store);

    assertThat(store.load().rows())
        .containsExactly(new StoredRow("item", "1", "one"), new StoredRow("queue", "main", ""));
    assertThat(store.load().outbox())
        .containsExactly(new StoredEffect(3, "start 3"), new StoredEffect(7, "start 7"));
    assertThat(store.seen("e1")).isTrue();
    assertThat(store.history("a")).containsExactly(landed);
  }

  @Test
  void putReplacesTheBodyAndDeleteRemovesTheRow() {
    store.commit(Transaction.builder().put("item", "1", "old").put("item", "2", "two").build());
    store.commit(Transaction.builder().put("item", "1", "new").delete("item", "2").build());

    assertThat(store.load().rows()).containsExactly(new StoredRow("item", "1", "new"));
  }

  @Test
  void sameKeyOfAnotherKindIsAnotherRow() {
    store.commit(Transaction.builder().put("item", "1", "i").put("build", "1", "b").build());
    store.commit(Transaction.builder().delete("item", "1").build());

    assertThat(store.load().rows()).containsExactly(new StoredRow("build", "1", "b"));
  }

  @Test
  void lastOfSeveralPutsForOneKeyWins() {
    store.commit(Transaction.builder().put("item", "1", "a").put("item", "1", "b").build());

    assertThat(store.load().rows()).containsExactly(new StoredRow("item", "1", "b"));
  }

  @Test
  void deletingWhatIsNotThereAndAnsweringTwiceChangeNothing() {
    store.commit(Transaction.builder().effect(1, "x").effect(2, "y").build());
    store.commit(Transaction.builder().answered(1).delete("item", "9").build());
    store.commit(Transaction.builder().answered(1).answered(1).build());

    assertThat(store.load().outbox()).containsExactly(new StoredEffect(2, "y"));
  }

  @Test
  void effectAnsweredInItsOwnTransactionIsNotKept() {
    store.commit(Transaction.builder().effect(1, "x").answered(1).build());

    assertThat(store.load().outbox()).isEmpty();
  }

  @Test
  void answeredEffectsIdMayBeUsedAgain() {
    store.commit(Transaction.builder().effect(1, "x").build());
    store.commit(Transaction.builder().answered(1).build());
    store.commit(Transaction.builder().effect(1, "again").build());

    assertThat(store.load().outbox()).containsExactly(new StoredEffect(1, "again"));
  }

  @Test
  void eventCommittedBeforeIsRefusedAndNothingIsChanged() {
    store.commit(Transaction.builder().event("e1").put("item", "1", "a").build());
    Snapshot before = store.load();

    assertThatThrownBy(() ->
            store.commit(
                Transaction.builder()
                    .event("e2")
                    .event("e1")
                    .put("item", "1", "b")
                    .effect(1, "x")
                    .history(new HistoryEntry(NOON, "a", "landed", ""))
                    .build()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("e1");

    assertThat(store.load()).isEqualTo(before);
    assertThat(store.seen("e2")).isFalse();
    assertThat(store.recentHistory(1)).isEmpty();
  }

  @Test
  void effectStillUnansweredIsRefusedAndNothingIsChanged() {
    store.commit(Transaction.builder().effect(5, "x").build());
    Snapshot before = store.load();

    assertThatThrownBy(() ->
            store.commit(
                Transaction.builder()
                    .event("e2")
                    .put("item", "1", "b")
                    .effect(4, "a")
                    .effect(5, "y")
                    .build()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("5");

    assertThat(store.load()).isEqualTo(before);
    assertThat(store.seen("e2")).isFalse();
  }

  @Test
  void storeGoesOnAfterARefusal() {
    store.commit(Transaction.builder().event("e1").build());
    assertThatThrownBy(() -> store.commit(Transaction.builder().event("e1").build()))
        .isInstanceOf(IllegalStateException.class);

    store.commit(Transaction.builder().event("e2").put("item", "1", "a").build());

    assertThat(store.seen("e2")).isTrue();
    assertThat(store.load().rows()).hasSize(1);
  }

  @Test
  void onlyTheNewestEventIdsAreRemembered() {
    for (int i = 1; i <= EVENT_IDS_KEPT_HERE + 3; i++) {
      store.commit(Transaction.builder().event("e" + i).build());
    }
    store = crashAndReopen(store);

    assertThat(store.seen("e3")).isFalse();
    assertThat(store.seen("e4")).isTrue();
    assertThat(store.seen("e" + (EVENT_IDS_KEPT_HERE + 3))).isTrue();
  }

  @Test
  void oneTransactionMayBringMoreEventIdsThanAreKept() {
    Transaction.Builder many = Transaction.builder();
    for (int i = 1; i <= EVENT_IDS_KEPT_HERE + 10; i++) {
      many.event("e" + i);
    }
    store.commit(many.build());

    assertThat(store.seen("e10")).isFalse();
    assertThat(store.seen("e11")).isTrue();
  }

  @Test
  void rowsAreSortedByCodePointsNotByUtf16Units() {
    String beyond = Character.toString(0x1F600);
    String tilde = "\uFF5E";
    for (String key : List.of(beyond, tilde, "b", "B", "10", "9", "ä", "aa", "a")) {
      store.commit(Transaction.builder().put("k", key, "").build());
    }
    store.commit(Transaction.builder().put(beyond, "a", "").put(tilde, "a", "").build());

    assertThat(store.load().rows())
        .extracting(row -> row.kind() + row.key())
        .containsExactly(
            "k10",
            "k9",
            "kB",
            "ka",
            "kaa",
            "kb",
            "kä",
            "k" + tilde,
            "k" + beyond,
            tilde + "a",
            beyond + "a");
  }

  @Test
  void anyTextComesBackAsItWas() {
    List<String> texts =
        List.of(
            "",
            " ",
            "line\nline\r\n",
            "nul\u0000inside",
            "'; DROP TABLE site_row; --",
            "\uFEFFbyte order mark",
            "e\u0301 is not \u00e9",
            Character.toString(0x10FFFF),
            "x".repeat(3_000_000));
    Transaction.Builder put = Transaction.builder();
    for (int i = 0; i < texts.size(); i++) {
      put.put("text", "" + i, texts.get(i));
      put.effect(i, texts.get(i));
      put.history(new HistoryEntry(NOON, "s", "k", texts.get(i)));
    }
    put.put("k\u0000ey", "n\u0000ame", "nul");
    put.event("ev\u0000ent");
    store.commit(put.build());
    store = crashAndReopen(store);

    assertThat(store.load().rows())
        .filteredOn(row -> row.kind().equals("text"))
        .extracting(StoredRow::body)
        .isEqualTo(texts);
    assertThat(store.load().rows()).contains(new StoredRow("k\u0000ey", "n\u0000ame", "nul"));
    assertThat(store.load().outbox()).extracting(StoredEffect::body).isEqualTo(texts);
    assertThat(store.history("s")).extracting(HistoryEntry::body).isEqualTo(texts);
    assertThat(store.seen("ev\u0000ent")).isTrue();
    assertThat(store.seen("ev")).isFalse();
  }

  @Test
  void effectIdsSpanAllLongs() {
    store.commit(
        Transaction.builder()
            .effect(Long.MAX_VALUE, "max")
            .effect(0, "zero")
            .effect(Long.MIN_VALUE, "min")
            .build());

    assertThat(store.load().outbox())
        .extracting(StoredEffect::body)
        .containsExactly("min", "zero", "max");
  }

  @Test
  void historyIsOldestFirstForASubjectAndNewestFirstForAll() {
    HistoryEntry first = new HistoryEntry(NOON, "a", "queued", "");
    HistoryEntry second = new HistoryEntry(NOON.minusSeconds(9), "b", "queued", "");
    HistoryEntry third = new HistoryEntry(NOON, "a", "landed", "");
    store.commit(Transaction.builder().history(first).history(second).build());
    store.commit(Transaction.builder().history(third).build());
    store = crashAndReopen(store);

    assertThat(store.history("a")).containsExactly(first, third);
    assertThat(store.recentHistory(2)).containsExactly(third, second);
    assertThat(store.recentHistory(0)).isEmpty();
    assertThatThrownBy(() -> store.recentHistory(-1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void instantsKeepTheirNanosecondsAndTheirYear() {
    List<Instant> times = List.of(NOON, Instant.EPOCH, Instant.MIN, Instant.MAX);
    for (Instant time : times) {
      store.commit(Transaction.builder().history(new HistoryEntry(time, "t", "k", "")).build());
    }

    assertThat(store.history("t")).extracting(HistoryEntry::at).isEqualTo(times);
  }

  @Test
  void emptyTransactionIsAllowed() {
    store.commit(Transaction.builder().build());

    assertThat(store.load()).isEqualTo(new Snapshot(List.of(), List.of()));
  }

  @Test
  void closedStoreRefusesEverythingButClosing() {
    store.close();
    store.close();

    assertThatThrownBy(() -> store.load()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.seen("e")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.commit(Transaction.builder().build()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.history("a")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.recentHistory(1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void randomTransactionsBehaveAsAMapDoes() {
    long seed = 20260504;
    Random random = new Random(seed);
    Map<RowKey, String> rows = new TreeMap<>();
    Map<Long, String> outbox = new TreeMap<>();
    long nextEffect = 1;
    for (int step = 0; step < 300; step++) {
      Transaction.Builder builder = Transaction.builder().event("e" + step);
      Map<RowKey, String> touched = new HashMap<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        RowKey key = new RowKey("k" + random.nextInt(3), "n" + random.nextInt(8));
        if (touched.put(key, "") != null) {
          continue;
        }
        if (random.nextBoolean()) {
          builder.delete(key);
          rows.remove(key);
        } else {
          builder.put(key.kind(), key.key(), "b" + step);
          rows.put(key, "b" + step);
        }
      }
      for (long id : new ArrayList<>(outbox.keySet())) {
        if (random.nextInt(3) == 0) {
          builder.answered(id);
          outbox.remove(id);
        }
      }
      builder.effect(nextEffect, "f" + step);
      outbox.put(nextEffect++, "f" + step);
      store.commit(builder.build());
      if (random.nextInt(20) == 0) {
        store = crashAndReopen(store);
      }
      List<StoredRow> expectedRows = new ArrayList<>();
      rows.forEach((key, body) -> expectedRows.add(new StoredRow(key.kind(), key.key(), body)));
      List<StoredEffect> expectedOutbox = new ArrayList<>();
      outbox.forEach((id, body) -> expectedOutbox.add(new StoredEffect(id, body)));
      assertThat(store.load())
          .as("seed %d step %d", seed, step)
          .isEqualTo(new Snapshot(expectedRows, expectedOutbox));
    }
  }
}
