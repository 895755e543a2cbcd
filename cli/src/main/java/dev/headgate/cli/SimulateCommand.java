package dev.headgate.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code headgate simulate}: the group of commands that run the real machine in a made-up world.
 */
@Command(
    name = "simulate",
    description = "Runs the real gate in a made-up world.",
    sortOptions = false)
final class SimulateCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;
}
