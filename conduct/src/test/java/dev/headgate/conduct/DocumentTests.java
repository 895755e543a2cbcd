package dev.headgate.conduct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Row;
import dev.headgate.store.StoredRow;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows and effects as kept text: what is written is read as the same. */
final class DocumentTests {
  private static final int SAMPLES = 3_000;

  @Test
  void everyRowIsReadAsItWasWritten() {
    Samples samples = new Samples(1);
    Set<Class<?>> kinds = new HashSet<>();
    for (int i = 0; i < SAMPLES; i++) {
      Row row = samples.row();
      StoredRow stored = RowDocuments.of(row);
      assertThat(RowDocuments.row(stored)).isEqualTo(row);
      assertThat(stored.kind()).isEqualTo(row.key().kind());
      assertThat(stored.key()).isEqualTo(row.key().name());
      kinds.add(row.getClass());
    }
    assertThat(kinds).containsExactlyInAnyOrder(Row.class.getPermittedSubclasses());
  }

  @Test
  void everyEffectIsReadAsItWasWritten() {
    Samples samples = new Samples(2);
    Set<Class<?>> kinds = new HashSet<>();
    for (int i = 0; i < SAMPLES; i++) {
      Effect effect = samples.effect();
      assertThat(EffectDocuments.effect(EffectDocuments.of(effect))).isEqualTo(effect);
      kinds.add(effect.getClass());
    }
    assertThat(kinds).containsExactlyInAnyOrder(Effect.class.getPermittedSubclasses());
  }

  @Test
  void aDocumentIsOneLine() {
    Samples samples = new Samples(3);
    for (int i = 0; i < SAMPLES; i++) {
      assertThat(RowDocuments.of(samples.row()).body()).doesNotContain("\n", "\r");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "null",
        "{",
        "{}",
        "{\"v\":2",
        "{\"v\":\"1\"}",
        "{\"v\":2}",
        "{\"v\":2,\"slots\":1.5,\"next-item\":1}",
        "{\"v\":2,\"slots\":null,\"next-item\":1}",
        "{\"v\":2,\"slots\":99999999999,\"next-item\":1}",
        "{\"v\":2,\"slots\":1,\"next-item\":99999999999999999999}"
      })
  void aDamagedRowIsRefused(String body) {
    assertThatThrownBy(() -> RowDocuments.row(new StoredRow("site", "site", body)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("kept");
  }

  @Test
  void aLaterVersionIsRefusedAndSaysWhatToDo() {
    assertThatThrownBy(() -> RowDocuments.row(new StoredRow("site", "site", "{\"v\":3}")))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("a later version")
        .hasMessageContaining("use the newer program");
    assertThatThrownBy(() -> EffectDocuments.effect("{\"v\":3,\"kind\":\"ask\"}"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("version 3");
  }

  @Test
  void anEarlierVersionIsRefusedAndSaysWhatToDo() {
    String body =
        "{\"v\":1,\"slots\":4,\"next-item\":12,\"next-build\":345,\"next-preparation\":67}";
    assertThatThrownBy(() -> RowDocuments.row(new StoredRow("site", "site", body)))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("an earlier version")
        .hasMessageContaining("finish its queue with that version")
        .hasMessageContaining("delete the folder");
    assertThatThrownBy(() -> EffectDocuments.effect("{\"v\":1,\"kind\":\"ask\"}"))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageContaining("an earlier version");
  }

  @Test
  void unknownKindsAreRefused() {
    assertThatThrownBy(() -> RowDocuments.row(new StoredRow("hat", "x", "{\"v\":2}")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hat");
    assertThatThrownBy(() -> EffectDocuments.effect("{\"v\":2,\"kind\":\"hat\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hat");
  }

  @Test
  void fieldsThatALaterVersionAddsAreOverlooked() {
    Row row = new Samples(4).row();
    StoredRow stored = RowDocuments.of(row);
    String body = stored.body();
    String more = body.substring(0, body.length() - 1) + ",\"later\":[1,{\"x\":null}]}";
    assertThat(RowDocuments.row(new StoredRow(stored.kind(), stored.key(), more))).isEqualTo(row);
  }
}
