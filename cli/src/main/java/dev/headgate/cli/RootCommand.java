package dev.headgate.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The command without a subcommand: it knows its version and how to help.
 *
 * <p>Every call passes here, so it is described by calls and not by annotations, each kind of which
 * costs a generated class at start.
 */
final class RootCommand {
  private RootCommand() {}

  static CommandSpec describe() {
    CommandSpec root = CommandSpec.create().name("headgate");
    root.addOption(help());
    root.addOption(
        OptionSpec.builder("-V", "--version")
            .type(boolean.class)
            .versionHelp(true)
            .description("Show the version.")
            .build());
    root.usageMessage()
        .description("Keeps main green: tests every change exactly as it will land.")
        .footer(
            "",
            "Exit codes: 0 success, 1 failed, 2 usage, 3 environment,",
            "4 interrupted, 70 a bug of Headgate.")
        .sortOptions(false);
    return root;
  }

  /** The option that each command has. */
  static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .type(boolean.class)
        .usageHelp(true)
        .description("Show this help.")
        .build();
  }
}
