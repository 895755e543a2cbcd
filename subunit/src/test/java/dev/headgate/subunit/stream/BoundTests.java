package dev.headgate.subunit.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That memory is weighed and bounded, whatever the events. */
class BoundTests {
  @Test
  void recentTestsForgetTheLeastRecentlyUsedByWeight() {
    RecentTests<String> recent = new RecentTests<>();
    Name kept = new Name("", "kept");
    recent.put(kept, "x", 0);
    for (int i = 0; i < 100_000; i++) {
      recent.put(new Name("", "test" + i), "x", 100);
      assertThat(recent.get(kept)).isEqualTo("x");
    }
    assertThat(recent.get(new Name("", "test0"))).isNull();
    assertThat(recent.get(new Name("", "test99999"))).isEqualTo("x");
    recent.put(new Name("", "heavy"), "x", RecentTests.MAX_WEIGHT);
    assertThat(recent.get(new Name("", "heavy"))).isNull();
    recent.put(kept, "y", 0);
    assertThat(recent.get(kept)).isEqualTo("y");
    recent.remove(kept);
    recent.remove(kept);
    assertThat(recent.get(kept)).isNull();
  }

  @Test
  void fileNamesAndTypesNeedRoomToo() {
    FileKeeper keeper = new FileKeeper(100);
    String name = "n".repeat(1_000);
    keeper.accept(Event.builder().file(name, Bytes.ofUtf8("x")).build(), 1_000);
    assertThat(keeper.attachments()).isEmpty();
    assertThat(keeper.omittedFiles()).isEqualTo(1);
    keeper.accept(Event.builder().file(name, Bytes.ofUtf8("x")).mimeType(name).build(), 5_000);
    assertThat(keeper.weight()).isGreaterThan(4_000);
    for (int i = 0; i < 2 * FileKeeper.MAX_FILES; i++) {
      keeper.accept(Event.builder().file("f" + i, Bytes.EMPTY).build(), 1_000);
    }
    assertThat(keeper.attachments()).hasSize(FileKeeper.MAX_FILES);
  }

  @Test
  void heldTagsAndNamesAreWeighed() {
    HeldTest test = new HeldTest(new Name("", "t"), List.of());
    long before = test.weight();
    test.hold(
        Event.test("t", Status.INPROGRESS)
            .tags("x".repeat(1_000))
            .mimeType("m".repeat(1_000))
            .file("f".repeat(1_000), Bytes.EMPTY)
            .build(),
        1 << 20);
    assertThat(test.weight() - before).isGreaterThan(6_000);
  }
}
