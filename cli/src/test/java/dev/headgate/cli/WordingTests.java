package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.ChangeId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How values are said in a line. */
final class WordingTests {
  private static List<ChangeId> changes(String... names) {
    return Stream.of(names).map(ChangeId::new).toList();
  }

  @Test
  void shortPathNamesEverythingAhead() {
    assertThat(Wording.path("main", List.of())).isEqualTo("main");
    assertThat(Wording.path("main", changes("a", "b", "c"))).isEqualTo("main + a + b + c");
  }

  @Test
  void longPathCountsAndNamesTheNearest() {
    assertThat(Wording.path("main", changes("a", "b", "c", "d")))
        .isEqualTo("main + 4 changes up to d");
  }
}
