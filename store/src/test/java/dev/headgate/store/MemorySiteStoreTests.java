package dev.headgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemorySiteStoreTests extends SiteStoreContract {
  @Override
  SiteStore create(int eventIdsKept) {
    return new MemorySiteStore(eventIdsKept);
  }

  @Override
  SiteStore crashAndReopen(SiteStore store) {
    return ((MemorySiteStore) store).reopen();
  }

  @Test
  void copyAndOriginalGoTheirOwnWays() {
    MemorySiteStore original = new MemorySiteStore();
    original.commit(Transaction.builder().event("e1").put("item", "1", "a").build());
    MemorySiteStore copy = original.copy();
    copy.commit(Transaction.builder().event("e2").delete("item", "1").build());
    original.commit(Transaction.builder().effect(1, "x").build());

    assertThat(copy.seen("e1")).isTrue();
    assertThat(copy.load().rows()).isEmpty();
    assertThat(copy.load().outbox()).isEmpty();
    assertThat(original.load().rows()).hasSize(1);
    assertThat(original.seen("e2")).isFalse();
  }

  @Test
  void handleOfACrashedProcessIsDead() {
    MemorySiteStore old = new MemorySiteStore();
    MemorySiteStore next = old.reopen();

    assertThatThrownBy(() -> old.commit(Transaction.builder().put("item", "1", "a").build()))
        .isInstanceOf(IllegalStateException.class);
    assertThat(next.load().rows()).isEmpty();
  }
}
