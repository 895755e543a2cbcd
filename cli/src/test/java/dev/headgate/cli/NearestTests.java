package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTests {
  @ParameterizedTest
  @CsvSource({
    "'','',0",
    "a,'',1",
    "gate,gate,0",
    "gate,gaet,1",
    "gate,ate,1",
    "gate,date,1",
    "demo,log,4"
  })
  void distanceCountsSlipsOfTheHand(String from, String to, int distance) {
    assertThat(Nearest.distance(from, to)).isEqualTo(distance);
    assertThat(Nearest.distance(to, from)).isEqualTo(distance);
  }

  @Test
  void severalEquallyNearAreAllNamed() {
    assertThat(Nearest.to("lag", List.of("log", "last", "lab", "gate")))
        .containsExactly("log", "lab");
  }

  @Test
  void theNearerOneWins() {
    assertThat(Nearest.to("--verison", List.of("--verbose", "--version")))
        .containsExactly("--version");
  }

  @Test
  void whatIsFarIsNotNamed() {
    assertThat(Nearest.to("xyzzy", List.of("gate", "demo", "log"))).isEmpty();
    assertThat(Nearest.to("", List.of("gate"))).isEmpty();
  }
}
