package dev.headgate.cli;

import java.util.Arrays;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** Where the process begins: finds the command, runs it, and ends with its exit code. */
public final class Main {
  private final Commands commands;
  private final Invocation invocation;

  Main(Commands commands, Invocation invocation) {
    this.commands = commands;
    this.invocation = invocation;
  }

  /** Runs the command that the arguments name and ends the process with its exit code. */
  public static void main(String[] args) {
    Invocation invocation = Invocation.ofProcess();
    ExitCode exitCode = new Main(Commands.ALL, invocation).run(args);
    invocation.interruption().commandEnded(exitCode);
    System.exit(exitCode.status());
  }

  /** Runs the command and reports what goes wrong; never throws. */
  ExitCode run(String... args) {
    ExitCode exitCode;
    try {
      exitCode = dispatch(helpAsOption(args));
    } catch (Throwable e) {
      exitCode = new FailureReport(invocation.console()).print(e);
    }
    return exitCode.worse(invocation.console().close());
  }

  /** {@code headgate help gate} means {@code headgate gate --help}. */
  private static String[] helpAsOption(String[] args) {
    if (args.length == 0 || !args[0].equals("help")) {
      return args;
    }
    String[] rewritten = Arrays.copyOfRange(args, 1, args.length + 1);
    rewritten[args.length - 1] = "--help";
    return rewritten;
  }

  private ExitCode dispatch(String[] args) throws Exception {
    ParseResult parsed = commands.parserFor(invocation, args).parseArgs(args);
    while (parsed.hasSubcommand()) {
      parsed = parsed.subcommand();
    }
    CommandLine command = parsed.commandSpec().commandLine();
    if (parsed.isUsageHelpRequested()) {
      command.usage(invocation.console().out(), invocation.console().scheme());
      return ExitCode.SUCCESS;
    }
    if (parsed.isVersionHelpRequested()) {
      invocation.console().out().println(Version.line());
      return ExitCode.SUCCESS;
    }
    if (command.getCommand() instanceof Callable<?> callable
        && callable.call() instanceof ExitCode exitCode) {
      return exitCode;
    }
    // A group (the root is one) does nothing by itself.
    command.usage(invocation.console().err(), invocation.console().errScheme());
    return ExitCode.USAGE;
  }
}
