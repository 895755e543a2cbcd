package dev.headgate.sim;

import dev.headgate.conduct.Conductor;
import dev.headgate.conduct.Envelope;
import dev.headgate.conduct.EnvironmentException;
import dev.headgate.conduct.Ports;
import dev.headgate.gate.Gate;
import dev.headgate.gate.GateSettings;
import dev.headgate.gate.Window;
import dev.headgate.store.MemorySiteStore;
import dev.headgate.store.SiteStore;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One history: a world, and processes that gate in it one after another. For one thread. */
final class Simulation {
  /** When everything that goes wrong stops going wrong. */
  private static final int CALM_AT_MS = People.LAST_ACT_MS + 60_000;

  /**
   * Twenty entries one after another, each with four jobs in a row that need three tries of 45 s,
   * take three hours; nothing takes twice that.
   */
  private static final int DECIDED_WITHIN_MS = 6 * 3_600_000;

  /** How often a process without news looks whether an answer is overdue. */
  private static final int TICK_MS = 10_000;

  private static final int TOGETHER_MS = 100;
  private static final int LONGEST_DOWN_MS = 60_000;

  private final World world;
  private final SimulatedBuilds builds;
  private final SimulatedReports reports;
  private final GateSettings settings;
  private final Inspector inspector;
  private final People people;
  private final Crashes crashes;
  private final Ports ports;
  private final Twist twist;
  private MemorySiteStore disk = new MemorySiteStore();
  private SiteStore store;
  private @Nullable Conductor conductor;

  private Simulation(Dice dice, boolean fingerprinted, Twist twist) {
    this.twist = twist;
    this.world = new World(dice, fingerprinted);
    Post post = new Post(world);
    this.builds = new SimulatedBuilds(world, post);
    this.reports = new SimulatedReports(world);
    this.ports =
        twist.ports(
            new Ports(
                new SimulatedWorkspaces(world, post),
                new SimulatedBranches(world, post),
                builds,
                reports),
            world);
    this.store = twist.store(disk, world);
    this.settings = GateSettings.gate(window(world.dice));
    this.inspector = new Inspector(world, settings, this::gate);
    this.people = new People(world, this::offer);
    this.crashes = new Crashes(world, this::committed);
  }

  /** Half of them keep one size, the others grow and shrink; a few have no bound. */
  private static Window window(Dice dice) {
    if (dice.chance(50)) {
      return Window.fixed(dice.between(1, 15));
    }
    if (dice.chance(10)) {
      return Window.UNBOUNDED;
    }
    int floor = dice.between(1, 4);
    int start = dice.between(floor, 10);
    int ceiling = dice.chance(40) ? 0 : start + dice.between(0, 3);
    return new Window(start, floor, ceiling, pace(dice, 0), pace(dice, 1));
  }

  private static Window.Pace pace(Dice dice, int least) {
    return dice.chance(50)
        ? new Window.Pace(Window.Pace.Kind.LINEAR, dice.between(least, 2))
        : new Window.Pace(Window.Pace.Kind.EXPONENTIAL, dice.between(1, 3));
  }

  /** Runs the history of a seed. */
  static Result run(long seed) {
    return run(seed, false, Twist.NONE);
  }

  static Result run(long seed, boolean fingerprinted, Twist twist) {
    return run(new Dice(seed), fingerprinted, twist);
  }

  /** Runs the history that dice make. */
  static Result run(Dice dice, boolean fingerprinted, Twist twist) {
    return new Simulation(dice, fingerprinted, twist).run();
  }

  private Result run() {
    Optional<String> broken = Optional.empty();
    try {
      people.plan();
      world.timeline.after(0, this::open);
      world.timeline.after(CALM_AT_MS, this::calmDown);
      while (!isOver()) {
        advance();
      }
      end();
    } catch (InvariantBroken e) {
      broken = Optional.of(String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      broken = Optional.of("it threw " + trace);
    }
    List<String> trail = broken.isPresent() ? world.trail.lines() : List.of();
    return new Result(broken, trail, world.tally, world.trail.fingerprint());
  }

  private void calmDown() {
    world.calmDown();
    people.settle();
  }

  private boolean isOver() {
    return world.timeline.isEmpty() && conductor != null && conductor.isIdle();
  }

  private void advance() {
    try {
      if (world.timeline.comesWithin(TICK_MS)) {
        do {
          world.timeline.runNext();
        } while (world.timeline.comesWithin(TOGETHER_MS) && world.dice.chance(30));
      } else {
        world.timeline.pass(TICK_MS);
      }
      turn();
    } catch (SimulatedCrash crash) {
      processDied();
    } catch (EnvironmentException problem) {
      world.trail.note("the process stops: %s", String.valueOf(problem.getMessage()));
      processDied();
    }
    InvariantBroken.unless(
        world.timeline.now() < CALM_AT_MS + DECIDED_WITHIN_MS, "it is not decided in time");
  }

  private void turn() {
    if (conductor != null) {
      while (conductor.turn(world.timeline.instant())) {
        inspector.turned();
      }
    }
  }

  private void open() {
    Conductor opened = Conductor.open(store, ports, settings, inspector, crashes, this::warn);
    conductor = opened;
    inspector.opened(opened.gate());
    opened.resume(world.timeline.instant());
    people.processOpened();
  }

  private void processDied() {
    conductor = null;
    world.processDied();
    boolean remembered = world.dice.chance(50);
    if (!remembered) {
      world.tally.count(Happening.ENDED_BUILDS_FORGOTTEN);
    }
    builds.processDied(remembered);
    inspector.processDied();
    disk = disk.reopen();
    store = twist.store(disk, world);
    world.timeline.after(world.dice.between(0, LONGEST_DOWN_MS), this::open);
  }

  private void committed() {
    inspector.committed();
    people.committed(store::seen);
  }

  private void offer(Envelope envelope) {
    if (conductor != null) {
      conductor.offer(envelope);
    }
  }

  private Gate gate() {
    return Objects.requireNonNull(conductor).gate();
  }

  private void warn(String warning) {
    InvariantBroken.unless(warning.contains("could not be reported"), "warning: %s", warning);
    world.trail.note("warning: %s", warning);
  }

  private void end() {
    Objects.requireNonNull(conductor).flush();
    InvariantBroken.unless(people.areHeard(), "something that was asked for is lost");
    InvariantBroken.unless(store.load().outbox().isEmpty(), "effects are left in the outbox");
    inspector.ended(reports, Conductor.view(store, settings).rows());
  }
}
