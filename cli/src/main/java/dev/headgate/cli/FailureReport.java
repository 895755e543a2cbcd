package dev.headgate.cli;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.store.StoreException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Decides, once and for every command, whose fault a failure is, and says it to the user. */
final class FailureReport {
  private final PrintStream err;

  FailureReport(Console console) {
    err = console.err();
  }

  /** Prints what went wrong and what to do; returns the exit code that belongs to it. */
  ExitCode print(Throwable failure) {
    return switch (failure) {
      case CommandFailure known -> known(known);
      case EnvironmentException machine -> environment(String.valueOf(machine.getMessage()));
      case StoreException machine -> environment(String.valueOf(machine.getMessage()));
      case ParameterException wrong -> usage(wrong);
      case InterruptedException _ -> interrupted();
      case UncheckedIOException io ->
          environment(Objects.<Exception>requireNonNullElse(io.getCause(), io));
      case IOException io -> environment(io);
      default -> bug(failure);
    };
  }

  private ExitCode known(CommandFailure failure) {
    err.println("headgate: " + failure.getMessage());
    if (!failure.advice().isEmpty()) {
      err.println(failure.advice());
    }
    return failure.exitCode();
  }

  private ExitCode usage(ParameterException wrong) {
    String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    err.println(command + ": " + explanation(wrong));
    err.println("Try '" + command + " --help'.");
    return ExitCode.USAGE;
  }

  private static String explanation(ParameterException wrong) {
    if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(wrong.getMessage());
    }
    String unknown = unmatched.getUnmatched().getFirst();
    int value = unknown.startsWith("--") ? unknown.indexOf('=') : -1;
    String argument = value < 0 ? unknown : unknown.substring(0, value);
    String what = what(argument, unmatched) + " '" + argument + "'";
    List<String> nearest = Nearest.to(argument, names(argument, unmatched));
    return nearest.isEmpty()
        ? what
        : what + "; did you mean '" + String.join("' or '", nearest) + "'?";
  }

  private static String what(String argument, UnmatchedArgumentException unmatched) {
    if (argument.startsWith("-")) {
      return "unknown option";
    }
    boolean group = !unmatched.getCommandLine().getSubcommands().isEmpty();
    return group ? "unknown command" : "unexpected argument";
  }

  private static List<String> names(String argument, UnmatchedArgumentException unmatched) {
    if (!argument.startsWith("-")) {
      return List.copyOf(unmatched.getCommandLine().getSubcommands().keySet());
    }
    return unmatched.getCommandLine().getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .flatMap(option -> List.of(option.names()).stream())
        .toList();
  }

  private ExitCode interrupted() {
    err.println("headgate: interrupted");
    return ExitCode.INTERRUPTED;
  }

  private ExitCode environment(Exception failure) {
    // The messages of file system exceptions are often the bare path: the class says what happened.
    return environment(failure.getClass().getSimpleName() + ": " + failure.getMessage());
  }

  private ExitCode environment(String message) {
    err.println("headgate: " + message);
    return ExitCode.ENVIRONMENT;
  }

  private ExitCode bug(Throwable failure) {
    err.println("headgate: this is a bug of Headgate, not of your change or your machine.");
    err.println("Please report it with these lines and what you called:");
    err.println(Version.line());
    failure.printStackTrace(err);
    return ExitCode.BUG;
  }
}
