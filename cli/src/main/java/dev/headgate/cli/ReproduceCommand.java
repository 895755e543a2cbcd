package dev.headgate.cli;

import dev.headgate.adapter.git.Repository;
import dev.headgate.adapter.git.Reproduction;
import dev.headgate.model.AttemptEnd;
import dev.headgate.model.Content;
import dev.headgate.model.Outcome;
import dev.headgate.model.Verdict;
import dev.headgate.runner.Command;
import dev.headgate.runner.OutputSink;
import dev.headgate.runner.Runner;
import dev.headgate.runner.RunningJob;
import dev.headgate.store.RecordedRun;
import dev.headgate.subunit.Event;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code headgate reproduce}: the very commit that a build tested, in a folder, and what was run
 * there.
 */
@picocli.CommandLine.Command(
    name = "reproduce",
    description =
        "Makes a worktree of exactly what a build tested and prints, or runs, what it ran.",
    sortOptions = false)
final class ReproduceCommand implements Callable<ExitCode> {
  private final Invocation invocation;

  @Parameters(paramLabel = "BUILD", description = "The build's number.")
  String build = "";

  @Option(
      names = "--directory",
      paramLabel = "DIR",
      description = "Make it there, in a new folder; default: a temporary one.")
  @Nullable Path directory;

  @Option(
      names = "--run",
      description = "Run it; the exit code is 0 if it passes and 1 if it fails.")
  boolean runIt;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  ReproduceCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() throws IOException, InterruptedException {
    try (Site site = Site.look(invocation)) {
      RecordedRun run = Runs.newest(site.runs(), build);
      RecordedBuild recorded = RecordedBuild.parse(run.header().commandJson());
      Repository own =
          recorded.repository().isEmpty()
              ? site.repository()
              : repository(Path.of(recorded.repository()));
      Path folder = worktree(own, run);
      Map<String, String> environment = new TreeMap<>(recorded.environment());
      environment.putAll(RecordedBuild.variables(besides(recorded)));
      Path temporary = Files.createTempDirectory("headgate-build-" + build + "-tmp-");
      environment.put("TMPDIR", temporary.toString());
      describe(run, folder, recorded.run(), environment);
      if (!runIt) {
        return ExitCode.SUCCESS;
      }
      return execute(
          site,
          new Command(recorded.run(), folder, environment, recorded.timeout(), recorded.results()),
          run);
    }
  }

  private Path worktree(Repository repository, RecordedRun run) throws IOException {
    Path place =
        directory == null
            ? Files.createTempDirectory("headgate-build-" + build + "-")
            : invocation.directory().resolve(directory);
    return Reproduction.create(repository, new Content(run.header().content()), place)
        .or(reason -> {
          throw CommandFailure.usage(reason, "");
        });
  }

  /** The working trees of the other projects, made anew. */
  private List<RecordedBuild.Besides> besides(RecordedBuild recorded) throws IOException {
    List<RecordedBuild.Besides> made = new ArrayList<>();
    for (RecordedBuild.Besides other : recorded.besides()) {
      Path place =
          Files.createTempDirectory("headgate-build-" + build + "-" + other.project() + "-");
      made.add(
          other.in(
              Reproduction.create(repository(other.repository()), other.content(), place)
                  .or(reason -> {
                    throw CommandFailure.usage(reason, "");
                  })));
    }
    return made;
  }

  private static Repository repository(Path folder) {
    return Repository.open(folder)
        .or(reason -> {
          throw CommandFailure.usage(reason, "");
        });
  }

  private void describe(
      RecordedRun run, Path folder, String command, Map<String, String> environment) {
    PrintStream out = invocation.console().out();
    Style style = new Style(invocation.console().terminal().coloursOnOut());
    out.println(style.strong(Wording.printable(Runs.title(run.header()))));
    out.println(style.faint("commit " + run.header().content()));
    out.println();
    out.println("cd " + quoted(folder.toString()));
    out.println("env -i \\");
    environment.forEach((name, value) -> out.println("  " + name + "=" + quoted(value) + " \\"));
    out.println("  sh -e -c " + quoted(command));
    out.println();
    out.println(
        style.faint("git worktree remove --force " + quoted(folder.toString()) + "   # when done"));
    out.flush();
  }

  private ExitCode execute(Site site, Command command, RecordedRun run)
      throws InterruptedException {
    Echo echo = new Echo(invocation.console());
    RunningJob job =
        new Runner(site.folder().resolve("processes"))
            .start(command, run.header().job() + "/reproduce", echo);
    invocation.interruption().handleWith(job::cancel);
    Verdict verdict = Verdict.of(echo.end());
    PrintStream out = invocation.console().out();
    out.println(
        verdict.kind().code() + (verdict.reason().isEmpty() ? "" : ": " + verdict.reason()));
    return switch (verdict.kind()) {
      case PASSED -> ExitCode.SUCCESS;
      case FAILED -> ExitCode.of(Outcome.CHANGE);
      case ENVIRONMENT -> ExitCode.of(Outcome.ENVIRONMENT);
      case NONE -> ExitCode.INTERRUPTED;
    };
  }

  /** Single quotes keep everything but themselves from the shell. */
  private static String quoted(String text) {
    return text.matches("[\\w@%+=:,./-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** Shows the output as it comes and hands the end over. */
  private static final class Echo implements OutputSink {
    private final LogText text;
    private final PrintStream out;
    private final SynchronousQueue<AttemptEnd> ended = new SynchronousQueue<>();

    Echo(Console console) {
      this.out = console.out();
      this.text =
          new LogText(
              out, new Style(console.terminal().coloursOnOut()), false, console.terminal().live());
    }

    @Override
    public void event(Event event) throws IOException {
      text.take(event);
      out.flush();
    }

    @Override
    public void ended(AttemptEnd end) {
      text.endLine();
      try {
        ended.put(end);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    AttemptEnd end() throws InterruptedException {
      return ended.take();
    }
  }
}
