package dev.headgate.cli;

import dev.headgate.adapter.git.NewRepository;
import dev.headgate.conduct.History;
import dev.headgate.gate.ItemEnd;
import dev.headgate.model.ChangeId;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code headgate demo}: a small real project, eight changes, gated live, and what happened
 * explained.
 */
@Command(
    name = "demo",
    description = "Makes a small project with eight changes, gates them, and explains the result.",
    sortOptions = false)
final class DemoCommand implements Callable<ExitCode> {
  private final Invocation invocation;

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "Make it there, in a new or empty folder; default: a new temporary one.")
  @Nullable Path directory;

  @Option(
      names = {"-j", "--workers"},
      paramLabel = "N",
      description = "Builds at once; default: the number of processors.")
  int workers = Runtime.getRuntime().availableProcessors();

  @Option(names = "--json", description = "One JSON event a line.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  DemoCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() throws InterruptedException, IOException {
    if (workers < 1) {
      throw CommandFailure.usage("--workers must be at least 1, got " + workers, "");
    }
    Path folder = folder();
    NewRepository.fastImport(folder, DemoProject.BRANCH, DemoProject.fastImport());
    PrintStream out = invocation.console().out();
    if (!json) {
      announce(out, folder);
    }
    Invocation inside =
        new Invocation(
            invocation.in(),
            invocation.console(),
            folder,
            environment(),
            invocation.interruption());
    ExitCode gated =
        new GateRun(
                inside,
                GateRun.Request.of(
                    DemoProject.TOPICS.stream().map(DemoProject.Topic::branch).toList(),
                    DemoProject.BRANCH,
                    workers,
                    new GateRun.Output(json, false)))
            .run();
    if (invocation.interruption().requested() || gated == ExitCode.ENVIRONMENT) {
      return gated;
    }
    return conclude(inside, folder, out);
  }

  /** The tests run on the very JDK that runs this command: it is known to be new enough. */
  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(invocation.environment());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    return environment;
  }

  private Path folder() throws IOException {
    if (directory == null) {
      return Files.createTempDirectory("headgate-demo-");
    }
    Path folder = invocation.directory().resolve(directory).normalize();
    if (Files.exists(folder)) {
      try (Stream<Path> inside = Files.list(folder)) {
        if (inside.findAny().isPresent()) {
          throw CommandFailure.usage(
              folder + " is not empty", "name a new folder, or go on there with `headgate gate`");
        }
      }
    }
    return Files.createDirectories(folder);
  }

  private void announce(PrintStream out, Path folder) {
    Style style = new Style(invocation.console().terminal().coloursOnOut());
    out.println("A small Java project in " + folder + ", and eight changes to it:");
    out.println();
    for (DemoProject.Topic topic : DemoProject.TOPICS) {
      out.println("  " + style.strong("%-14s".formatted(topic.branch())) + topic.what());
    }
    out.println();
    List<String> names = names();
    int half = names.size() / 2;
    out.println("headgate gate --onto main " + String.join(" ", names.subList(0, half)) + " \\");
    out.println("    " + String.join(" ", names.subList(half, names.size())));
    out.println();
    out.flush();
  }

  private static List<String> names() {
    return DemoProject.TOPICS.stream().map(DemoProject.Topic::branch).toList();
  }

  /** Success means that the gate did to each change what it should. */
  private ExitCode conclude(Invocation inside, Path folder, PrintStream out) {
    TreeSet<String> wrong = new TreeSet<>();
    try (Site site = Site.look(inside)) {
      for (DemoProject.Topic topic : DemoProject.TOPICS) {
        if (landed(site, topic) != topic.lands()) {
          wrong.add(topic.branch());
        }
      }
    }
    if (!wrong.isEmpty()) {
      throw CommandFailure.environment(
          "the demo did not end as it should: look at " + String.join(", ", wrong),
          "in " + folder + ": headgate explain " + wrong.first(),
          null);
    }
    if (!json) {
      explain(out, folder);
    }
    return ExitCode.SUCCESS;
  }

  private static boolean landed(Site site, DemoProject.Topic topic) {
    boolean landed = false;
    for (History.Fact fact : History.of(site.store(), new ChangeId(topic.branch()))) {
      if (fact instanceof History.Fact.Ended ended) {
        landed = ended.end().kind() == ItemEnd.Kind.LANDED;
      }
    }
    return landed;
  }

  private static void explain(PrintStream out, Path folder) {
    out.println(
        """

        What happened: every change was merged onto main plus the changes ahead of
        it, and tested there, at the same time as they were. What failed left, and
        only what had assumed it was tested again. daily-flow passes alone, and no
        text conflicts, yet it would have broken main after rename-flow. Each commit
        on main is one that was tested:

          cd %s
          git log --oneline --graph main
          headgate explain daily-flow
          headgate last\
        """
            .formatted(folder));
  }
}
