package dev.headgate.conduct;

import static java.util.stream.Collectors.joining;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.Gate;
import dev.headgate.gate.GateSettings;
import dev.headgate.gate.Row;
import dev.headgate.gate.Step;
import dev.headgate.model.Change;
import dev.headgate.model.PipelineName;
import dev.headgate.store.SiteStore;
import dev.headgate.store.Snapshot;
import dev.headgate.store.StoredEffect;
import dev.headgate.store.StoredRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a gate: takes events, makes steps, keeps what changed in one transaction with the effects,
 * then carries the effects out.
 *
 * <p>{@link #offer} is safe for any thread; everything else belongs to the one thread that calls
 * {@link #turn}. After a crash, opening the same store again carries out every effect that was not
 * answered, and nothing doubles, because ports recognise effects they have carried out.
 */
public final class Conductor {
  /**
   * Bounds memory; far above what all outstanding effects can answer at once, so an offer
   * practically never waits.
   */
  private static final int INBOX_CAPACITY = 65_536;

  /**
   * Events that share one transaction, and so one sync of the disk; bounds how long the first of
   * them waits.
   */
  private static final int MAX_BATCH = 256;

  private static final String OWN_ROWS = "conduct";
  private static final String NEXT_EFFECT = "next-effect";

  private final SiteStore store;
  private final Ports ports;
  private final Watcher watcher;
  private final Probe probe;
  private final Consumer<String> warnings;
  private final Gate gate;
  private final Outbox outbox = new Outbox();
  private final BlockingQueue<Arrival> inbox = new ArrayBlockingQueue<>(INBOX_CAPACITY);
  private final List<Long> answered = new ArrayList<>();
  private final Restarts restarts;
  private @Nullable Arrival waiting;
  private @Nullable RuntimeException problem;
  private GateSettings settings;
  private long nextEffect = 1;

  /** What can reach the loop. */
  private sealed interface Arrival {
    record Fact(Envelope envelope) implements Arrival {}

    record Problem(RuntimeException problem) implements Arrival {}
  }

  private Conductor(
      SiteStore store,
      Ports ports,
      GateSettings settings,
      Watcher watcher,
      Probe probe,
      Consumer<String> warnings) {
    this.store = store;
    this.ports = ports;
    this.watcher = watcher;
    this.probe = probe;
    this.warnings = warnings;
    this.settings = settings;
    Snapshot kept = store.load();
    List<Row> rows = new ArrayList<>();
    for (StoredRow row : kept.rows()) {
      if (row.kind().equals(OWN_ROWS)) {
        nextEffect = Long.parseLong(row.body());
      } else {
        rows.add(RowDocuments.row(row));
      }
    }
    this.gate = Gate.load(rows, settings);
    this.restarts = new Restarts(rows);
    if (!rows.isEmpty()) {
      // What was kept may have been kept under other settings.
      offer(new Envelope("", new Event.Reconfigured(settings)));
    }
    for (StoredEffect effect : kept.outbox()) {
      outbox.add(effect.id(), EffectDocuments.effect(effect.body()));
    }
  }

  /**
   * Loads the site and makes ready to carry out again what was never answered; that happens in the
   * first turn, which also brings what was kept under the settings given.
   *
   * @param watcher sees every step
   * @param warnings takes a sentence about anything that went wrong beside the work and did not
   *     stop it
   * @throws IllegalArgumentException if the kept state is damaged
   * @throws EnvironmentException if another version of the program kept it
   */
  public static Conductor open(
      SiteStore store,
      Ports ports,
      GateSettings settings,
      Watcher watcher,
      Probe probe,
      Consumer<String> warnings) {
    return new Conductor(store, ports, settings, watcher, probe, warnings);
  }

  /**
   * The gate as kept, for looking at only: what another command shows of a site that it does not
   * run.
   */
  public static Gate view(SiteStore store, GateSettings settings) {
    List<Row> rows = new ArrayList<>();
    for (StoredRow row : store.load().rows()) {
      if (!row.kind().equals(OWN_ROWS)) {
        rows.add(RowDocuments.row(row));
      }
    }
    return Gate.load(rows, settings);
  }

  /** Brings an event in. Waits if the inbox is full, which bounds memory. */
  public void offer(Envelope envelope) {
    put(new Arrival.Fact(envelope));
  }

  private void put(Arrival arrival) {
    try {
      inbox.put(arrival);
    } catch (InterruptedException e) {
      // The thread is being ended; the effect stays in the outbox and is carried out again, so the
      // fact is not lost.
      Thread.currentThread().interrupt();
    }
  }

  /** The machine, for asking only, on the loop's thread. */
  public Gate gate() {
    return gate;
  }

  /**
   * Whether nothing is queued, no build runs, no effect waits for an answer and no event waits to
   * be taken.
   */
  public boolean isIdle() {
    return gate.isIdle() && outbox.isEmpty() && inbox.isEmpty() && waiting == null;
  }

  /** How many effects wait for their answer; right after opening, what an earlier process left. */
  public int unanswered() {
    return outbox.size();
  }

  /** Carries out what an earlier process left unanswered. Call it once, before the first turn. */
  public void resume(Instant now) {
    probe.reached(Probe.Point.BEFORE_RESUME);
    carryOutDue(now);
    probe.reached(Probe.Point.AFTER_RESUME);
  }

  /**
   * Waits until an event is there or the time is over.
   *
   * @return whether an event is there
   */
  public boolean await(Duration atMost) throws InterruptedException {
    if (waiting == null) {
      waiting = inbox.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
    return waiting != null;
  }

  /**
   * Takes what is in the inbox, keeps what follows from it, and carries that out. A problem that a
   * port reported stops the loop once the facts that came with it are kept.
   *
   * @return whether there was anything to do
   * @throws EnvironmentException if a port found that it cannot go on; everything kept stays kept
   */
  public boolean turn(Instant now) {
    List<Envelope> envelopes = take();
    if (!envelopes.isEmpty()) {
      probe.reached(Probe.Point.EVENTS_TAKEN);
      Batch batch = new Batch();
      envelopes.forEach(envelope -> step(envelope, now, batch));
      probe.reached(Probe.Point.STEPPED);
      keep(batch);
    }
    if (problem != null) {
      throw problem;
    }
    return carryOutDue(now) || !envelopes.isEmpty();
  }

  /** Keeps what is known to be done and not yet kept as such; call it before closing the store. */
  public void flush() {
    keep(new Batch());
  }

  private List<Envelope> take() {
    List<Arrival> arrivals = new ArrayList<>();
    if (waiting != null) {
      arrivals.add(waiting);
      waiting = null;
    }
    inbox.drainTo(arrivals, MAX_BATCH);
    List<Envelope> envelopes = new ArrayList<>();
    for (Arrival arrival : arrivals) {
      switch (arrival) {
        case Arrival.Fact fact -> envelopes.add(fact.envelope());
        case Arrival.Problem found -> problem = found.problem();
      }
    }
    return envelopes;
  }

  private void step(Envelope envelope, Instant now, Batch batch) {
    if (!envelope.id().isEmpty() && (store.seen(envelope.id()) || !batch.claim(envelope.id()))) {
      return;
    }
    Event event = envelope.event();
    if (event instanceof Event.Reconfigured reconfigured) {
      settings = reconfigured.settings();
    }
    Step step = gate.on(event, now);
    batch.answered(outbox.answeredBy(event));
    batch.add(step);
    batch.add(restarts.history(step, now));
    for (Effect effect : step.effects()) {
      if (effect instanceof Effect.Ask ask && outbox.asks(ask)) {
        continue;
      }
      long id = nextEffect++;
      outbox.add(id, effect);
      batch.add(new StoredEffect(id, EffectDocuments.of(effect)));
      if (effect instanceof Effect.Report report) {
        batch.add(History.entries(report, now));
      }
    }
    watch(event, step, now);
  }

  private void watch(Event event, Step step, Instant now) {
    try {
      watcher.stepped(event, step, now);
    } catch (RuntimeException e) {
      warnings.accept("the display failed and is behind: " + e);
    }
  }

  private void keep(Batch batch) {
    batch.answered(answered);
    answered.clear();
    if (batch.isEmpty()) {
      return;
    }
    if (batch.hasEffects()) {
      batch.put(new StoredRow(OWN_ROWS, NEXT_EFFECT, Long.toString(nextEffect)));
    }
    probe.reached(Probe.Point.BEFORE_PERSIST);
    store.commit(batch.transaction());
    probe.reached(Probe.Point.AFTER_PERSIST);
  }

  private boolean carryOutDue(Instant now) {
    List<Long> due = outbox.due(now);
    for (long id : due) {
      probe.reached(Probe.Point.BEFORE_EFFECT);
      outbox.carried(id, now);
      carryOut(id, outbox.effect(id));
      probe.reached(Probe.Point.AFTER_EFFECT);
    }
    return !due.isEmpty();
  }

  private void carryOut(long id, Effect effect) {
    Answers answers = new Inward(id);
    switch (effect) {
      case Effect.Prepare prepare ->
          ports
              .workspaces()
              .prepare(prepare, new Preparations(prepare, lands(prepare.pipeline()), answers));
      case Effect.Start start -> ports.builds().start(start, answers);
      case Effect.Cancel cancel -> ports.builds().cancel(cancel, answers);
      case Effect.Resume resume -> ports.builds().resume(resume, answers);
      case Effect.Land land -> ports.branches().land(land, answers);
      case Effect.Ask ask -> ports.branches().ask(ask, answers);
      case Effect.Announce announce -> {
        tell("beginning", announce.changes(), () -> ports.reports().announce(announce));
        done(id);
      }
      case Effect.Report report -> {
        tell("end", report.changes(), () -> ports.reports().report(report));
        done(id);
      }
    }
  }

  private void done(long id) {
    outbox.done(id);
    answered.add(id);
  }

  /** A pipeline that was configured away meanwhile lands nothing. */
  private boolean lands(PipelineName pipeline) {
    return settings.pipeline(pipeline).map(known -> known.manager().lands()).orElse(false);
  }

  private void tell(String what, List<Change> changes, Runnable telling) {
    try {
      telling.run();
    } catch (EnvironmentException e) {
      String names = changes.stream().map(change -> change.id().value()).collect(joining(", "));
      warnings.accept("the " + what + " of " + names + " could not be reported: " + e.getMessage());
    }
  }

  /**
   * Answers to one effect: the event's kind makes its id, so that a repeated answer is recognised
   * after a restart too.
   */
  private final class Inward implements Answers {
    private final long effect;

    Inward(long effect) {
      this.effect = effect;
    }

    @Override
    public void answer(Event event) {
      probe.reached(Probe.Point.BEFORE_ANSWER);
      offer(new Envelope(effect + "/" + event.getClass().getSimpleName(), event));
      probe.reached(Probe.Point.AFTER_ANSWER);
    }

    @Override
    public void failed(EnvironmentException problem) {
      put(new Arrival.Problem(problem));
    }

    @Override
    public void crashed(Throwable bug) {
      put(new Arrival.Problem(new IllegalStateException("effect " + effect + " crashed", bug)));
    }
  }
}
