package dev.headgate.gate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.model.Change;
import dev.headgate.model.ItemId;
import dev.headgate.model.PipelineName;
import dev.headgate.model.PreparationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An item goes only the ways that it has. */
final class ItemTests {
  @Test
  void aWayThatAnItemDoesNotHaveNamesBothStates() {
    assertThatThrownBy(() -> item().land())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("item 7 cannot go from waiting to landing");
    assertThatThrownBy(() -> item().prepared(Map.of(), Map.of()))
        .hasMessage("item 7 cannot go from waiting to testing");
    assertThatThrownBy(() -> item().unbuildable("a conflict", ItemEnd.Cause.CONFLICT))
        .hasMessage("item 7 cannot go from waiting to unbuildable");
    assertThatThrownBy(() -> item().reset("why"))
        .hasMessage("item 7 is waiting, it has no path to give up");
    Item preparing = item();
    preparing.prepare(new PreparationId(1), Map.of());
    assertThatThrownBy(() -> preparing.prepare(new PreparationId(2), Map.of()))
        .hasMessage("item 7 cannot go from preparing to preparing");
  }

  private static Item item() {
    Pipeline pipeline = Pipeline.of("gate", Manager.DEPENDENT);
    QueueKey key = new QueueKey(PipelineName.GATE, "p", "main");
    Change change = Site.change("a");
    return new Item(
        new ItemId(7),
        new Queue(key, pipeline, 0, 0, 1),
        List.of(change),
        List.of(),
        change,
        0,
        Instant.EPOCH);
  }
}
