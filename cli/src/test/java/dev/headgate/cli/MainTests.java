package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.cli.Commands.Subcommand;
import dev.headgate.conduct.EnvironmentException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

class MainTests {
  @Command(name = "sluice", description = "Opens a sluice.")
  static final class Sluice implements Callable<ExitCode> {
    @Option(names = "--workers", description = "How many.")
    int workers = 1;

    @Option(
        names = {"-h", "--help"},
        usageHelp = true,
        description = "Show this help.")
    boolean help;

    @Parameters(arity = "0..1")
    String what = "nothing";

    private final Callable<ExitCode> action;

    Sluice(Callable<ExitCode> action) {
      this.action = action;
    }

    @Override
    public ExitCode call() throws Exception {
      return action.call();
    }
  }

  private final Capture capture = new Capture();

  @Test
  void versionIsOneLineOnStandardOutput() {
    assertThat(capture.run(List.of(), "--version")).isEqualTo(ExitCode.SUCCESS);
    assertThat(capture.out()).matches("headgate \\S+ \\(Java 25\\S*\\)\\R");
    assertThat(capture.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help"})
  void helpNamesTheCommandsAndTheExitCodes(String help) {
    assertThat(run(() -> ExitCode.BUG, help)).isEqualTo(ExitCode.SUCCESS);
    assertThat(capture.out()).contains("Usage: headgate", "sluice", "Opens a sluice.", "70 a bug");
    assertThat(capture.err()).isEmpty();
  }

  @Test
  void helpOfACommandIsItsOwn() {
    assertThat(run(() -> ExitCode.BUG, "help", "sluice")).isEqualTo(ExitCode.SUCCESS);
    assertThat(capture.out()).contains("Usage: headgate sluice", "--workers");
  }

  @Test
  void noCommandAtAllIsAMistakeThatShowsHelp() {
    assertThat(run(() -> ExitCode.BUG)).isEqualTo(ExitCode.USAGE);
    assertThat(capture.err()).contains("Usage: headgate", "sluice");
    assertThat(capture.out()).isEmpty();
  }

  @Test
  void whatTheCommandReturnsIsTheExitCode() {
    assertThat(run(() -> ExitCode.FAILED, "sluice")).isEqualTo(ExitCode.FAILED);
    assertThat(capture.err()).isEmpty();
  }

  @Test
  void onlyTheCommandThatIsCalledIsCreated() {
    AtomicInteger created = new AtomicInteger();
    Subcommand other =
        new Subcommand(
            "other",
            _ -> {
              created.incrementAndGet();
              return new Sluice(() -> ExitCode.SUCCESS);
            });
    Subcommand called = new Subcommand("sluice", _ -> new Sluice(() -> ExitCode.SUCCESS));
    assertThat(capture.run(List.of(other, called), "sluice")).isEqualTo(ExitCode.SUCCESS);
    assertThat(created).hasValue(0);
  }

  @Test
  void anUnknownCommandGetsTheNearestOne() {
    assertThat(run(() -> ExitCode.BUG, "sliuce", "--workers", "2")).isEqualTo(ExitCode.USAGE);
    assertThat(capture.err())
        .contains("headgate: unknown command 'sliuce'; did you mean 'sluice'?")
        .contains("Try 'headgate --help'.");
    assertThat(capture.out()).isEmpty();
  }

  @Test
  void anUnknownOptionGetsTheNearestOne() {
    assertThat(run(() -> ExitCode.BUG, "sluice", "--worker")).isEqualTo(ExitCode.USAGE);
    assertThat(capture.err())
        .contains("headgate sluice: unknown option '--worker'; did you mean '--workers'?")
        .contains("Try 'headgate sluice --help'.");
  }

  @Test
  void anUnknownOptionWithAValueGetsTheNearestOne() {
    assertThat(run(() -> ExitCode.BUG, "sluice", "--wrokers=3")).isEqualTo(ExitCode.USAGE);
    assertThat(capture.err()).contains("unknown option '--wrokers'; did you mean '--workers'?");
  }

  @Test
  void aWordThatIsNearToNothingGetsNoSuggestion() {
    assertThat(run(() -> ExitCode.BUG, "xyzzy")).isEqualTo(ExitCode.USAGE);
    assertThat(capture.err()).contains("unknown command 'xyzzy'").doesNotContain("did you mean");
  }

  @Test
  void anArgumentTooManyIsNamed() {
    assertThat(run(() -> ExitCode.BUG, "sluice", "one", "two")).isEqualTo(ExitCode.USAGE);
    assertThat(capture.err()).contains("headgate sluice: unexpected argument 'two'");
  }

  @Test
  void aValueOfTheWrongTypeIsAMistakeOfTheCaller() {
    assertThat(run(() -> ExitCode.BUG, "sluice", "--workers", "many")).isEqualTo(ExitCode.USAGE);
    assertThat(capture.err()).contains("many").contains("--workers");
  }

  @Test
  void aKnownFailureSaysWhatToDoAndShowsNoStack() {
    assertThat(run(failing(CommandFailure.usage("no branch 'x'", "See 'git branch'.")), "sluice"))
        .isEqualTo(ExitCode.USAGE);
    assertThat(capture.err().lines())
        .containsExactly("headgate: no branch 'x'", "See 'git branch'.");
  }

  @Test
  void theMachineIsToBlameForInputAndOutput() {
    Map<Exception, String> failures =
        Map.of(
            new EnvironmentException("git is missing"),
            "headgate: git is missing",
            new IOException("No space left on device"),
            "No space left on device",
            new UncheckedIOException(new NoSuchFileException("/x")),
            "NoSuchFileException: /x",
            CommandFailure.environment("disk full", "", null),
            "headgate: disk full");
    failures.forEach((failure, message) -> {
      Capture own = new Capture();
      assertThat(own.run(sluice(failing(failure)), "sluice")).isEqualTo(ExitCode.ENVIRONMENT);
      assertThat(own.err()).contains(message).doesNotContain("\tat ");
    });
  }

  @Test
  void anInterruptionHasItsOwnCode() {
    assertThat(run(failing(new InterruptedException()), "sluice")).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(capture.err()).contains("interrupted");
  }

  @Test
  void everythingElseIsOurBugAndShowsItsStack() {
    assertThat(run(failing(new IllegalStateException("gate is open")), "sluice"))
        .isEqualTo(ExitCode.BUG);
    assertThat(capture.err())
        .contains("this is a bug of Headgate", "gate is open", "\tat dev.headgate.cli.MainTests");
  }

  @Test
  void helpInAPipeHasNoColours() {
    run(() -> ExitCode.BUG, "--help");
    assertThat(capture.out()).doesNotContain("\u001b");
  }

  @Test
  void helpOnATerminalHasColours() {
    Capture coloured = new Capture(Terminal.of("12", Map.of("TERM", "xterm", "COLUMNS", "90")));
    coloured.run(List.of(), "--help");
    assertThat(coloured.out()).contains("\u001b[");
  }

  private ExitCode run(Callable<ExitCode> action, String... args) {
    return capture.run(sluice(action), args);
  }

  private static List<Subcommand> sluice(Callable<ExitCode> action) {
    return List.of(new Subcommand("sluice", _ -> new Sluice(action)));
  }

  private static Callable<ExitCode> failing(Exception failure) {
    return () -> {
      throw failure;
    };
  }
}
