package dev.headgate.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;

/**
 * The subcommands there are. Only the one that is called is created and reflected upon, so that
 * start-up does not grow with their number.
 */
final class Commands {
  /** The widest that help gets: longer lines are hard to read. */
  private static final int HELP_COLUMNS = 100;

  /** Every subcommand, in the order that the help shows. */
  static final Commands ALL =
      new Commands(
          List.of(
              new Subcommand("demo", DemoCommand::new),
              new Subcommand("init", InitCommand::new),
              new Subcommand("gate", GateCommand::new),
              new Subcommand("explain", ExplainCommand::new),
              new Subcommand("last", LastCommand::new),
              new Subcommand("log", LogCommand::new),
              new Subcommand("reproduce", ReproduceCommand::new),
              new Subcommand("stream", _ -> StreamCommand.describe(), StreamCommand.parts()),
              new Subcommand(
                  "simulate",
                  _ -> new SimulateCommand(),
                  List.of(
                      new Subcommand("scenario", ScenarioCommand::new),
                      new Subcommand("histories", HistoriesCommand::new)))));

  /**
   * A subcommand.
   *
   * @param name the word that calls it
   * @param create makes the object with picocli's annotations, or picocli's description of the
   *     command; it is called at most once a process
   * @param parts the subcommands of a group, which does nothing by itself; else empty
   */
  record Subcommand(String name, Function<Invocation, ?> create, List<Subcommand> parts) {
    Subcommand {
      parts = List.copyOf(parts);
    }

    /** A command that is no group. */
    Subcommand(String name, Function<Invocation, Callable<ExitCode>> create) {
      this(name, create, List.of());
    }

    /** A parser of the command alone: what stands in the list of a help. */
    CommandLine parser(Invocation invocation) {
      return new CommandLine(create.apply(invocation));
    }

    /** A parser that knows the part that is called, or all if none is. */
    CommandLine parser(Invocation invocation, String part) {
      CommandLine parser = parser(invocation);
      boolean known = parts.stream().anyMatch(one -> one.name.equals(part));
      for (Subcommand one : parts) {
        if (!known || one.name.equals(part)) {
          parser.addSubcommand(one.name, one.parser(invocation));
        }
      }
      return parser;
    }
  }

  private final Map<String, Subcommand> byName = new LinkedHashMap<>();

  Commands(List<Subcommand> subcommands) {
    subcommands.forEach(subcommand -> byName.put(subcommand.name(), subcommand));
  }

  /** The words that call them. */
  List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** A parser that knows at least the subcommand that the arguments begin with. */
  CommandLine parserFor(Invocation invocation, String[] args) {
    CommandLine root = new CommandLine(RootCommand.describe());
    Subcommand called = args.length == 0 ? null : byName.get(args[0]);
    if (called == null) {
      byName.forEach((name, subcommand) -> root.addSubcommand(name, subcommand.parser(invocation)));
    } else {
      root.addSubcommand(called.name(), called.parser(invocation, args.length > 1 ? args[1] : ""));
    }
    root.setUsageHelpWidth(Math.min(HELP_COLUMNS, invocation.console().width()));
    root.setUsageHelpAutoWidth(false);
    root.setCaseInsensitiveEnumValuesAllowed(true);
    return root;
  }
}
