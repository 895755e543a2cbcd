package dev.headgate.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code headgate stream}: the group of commands that read and write streams of test results. */
@Command(
    name = "stream",
    description = "Reads, changes and writes streams of test results (subunit).",
    footer = {
      "",
      "All read FILEs or standard input, version 1 or 2, also compressed. Exit code 1",
      "if what they read holds a failed, unexpectedly successful or lost test."
    },
    sortOptions = false)
final class StreamCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** The commands of the group. */
  static List<Commands.Subcommand> parts() {
    return List.of(
        new Commands.Subcommand("ls", StreamLsCommand::new),
        new Commands.Subcommand("stats", StreamStatsCommand::new),
        new Commands.Subcommand("filter", StreamFilterCommand::new),
        new Commands.Subcommand("tag", StreamTagCommand::new),
        new Commands.Subcommand("convert", StreamConvertCommand::new),
        new Commands.Subcommand("trace", StreamTraceCommand::new),
        new Commands.Subcommand("mux", StreamMuxCommand::new),
        new Commands.Subcommand("demux", StreamDemuxCommand::new),
        new Commands.Subcommand("diff", StreamDiffCommand::new),
        new Commands.Subcommand("output", StreamOutputCommand::new),
        new Commands.Subcommand("cat", StreamCatCommand::new),
        new Commands.Subcommand("verify", StreamVerifyCommand::new));
  }
}
