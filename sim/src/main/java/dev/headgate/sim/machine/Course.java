package dev.headgate.sim.machine;

import static dev.headgate.sim.InvariantBroken.unless;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.Explanation;
import dev.headgate.gate.Step;
import dev.headgate.model.PipelineName;
import dev.headgate.sim.Dice;
import dev.headgate.sim.InvariantBroken;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A history as it takes its course. For one thread. */
final class Course {
  /** A loaded machine takes every so many-th step too. */
  private static final int TWIN_EACH = 4;

  /** Nothing takes a tenth of that to come to rest. */
  private static final int MOST_STEPS = 4_000;

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  private final History history;
  private final Twist twist;
  private final boolean told;
  private final Host host;
  private final Desk desk;
  private final People people;
  private final Machine machine;
  private final Memory memory;
  private final StartChecks starts;
  private final LandingChecks landings;
  private final ReportChecks reports;
  private final CancelChecks cancels;
  private final int phase;
  private final List<String> story = new ArrayList<>();
  private final Counts counts = new Counts();
  private long fingerprint;
  private int steps;

  private Course(History history, Twist twist, boolean told) {
    this.history = history;
    this.twist = twist;
    this.told = told;
    Setup setup = history.setup();
    this.host = new Host(setup);
    this.desk = new Desk(setup, host);
    this.people = new People(setup, host);
    Dice dice = new Dice(history.seed() ^ 0x5bd1e995);
    this.phase = dice.between(0, TWIN_EACH - 1);
    this.machine = new Machine(setup.settings().getFirst(), dice);
    this.memory = new Memory(setup.settings().getFirst());
    this.starts = new StartChecks(memory);
    this.landings = new LandingChecks(memory);
    this.reports = new ReportChecks(memory);
    this.cancels = new CancelChecks(memory);
  }

  /**
   * Lets a history take its course.
   *
   * @param told whether it is to be told in words and to have a fingerprint, which takes time
   */
  static Outcome run(History history, Twist twist, boolean told) {
    return new Course(history, twist, told).run();
  }

  private Outcome run() {
    Optional<String> broken = Optional.empty();
    try {
      desk.comparesTips(memory.settings.differences().rebuildsWhenTipMoves());
      for (Decision decision : history.decisions()) {
        decide(decision);
      }
      end();
    } catch (InvariantBroken e) {
      broken = Optional.of(String.valueOf(e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      broken = Optional.of("the machine threw " + trace);
    }
    return new Outcome(history, broken, story, counts, fingerprint);
  }

  private void decide(Decision decision) {
    int which = decision.which();
    counts.add(decision.act());
    Optional<Event> event =
        switch (decision.act()) {
          case ANSWER -> desk.answer(which, decision.how());
          case BUILD -> desk.build(which, decision.how(), decision.more());
          case MAIL -> desk.mail(which);
          case REPEAT -> desk.again(which);
          case CRASH -> {
            machine.crash();
            yield Optional.empty();
          }
          default -> people.act(decision);
        };
    event.ifPresent(this::take);
  }

  private void end() {
    people.calm().forEach(this::take);
    for (Optional<Event> next = desk.calm(); next.isPresent(); next = desk.calm()) {
      take(next.get());
    }
    machine.crash();
    unless(
        machine.gate().isEmpty(),
        "at the end there is still %s, where %s",
        machine.gate().queues(),
        memory.items);
    unless(memory.items.isEmpty(), "at the end there are rows of %s", memory.items);
    unless(machine.gate().isIdle(), "at the end there are still builds: %s", memory.builds);
    unless(memory.active == 0, "at the end %d slots are held", memory.active);
  }

  private void take(Event event) {
    steps++;
    unless(steps < MOST_STEPS, "it does not come to rest");
    note(event);
    boolean paired = steps % TWIN_EACH == phase;
    Instant now = BEGIN.plusSeconds(steps);
    Event heard = twist.told(event);
    Step step = paired ? machine.onWithTwin(heard, now) : machine.on(heard, now);
    memory.happened(event);
    desk.told(event);
    if (event instanceof Event.Reconfigured reconfigured) {
      desk.comparesTips(reconfigured.settings().differences().rebuildsWhenTipMoves());
    }
    step.effects().forEach(desk::take);
    check(event, twist.seen(event, step));
    if (paired) {
      explain();
    }
  }

  private void check(Event event, Step step) {
    if (told) {
      step.changes().forEach(this::tell);
      step.effects().forEach(this::note);
    }
    step.effects().forEach(counts::add);
    memory.take(step);
    cancels.check(event, step);
    starts.check(step);
    landings.check(step);
    reports.check(event, step);
  }

  private void note(Event event) {
    if (told) {
      story.add("%3d %s".formatted(steps, event));
      mix(event);
    }
  }

  private void note(Effect effect) {
    story.add("      " + effect);
    mix(effect);
  }

  private void tell(Object change) {
    mix(change);
  }

  private void mix(Object what) {
    fingerprint = fingerprint * 0x100000001b3L + what.toString().hashCode();
  }

  /** Everything can be asked for at any time. */
  private void explain() {
    for (Proposal proposal : history.setup().proposals()) {
      for (var pipeline : memory.settings.pipelines()) {
        PipelineName name = pipeline.name();
        Optional<Explanation> found = machine.gate().explain(name, proposal.id());
        unless(
            found.map(known -> !known.waitsFor().isEmpty()).orElse(true),
            "%s in %s waits for nothing: %s",
            proposal.id(),
            name,
            found);
        unless(
            found.isPresent() != machine.gate().whyNotQueued(name, proposal.id()).isPresent(),
            "%s is and is not in %s",
            proposal.id(),
            name);
      }
    }
  }
}
