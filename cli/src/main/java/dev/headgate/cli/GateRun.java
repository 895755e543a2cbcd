package dev.headgate.cli;

import dev.headgate.adapter.git.Branch;
import dev.headgate.adapter.git.GitBranches;
import dev.headgate.adapter.git.GitWorkspaces;
import dev.headgate.adapter.git.LandingOptions;
import dev.headgate.adapter.git.Lookup;
import dev.headgate.adapter.git.ProjectSlots;
import dev.headgate.conduct.Conductor;
import dev.headgate.conduct.Envelope;
import dev.headgate.conduct.EnvironmentException;
import dev.headgate.conduct.Ports;
import dev.headgate.conduct.Probe;
import dev.headgate.conduct.Reports;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.GateSettings;
import dev.headgate.gate.ItemEnd;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.PipelineName;
import dev.headgate.model.ProjectId;
import dev.headgate.runner.Leftovers;
import dev.headgate.runner.Runner;
import dev.headgate.store.RunFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code headgate gate}: opens the site, brings the changes in, turns until all is
 * decided, tells how it ended.
 */
final class GateRun {
  /** Failed builds whose commits are kept from being pruned, for `headgate reproduce`. */
  private static final int CONTENTS_KEPT = 100;

  private final Invocation invocation;
  private final Request request;
  private final Clock clock = Clock.systemUTC();

  /**
   * What the user asked for.
   *
   * @param branches the changes in their order; may be empty: then only what was left unfinished is
   *     done
   * @param onto the branch they land on; null for the usual one
   * @param pipeline the pipeline they enter
   * @param projects the folders of the other projects of the queue, by the projects' names
   * @param site the site file; null for the one in the working tree, if there is one
   * @param workers builds at once, at least 1
   * @param landing what a landing does besides
   * @param waitForLock whether to wait for another process that gates here
   * @param output how it is told
   */
  record Request(
      List<String> branches,
      @Nullable String onto,
      PipelineName pipeline,
      Map<String, Path> projects,
      @Nullable Path site,
      int workers,
      LandingOptions landing,
      boolean waitForLock,
      Output output) {
    Request {
      branches = List.copyOf(branches);
      projects = Collections.unmodifiableMap(new LinkedHashMap<>(projects));
    }

    /** Into the usual pipeline of one repository, told as a user at a terminal sees it. */
    static Request of(List<String> branches, String onto, int workers, Output output) {
      return new Request(
          branches,
          onto,
          PipelineName.GATE,
          Map.of(),
          null,
          workers,
          LandingOptions.DEFAULT,
          false,
          output);
    }
  }

  /**
   * How what happens is told.
   *
   * @param json as JSON lines
   * @param explained whether each change's restarts and waits are told too
   */
  record Output(boolean json, boolean explained) {}

  GateRun(Invocation invocation, Request request) {
    this.invocation = invocation;
    this.request = request;
  }

  /**
   * What is gated: the branches that are landed on, and the changes; asked once the site is owned.
   */
  interface Source {
    /** The branch that changes of each project land on, that of the own project first. */
    Map<ProjectId, Branch> targets();

    /**
     * The changes in the order in which they enter the queue; those that depend on each other in a
     * circle, and land together, in one list.
     */
    List<List<Change>> changes(Map<ProjectId, Branch> targets);
  }

  ExitCode run() throws InterruptedException {
    LocalSite local = LocalSite.open(invocation, request);
    Proposals proposals = new Proposals(local.projects(), request);
    // Before anything is made or waited for: what was named must exist.
    proposals.changes(proposals.targets());
    return run(local, proposals);
  }

  ExitCode run(LocalSite local, Source source) throws InterruptedException {
    LocalProjects projects = local.projects();
    Optional<String> remote = request.landing().pushTo();
    if (remote.isPresent()) {
      projects.repositories().forEach(repository -> requireFound(repository.remote(remote.get())));
    }
    try (Site site = Site.own(projects.repositories(), invocation, request.waitForLock())) {
      endLeftovers(processes(site));
      try (GitBranches branches = GitBranches.open(projects.projects(), request.landing())) {
        return gate(site, local, branches, source);
      }
    }
  }

  private ExitCode gate(Site site, LocalSite local, GitBranches branches, Source source) {
    LocalProjects projects = local.projects();
    Map<ProjectId, Branch> targets = source.targets();
    List<List<Change>> changes = source.changes(targets);
    GateSettings settings = local.settings(targets.values().stream().map(Branch::name).toList());
    if (request.landing().checkout() && lands(settings)) {
      targets.forEach(
          (project, target) -> requireFound(projects.repository(project).readyToLand(target)));
    }
    Branch own = Objects.requireNonNull(targets.get(projects.own()));
    Board board = new Board(display(own.name()), clock.instant());
    Explainer explainer = new Explainer(board, request.output().explained());
    try (GitWorkspaces workspaces = new GitWorkspaces(projects.projects())) {
      ProjectSlots slots = ProjectSlots.open(projects.projects());
      LocalBuilds builds =
          new LocalBuilds(
              projects.projects(),
              slots,
              new Runner(processes(site)),
              site.runs(),
              site.folder().resolve("tmp"),
              board,
              invocation.environment(),
              clock);
      Conductor conductor =
          Conductor.open(
              site.store(),
              new Ports(workspaces, branches, builds, new Silence()),
              settings,
              explainer,
              Probe.NONE,
              board::warn);
      explainer.explains(conductor.gate());
      try {
        turn(conductor, board, explainer, builds, projects, targets, changes);
      } catch (EnvironmentException e) {
        throw stopped(board, slots, e);
      }
      slots.removeAll();
      workspaces.release(worthKeeping(site));
    }
    return conclude(board, projects, targets);
  }

  /** The display tells everything as it happens. */
  private static final class Silence implements Reports {
    @Override
    public void announce(Effect.Announce effect) {}

    @Override
    public void report(Effect.Report effect) {}
  }

  private boolean lands(GateSettings settings) {
    return settings
        .pipeline(request.pipeline())
        .map(pipeline -> pipeline.manager().lands())
        .orElse(false);
  }

  private void turn(
      Conductor conductor,
      Board board,
      Explainer explainer,
      LocalBuilds builds,
      LocalProjects projects,
      Map<ProjectId, Branch> targets,
      List<List<Change>> items) {
    List<Change> changes = items.stream().flatMap(List::stream).toList();
    board.resume(conductor.gate().rows(), conductor.unanswered());
    offer(conductor, new Event.CapacityChanged(request.workers()));
    targets.forEach((project, target) ->
        offer(conductor, new Event.TipMoved(new BranchRef(project, target.name()), target.tip())));
    conductor.resume(clock.instant());
    items.forEach(item -> enqueue(conductor, item));
    OutsideMoves outside = new OutsideMoves(projects, conductor, changes);
    try {
      new GateLoop(conductor, board, outside::look, clock).run(invocation.interruption());
      explainer.conclude(changes.stream().map(Change::id).toList());
    } finally {
      builds.cancelAll();
      board.close();
    }
  }

  /** Of a circle all must be known and approved before the first can enter, with the others. */
  private void enqueue(Conductor conductor, List<Change> item) {
    if (item.size() > 1) {
      item.forEach(change -> offer(conductor, new Event.Proposed(change)));
      item.forEach(change -> offer(conductor, new Event.Approved(change.id(), false)));
    }
    item.forEach(
        change -> offer(conductor, new Event.Enqueued(request.pipeline(), change, true, 0)));
  }

  private static void offer(Conductor conductor, Event event) {
    conductor.offer(new Envelope("", event));
  }

  /** The gate cannot go on; what has not landed stays in the queue. */
  private RuntimeException stopped(Board board, ProjectSlots slots, EnvironmentException problem) {
    try {
      slots.removeAll();
    } catch (RuntimeException e) {
      // What keeps the gate from going on may keep this from being done; the next start does it.
      problem.addSuppressed(e);
    }
    List<String> left =
        board.items().stream()
            .flatMap(item -> item.changes().stream())
            .map(change -> change.id().value())
            .distinct()
            .toList();
    return left.isEmpty()
        ? problem
        : CommandFailure.environment(
            String.valueOf(problem.getMessage()),
            "Still queued: " + String.join(", ", left) + ". `" + goOn() + "` goes on with that.",
            problem);
  }

  /** The command that resumes the queue with the same options. */
  private String goOn() {
    StringBuilder command = new StringBuilder("headgate gate");
    if (request.onto() != null) {
      command.append(" --onto ").append(request.onto());
    }
    request
        .projects()
        .forEach((name, folder) ->
            command.append(" --project ").append(name).append('=').append(folder));
    if (request.site() != null) {
      command.append(" --site ").append(request.site());
    }
    if (!request.landing().checkout()) {
      command.append(" --no-checkout");
    }
    request.landing().pushTo().ifPresent(remote -> command.append(" --push ").append(remote));
    return command.toString();
  }

  private static void requireFound(Lookup<?> lookup) {
    if (lookup instanceof Lookup.Problem<?>(String reason)) {
      throw CommandFailure.usage(reason, "");
    }
  }

  /**
   * What landed is on its branch; what did not land lately can still be looked into, and is kept
   * for that.
   */
  private static List<Content> worthKeeping(Site site) {
    return site.runs().list(CONTENTS_KEPT, RunFilter.ALL.endedAs("failed")).stream()
        .map(run -> new Content(run.header().content()))
        .distinct()
        .toList();
  }

  private static Path processes(Site site) {
    return site.folder().resolve("processes");
  }

  private static void endLeftovers(Path state) {
    try {
      Leftovers.Report report = Leftovers.kill(state);
      if (!report.stuck().isEmpty()) {
        throw CommandFailure.environment(
            "processes of an earlier command cannot be ended: " + report.stuck(),
            "end them, then call this again",
            null);
      }
    } catch (IOException e) {
      throw CommandFailure.environment("cannot look into " + state + ": " + e, "", e);
    }
  }

  private Display display(String branch) {
    Console console = invocation.console();
    if (request.output().json()) {
      return new JsonDisplay(console.out(), clock);
    }
    Style style = new Style(console.terminal().coloursOnOut());
    return console.terminal().live()
        ? new LiveDisplay(console.out(), branch, style, console::width, clock)
        : new PlainDisplay(console.out(), new NoticeLines(branch, style));
  }

  private ExitCode conclude(Board board, LocalProjects projects, Map<ProjectId, Branch> targets) {
    Map<BranchRef, Content> tips = new LinkedHashMap<>();
    targets.forEach((project, target) -> {
      Branch now = projects.repository(project).target(target.name()).or(reason -> target);
      tips.put(new BranchRef(project, target.name()), now.tip());
    });
    Console console = invocation.console();
    if (request.output().json()) {
      console.out().println(JsonText.of(GateDocument.summary(board, tips, clock.instant())));
    } else if (board.endings().isEmpty()) {
      console.out().println("nothing to do: no branch was named and no queue was left unfinished");
    } else {
      new GateSummary(console.out(), new Style(console.terminal().coloursOnOut()), console.width())
          .print(board, tips, clock.instant());
    }
    return exitCode(board);
  }

  private ExitCode exitCode(Board board) {
    // A change that was gated again with a newer commit counts by that.
    Map<ChangeId, ItemEnd> ends = new LinkedHashMap<>();
    board.endings().forEach(ending -> ends.put(ending.change().id(), ending.end()));
    ExitCode worst = ExitCode.SUCCESS;
    for (ItemEnd end : ends.values()) {
      ExitCode own =
          end.kind() == ItemEnd.Kind.WITHDRAWN ? ExitCode.FAILED : ExitCode.of(end.outcome());
      worst = worst.worse(own);
    }
    return invocation.interruption().requested() ? worst.worse(ExitCode.INTERRUPTED) : worst;
  }
}
