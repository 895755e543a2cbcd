package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExitCodeTests {
  @ParameterizedTest
  @EnumSource(Outcome.class)
  void everyOutcomeKeepsItsCode(Outcome outcome) {
    assertThat(ExitCode.of(outcome).status()).isEqualTo(outcome.exitCode());
  }

  @Test
  void theHigherClassWins() {
    assertThat(ExitCode.FAILED.worse(ExitCode.ENVIRONMENT)).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(ExitCode.BUG.worse(ExitCode.INTERRUPTED)).isEqualTo(ExitCode.BUG);
    assertThat(ExitCode.SUCCESS.worse(ExitCode.SUCCESS)).isEqualTo(ExitCode.SUCCESS);
  }

  @Test
  void laterMeansHigher() {
    ExitCode[] codes = ExitCode.values();
    for (int i = 1; i < codes.length; i++) {
      assertThat(codes[i].status()).isGreaterThan(codes[i - 1].status());
    }
  }

  @ParameterizedTest
  @EnumSource(ExitCode.class)
  void theReferenceListsEveryCode(ExitCode code) {
    assertThat(Rooms.read(Rooms.ROOT.resolve("docs/reference/exit-codes.md")))
        .containsPattern("(?m)^\\| " + code.status() + " \\|");
  }
}
