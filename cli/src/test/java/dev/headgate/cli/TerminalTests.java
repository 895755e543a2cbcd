package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTests {
  private static final Map<String, String> XTERM = Map.of("TERM", "xterm-256color");

  @Test
  void eachOutputIsATerminalOrNotByItself() {
    Terminal onlyErr = Terminal.of("2", XTERM);
    assertThat(onlyErr.coloursOnOut()).isFalse();
    assertThat(onlyErr.coloursOnErr()).isTrue();
    assertThat(onlyErr.live()).isFalse();
    assertThat(Terminal.of("12", XTERM).live()).isTrue();
  }

  @Test
  void aPipeHasNeitherColoursNorALiveDisplay() {
    Terminal pipe = Terminal.of("", XTERM);
    assertThat(pipe.live()).isFalse();
    assertThat(pipe.coloursOnOut()).isFalse();
    assertThat(pipe.coloursOnErr()).isFalse();
    assertThat(pipe.columns()).isEqualTo(Terminal.DEFAULT_COLUMNS);
  }

  @Test
  void noColorForbidsColoursButNotALiveDisplay() {
    Terminal terminal = Terminal.of("12", Map.of("TERM", "xterm", "NO_COLOR", "1"));
    assertThat(terminal.coloursOnOut()).isFalse();
    assertThat(terminal.live()).isTrue();
  }

  @Test
  void anEmptyNoColorForbidsNothing() {
    assertThat(Terminal.of("1", Map.of("TERM", "xterm", "NO_COLOR", "")).coloursOnOut()).isTrue();
  }

  @Test
  void aDumbTerminalCannotBeDrawnUpon() {
    for (Map<String, String> environment :
        List.of(Map.of("TERM", "dumb"), Map.<String, String>of())) {
      Terminal terminal = Terminal.of("12", environment);
      assertThat(terminal.live()).isFalse();
      assertThat(terminal.coloursOnOut()).isFalse();
    }
  }

  @Test
  void columnsAreTakenFromTheEnvironment() {
    assertThat(Terminal.of("", Map.of("COLUMNS", "132")).columns()).isEqualTo(132);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-5", "wide", "1000000", "99999999999"})
  void anImplausibleWidthIsIgnored(String columns) {
    assertThat(Terminal.of("", Map.of("COLUMNS", columns)).columns())
        .isEqualTo(Terminal.DEFAULT_COLUMNS);
  }
}
