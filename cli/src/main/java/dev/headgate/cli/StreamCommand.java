package dev.headgate.cli;

import dev.headgate.subunit.TestTally;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** {@code headgate stream}: the group of commands that read and write streams of test results. */
final class StreamCommand {
  private StreamCommand() {}

  /** The group as its parser sees it, without its commands. */
  static CommandSpec describe() {
    CommandSpec spec = CommandSpec.create().name("stream").addOption(RootCommand.help());
    spec.usageMessage()
        .description("Reads, changes and writes streams of test results (subunit).")
        .footer(
            "",
            "All read FILEs or standard input, version 1 or 2, also compressed. Exit code 1",
            "if what they read holds a failed, unexpectedly successful or lost test.")
        .sortOptions(false);
    return spec;
  }

  /** The commands of the group. */
  static List<Commands.Subcommand> parts() {
    return List.of(
        new Commands.Subcommand("ls", StreamLsCommand::new),
        new Commands.Subcommand("stats", StreamStatsCommand::describe, List.of()),
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

  /**
   * The exit code after all was read and written: whether it holds a test that failed, passed
   * unexpectedly or was lost, or a run that says of itself that it failed.
   *
   * @param cut why not everything was read; it is thrown on
   */
  static ExitCode exitCode(TestTally tally, @Nullable CommandFailure cut) {
    if (cut != null) {
      throw cut;
    }
    return tally.isBad() ? ExitCode.FAILED : ExitCode.SUCCESS;
  }
}
