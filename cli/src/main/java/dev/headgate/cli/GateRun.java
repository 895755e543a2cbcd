package dev.headgate.cli;

import dev.headgate.adapter.git.Branch;
import dev.headgate.adapter.git.GitBranches;
import dev.headgate.adapter.git.GitWorkspaces;
import dev.headgate.adapter.git.LandingOptions;
import dev.headgate.adapter.git.Lookup;
import dev.headgate.adapter.git.Repository;
import dev.headgate.adapter.git.Slots;
import dev.headgate.conduct.Conductor;
import dev.headgate.conduct.Envelope;
import dev.headgate.conduct.EnvironmentException;
import dev.headgate.conduct.Ports;
import dev.headgate.conduct.Probe;
import dev.headgate.gate.Event;
import dev.headgate.gate.GateSettings;
import dev.headgate.gate.ItemEnd;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.runner.Leftovers;
import dev.headgate.runner.Runner;
import dev.headgate.store.RunFilter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
   * @param workers builds at once, at least 1
   * @param checkout whether a working tree that has the branch checked out is updated with each
   *     landing
   * @param push the remote that each landing is pushed to; null for none
   * @param waitForLock whether to wait for another process that gates here
   * @param json whether to write JSON lines
   */
  record Request(
      List<String> branches,
      @Nullable String onto,
      int workers,
      boolean checkout,
      @Nullable String push,
      boolean waitForLock,
      boolean json) {
    Request {
      branches = List.copyOf(branches);
    }
  }

  GateRun(Invocation invocation, Request request) {
    this.invocation = invocation;
    this.request = request;
  }

  /** What is gated: the branch that is landed on, and the changes; asked once the site is owned. */
  interface Source {
    /** The branch that changes land on. */
    Branch target();

    /** The changes in the order in which they enter the queue. */
    List<Change> changes(Branch target);
  }

  ExitCode run() throws InterruptedException {
    Repository repository = Site.repository(invocation);
    Proposals proposals = new Proposals(repository, request);
    // Before anything is made or waited for: what was named must exist.
    proposals.changes(proposals.target());
    return run(repository, proposals);
  }

  ExitCode run(Repository repository, Source source) throws InterruptedException {
    String remote = request.push();
    if (remote != null) {
      requireFound(repository.remote(remote));
    }
    try (Site site = Site.own(repository, invocation, request.waitForLock())) {
      endLeftovers(processes(site));
      try (GitBranches branches = GitBranches.open(repository, landing())) {
        return gate(site, branches, source);
      }
    }
  }

  private ExitCode gate(Site site, GitBranches branches, Source source) {
    Repository repository = site.repository();
    Branch target = source.target();
    List<Change> changes = source.changes(target);
    if (request.checkout()) {
      requireFound(repository.readyToLand(target));
    }
    Board board = new Board(display(target.name()), clock.instant());
    try (GitWorkspaces workspaces = new GitWorkspaces(repository)) {
      Slots slots = Slots.open(repository);
      LocalBuilds builds =
          new LocalBuilds(
              repository.project(),
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
              new Ports(workspaces, branches, builds, report -> {}),
              GateSettings.DEFAULT,
              board,
              Probe.NONE,
              board::warn);
      try {
        turn(conductor, board, builds, target, changes);
      } catch (EnvironmentException e) {
        throw stopped(board, slots, e);
      }
      slots.removeAll();
      workspaces.release(worthKeeping(site));
    }
    return conclude(board, repository, target);
  }

  private void turn(
      Conductor conductor, Board board, LocalBuilds builds, Branch target, List<Change> changes) {
    board.resume(conductor.gate().rows(), conductor.unanswered());
    BranchRef branch = new BranchRef(builds.project(), target.name());
    conductor.offer(new Envelope("", new Event.CapacityChanged(request.workers())));
    conductor.offer(new Envelope("", new Event.TipMoved(branch, target.tip())));
    conductor.resume(clock.instant());
    for (Change change : changes) {
      conductor.offer(new Envelope("", new Event.Enqueued(change)));
    }
    OutsideMoves outside = new OutsideMoves(Site.repository(invocation), conductor, changes);
    try {
      new GateLoop(conductor, board, outside::look, clock).run(invocation.interruption());
    } finally {
      builds.cancelAll();
      board.close();
    }
  }

  /** The gate cannot go on; what has not landed stays in the queue. */
  private RuntimeException stopped(Board board, Slots slots, EnvironmentException problem) {
    try {
      slots.removeAll();
    } catch (RuntimeException e) {
      // What keeps the gate from going on may keep this from being done; the next start does it.
      problem.addSuppressed(e);
    }
    List<String> left = board.items().stream().map(item -> item.change().id().value()).toList();
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
    if (!request.checkout()) {
      command.append(" --no-checkout");
    }
    if (request.push() != null) {
      command.append(" --push ").append(request.push());
    }
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

  private LandingOptions landing() {
    return new LandingOptions(request.checkout(), Optional.ofNullable(request.push()));
  }

  private Display display(String branch) {
    Console console = invocation.console();
    if (request.json()) {
      return new JsonDisplay(console.out(), clock);
    }
    Style style = new Style(console.terminal().coloursOnOut());
    return console.terminal().live()
        ? new LiveDisplay(console.out(), branch, style, console::width, clock)
        : new PlainDisplay(console.out(), new NoticeLines(branch, style));
  }

  private ExitCode conclude(Board board, Repository repository, Branch target) {
    String tip = repository.target(target.name()).or(reason -> target).tip().value();
    Console console = invocation.console();
    if (request.json()) {
      console.out().println(JsonText.of(GateDocument.summary(board, tip, clock.instant())));
    } else if (board.endings().isEmpty()) {
      console.out().println("nothing to do: no branch was named and no queue was left unfinished");
    } else {
      new GateSummary(
              console.out(),
              new Style(console.terminal().coloursOnOut()),
              console.width(),
              target.name())
          .print(board, tip, clock.instant());
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
