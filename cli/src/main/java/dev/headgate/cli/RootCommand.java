package dev.headgate.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command without a subcommand: it knows its version and how to help. */
@Command(
    name = "headgate",
    description = "Keeps main green: tests every change exactly as it will land.",
    footer = {
      "",
      "Exit codes: 0 success, 1 failed, 2 usage, 3 environment,",
      "4 interrupted, 70 a bug of Headgate."
    },
    sortOptions = false)
final class RootCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  boolean version;
}
