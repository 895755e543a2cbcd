package dev.headgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TransactionTests {
  @Test
  void deletingAndPuttingOneRowIsRefused() {
    assertThatThrownBy(
            () -> Transaction.builder().put("item", "1", "a").delete("item", "1").build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("item/1");
  }

  @Test
  void oneEventOrEffectTwiceIsRefused() {
    assertThatThrownBy(() -> Transaction.builder().event("e").event("e").build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Transaction.builder().effect(1, "a").effect(1, "b").build())
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesMustNotBeEmpty() {
    assertThatThrownBy(() -> new StoredRow("", "k", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RowKey("k", "")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Transaction.builder().event("").build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new HistoryEntry(Instant.EPOCH, "", "k", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void halfACharacterIsRefusedBecauseItWouldComeBackChanged() {
    for (String half : new String[] {"\ud83d", "a\ude00", "\ud83d\ud83d\ude00", "\ude00\ud83d"}) {
      assertThatThrownBy(() -> new StoredRow("k", "n", half))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(new StoredRow("k", "n", "\ud83d\ude00").body()).hasSize(2);
  }

  @Test
  void builtTransactionDoesNotChangeWithItsBuilder() {
    Transaction.Builder builder = Transaction.builder();
    Transaction built = builder.build();
    builder.event("e");

    assertThat(built.isEmpty()).isTrue();
    assertThat(builder.build().isEmpty()).isFalse();
  }
}
