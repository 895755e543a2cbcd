package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.cli.Commands.Subcommand;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code headgate simulate histories}: what it prints and how it ends. */
class HistoriesCommandTests {
  private final Capture capture = new Capture();

  @Test
  void whatHappenedIsCounted() {
    assertThat(run("--count", "40", "--seed", "7")).isEqualTo(ExitCode.SUCCESS);
    assertThat(capture.out())
        .contains("4 histories in", "36 histories in", "  landed", "  report landed jobs")
        .contains(" 0  broken");
  }

  @Test
  void theDocumentSaysTheSame() {
    assertThat(run("--count", "20", "--json")).isEqualTo(ExitCode.SUCCESS);
    Map<String, Object> document = JsonText.parse(capture.out());
    assertThat(document).containsEntry("v", 1L);
    assertThat(document.get("machine"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("histories", 18L)
        .containsEntry("broken", Map.of());
  }

  @Test
  void noHistoriesAreNoCheck() {
    assertThat(run("--count", "0")).isEqualTo(ExitCode.USAGE);
    assertThat(capture.err()).contains("--count 0 is no number of histories");
  }

  private ExitCode run(String... arguments) {
    String[] all = new String[arguments.length + 2];
    all[0] = "simulate";
    all[1] = "histories";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return capture.run(
        List.of(
            new Subcommand(
                "simulate",
                _ -> new SimulateCommand(),
                List.of(new Subcommand("histories", HistoriesCommand::new)))),
        all);
  }
}
