package dev.headgate.cli;

import dev.headgate.adapter.git.LandingOptions;
import dev.headgate.model.PipelineName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code headgate gate}: lands the branches that pass together. */
@Command(
    name = "gate",
    description =
        "Tests branches exactly as they would land, in parallel, and lands those that pass.",
    footer = {
      "",
      "Without branches it finishes a queue that an earlier command left unfinished.",
      "Exit code 1: a change was rejected; 3: one could not be tested; 4: interrupted."
    },
    mixinStandardHelpOptions = false,
    sortOptions = false)
final class GateCommand implements Callable<ExitCode> {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "BRANCH",
      description =
          "Changes, in the order in which they enter the queue; PROJECT:BRANCH for those of others.")
  List<String> branches = new ArrayList<>();

  @Option(
      names = "--onto",
      paramLabel = "BRANCH",
      description = "Where they land; default: main, or master if there is no main.")
  @Nullable String onto;

  @Option(
      names = "--project",
      paramLabel = "NAME=FOLDER",
      description =
          "Another repository of the queue; its branches are named NAME:BRANCH. May be repeated.")
  List<String> projects = new ArrayList<>();

  @Option(
      names = "--site",
      paramLabel = "FILE",
      description =
          "Pipelines, queues and semaphores; default: headgate.yaml in the working tree, if it is there.")
  @Nullable Path site;

  @Option(
      names = "--pipeline",
      paramLabel = "NAME",
      description = "The pipeline to enter; one that lands nothing just tests. Default: gate.")
  String pipeline = PipelineName.GATE.value();

  @Option(
      names = {"-j", "--workers"},
      paramLabel = "N",
      description = "Builds at once; default: the number of processors.")
  int workers = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--replay",
      paramLabel = "RANGE",
      description =
          "Gate the merges of a range of history, as in v1..v2, onto what they were merged onto then;"
              + " lands on the branch headgate-replay, or the one that --onto names.")
  @Nullable String replay;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "With --replay: the jobs, for a history that has no .headgate.yaml of its own.")
  @Nullable Path config;

  @Option(
      names = "--no-checkout",
      description = "Move only the branch, although it is checked out.")
  boolean noCheckout;

  @Option(
      names = "--push",
      paramLabel = "REMOTE",
      description = "Push the branch there with each landing.")
  @Nullable String push;

  @Option(names = "--wait", description = "Wait while another process gates in this repository.")
  boolean waitForLock;

  @Option(
      names = "--explain",
      description = "Tell why each change was restarted and what it waited for.")
  boolean explain;

  @Option(names = "--json", description = "One JSON event a line (docs/reference/gate-events.md).")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  GateCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() throws InterruptedException {
    if (workers < 1) {
      throw CommandFailure.usage("--workers must be at least 1, got " + workers, "");
    }
    if (replay != null && !branches.isEmpty()) {
      throw CommandFailure.usage(
          "--replay makes the changes itself, so no branches can be given with it",
          "leave out " + String.join(" ", branches));
    }
    if (replay != null && !projects.isEmpty()) {
      throw CommandFailure.usage(
          "--replay replays one repository", "leave out --project " + projects.getFirst());
    }
    if (config != null && replay == null) {
      throw CommandFailure.usage(
          "--config goes with --replay only", "branches bring their own .headgate.yaml");
    }
    GateRun.Request request =
        new GateRun.Request(
            branches,
            onto,
            LocalSite.pipeline(pipeline),
            LocalSite.folders(projects, invocation.directory()),
            site,
            workers,
            new LandingOptions(!noCheckout, Optional.ofNullable(push)),
            waitForLock,
            new GateRun.Output(json, explain));
    return replay == null
        ? new GateRun(invocation, request).run()
        : new ReplayRun(invocation, request, replay, config).run();
  }
}
