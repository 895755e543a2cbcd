package dev.headgate.conduct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.gate.Differences;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.GateSettings;
import dev.headgate.gate.ItemEnd;
import dev.headgate.gate.Manager;
import dev.headgate.gate.Pipeline;
import dev.headgate.gate.Row;
import dev.headgate.gate.SharedQueue;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.PipelineName;
import dev.headgate.model.Verdict;
import dev.headgate.store.HistoryEntry;
import dev.headgate.store.MemorySiteStore;
import dev.headgate.store.SiteStore;
import dev.headgate.store.Snapshot;
import dev.headgate.store.StoreException;
import dev.headgate.store.StoredEffect;
import dev.headgate.store.StoredRow;
import dev.headgate.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** How a machine is run: keep first, then act; act again until answered; never twice. */
final class ConductorTests {
  private final Outside outside = new Outside();
  private final List<String> warnings = new ArrayList<>();
  private MemorySiteStore store = new MemorySiteStore();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Conductor conductor = open(store);
  private int facts;

  private Conductor open(SiteStore on) {
    return open(on, Watcher.NONE, Probe.NONE);
  }

  private Conductor open(SiteStore on, Watcher watcher, Probe probe) {
    return Conductor.open(on, outside.ports(), GateSettings.DEFAULT, watcher, probe, warnings::add);
  }

  /** The process is killed and another one opens what was kept. */
  private void restart() {
    store = store.reopen();
    conductor = open(store);
  }

  private void offer(Event event) {
    facts++;
    conductor.offer(new Envelope("fact/" + facts, event));
  }

  /** Turns until there is nothing to do; returns what the ports were asked. */
  private List<String> turns() {
    while (conductor.turn(now)) {}
    return outside.askedSince();
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  /** A site with slots and a known tip, and a change whose build runs. */
  private void buildRuns() {
    offer(new Event.CapacityChanged(4));
    offer(Outside.tip("m"));
    offer(Outside.enqueued("a"));
    assertThat(turns()).containsExactly("prepare a on m");
    outside.merges("a");
    assertThat(turns()).containsExactly("start 1 on m+a");
  }

  @Test
  void aChangeGoesFromEnteringToLanding() {
    buildRuns();
    outside.passes(1);
    assertThat(turns()).containsExactly("land m+a");
    outside.lands("a");
    assertThat(turns()).containsExactly("report a landed");
    assertThat(conductor.isIdle()).isTrue();
  }

  // Keep first.

  @Test
  void nothingIsDoneBeforeItIsKept() {
    List<Integer> askedAtCommit = new ArrayList<>();
    Probe probe =
        point -> {
          if (point == Probe.Point.AFTER_PERSIST) {
            askedAtCommit.add(outside.asked.size());
            assertThat(store.load().outbox()).isNotEmpty();
          }
        };
    conductor = open(store, Watcher.NONE, probe);
    offer(Outside.tip("m"));
    offer(Outside.enqueued("a"));
    turns();
    assertThat(askedAtCommit).containsExactly(0);
  }

  @Test
  void whatCannotBeKeptIsNotDone() {
    conductor =
        open(
            new Store(store) {
              @Override
              public void commit(Transaction transaction) {
                throw new StoreException("the disk is full");
              }
            });
    offer(Outside.tip("m"));
    offer(Outside.enqueued("a"));
    assertThatThrownBy(() -> conductor.turn(now)).isInstanceOf(StoreException.class);
    assertThat(outside.asked).isEmpty();
  }

  @Test
  void rowsEffectsAndTheEventsIdAreKeptTogether() {
    offer(Outside.tip("m"));
    offer(Outside.enqueued("a"));
    List<Transaction> commits = new ArrayList<>();
    conductor =
        open(
            new Store(store) {
              @Override
              public void commit(Transaction transaction) {
                commits.add(transaction);
                super.commit(transaction);
              }
            });
    offer(Outside.tip("m"));
    offer(Outside.enqueued("a"));
    turns();
    assertThat(commits).hasSize(1);
    Transaction one = commits.getFirst();
    assertThat(one.eventIds()).containsExactly("fact/3", "fact/4");
    assertThat(one.puts()).extracting(StoredRow::kind).contains("tip", "item", "site", "conduct");
    assertThat(one.effects()).hasSize(1);
  }

  @Test
  void anEffectAnsweredInTheBatchThatAsksForItIsNeitherKeptNorDone() {
    offer(Outside.enqueued("a"));
    offer(Outside.tip("m"));
    assertThat(turns()).containsExactly("prepare a on m");
    assertThat(store.load().outbox()).hasSize(1);
  }

  @Test
  void aTipThatIsAskedForAlreadyIsNotAskedForAgain() {
    offer(Outside.enqueued("a"));
    assertThat(turns()).containsExactly("ask p:main");
    offer(Outside.enqueued("b"));
    assertThat(turns()).isEmpty();
    outside.asks.getFirst().answer(Outside.tip("m"));
    assertThat(turns()).containsExactly("prepare a on m");
  }

  // Act again until answered.

  @Test
  void anEffectWithoutAnswerIsDoneAgainAfterThirtySeconds() {
    offer(Outside.enqueued("a"));
    offer(Outside.tip("m"));
    turns();
    pass(Outbox.REDO_AFTER.minusMillis(1));
    assertThat(turns()).isEmpty();
    pass(Duration.ofMillis(1));
    assertThat(turns()).containsExactly("prepare a on m");
    pass(Outbox.REDO_AFTER.minusMillis(1));
    assertThat(turns()).isEmpty();
  }

  @Test
  void anAnsweredEffectIsNotDoneAgain() {
    buildRuns();
    outside.passes(1);
    turns();
    outside.lands("a");
    turns();
    pass(Duration.ofHours(1));
    assertThat(turns()).isEmpty();
  }

  @Test
  void aBuildThatIsKnownToRunIsStillAskedAfter() {
    buildRuns();
    outside.builds.get(new BuildId(1)).answer(new Event.BuildStarted(new BuildId(1)));
    turns();
    pass(Outbox.REDO_AFTER);
    assertThat(turns()).containsExactly("start 1 on m+a");
  }

  @Test
  void anotherProcessDoesAtOnceWhatWasNotAnswered() {
    buildRuns();
    restart();
    conductor.resume(now);
    assertThat(outside.askedSince()).containsExactly("start 1 on m+a");
    assertThat(turns()).isEmpty();
  }

  @Test
  void anotherProcessDoesNotDoWhatWasAnswered() {
    buildRuns();
    outside.passes(1);
    turns();
    restart();
    conductor.resume(now);
    assertThat(outside.askedSince()).containsExactly("land m+a");
  }

  @Test
  void aReportIsToldAgainUnlessItIsKeptThatItWasTold() {
    buildRuns();
    offer(Outside.dequeued("a"));
    assertThat(turns()).containsExactlyInAnyOrder("cancel 1", "report a withdrawn");
    restart();
    conductor.resume(now);
    assertThat(outside.askedSince()).containsExactlyInAnyOrder("cancel 1", "report a withdrawn");
    conductor.flush();
    restart();
    conductor.resume(now);
    assertThat(outside.askedSince()).containsExactly("cancel 1");
  }

  @Test
  void idsOfEffectsAreNotUsedAgainByAnotherProcess() {
    buildRuns();
    long last = store.load().outbox().getLast().id();
    outside.passes(1);
    turns();
    restart();
    outside.askedSince();
    conductor.resume(now);
    outside.lands("a");
    turns();
    offer(Outside.enqueued("b"));
    turns();
    assertThat(store.load().outbox()).allMatch(effect -> effect.id() > last + 1);
  }

  // Never twice.

  @Test
  void aFactThatComesAgainUnderItsIdIsDropped() {
    offer(Outside.tip("m"));
    offer(Outside.enqueued("a"));
    turns();
    offer(Outside.dequeued("a"));
    turns();
    conductor.offer(new Envelope("fact/2", Outside.enqueued("a")));
    assertThat(turns()).isEmpty();
    assertThat(conductor.gate().isEmpty()).isTrue();
  }

  @Test
  void aFactTwiceInOneBatchIsTakenOnce() {
    List<Event> taken = new ArrayList<>();
    conductor = open(store, (event, step, at) -> taken.add(event), Probe.NONE);
    conductor.offer(new Envelope("one", Outside.tip("m")));
    conductor.offer(new Envelope("one", Outside.tip("m")));
    conductor.offer(new Envelope("two", Outside.tip("m")));
    turns();
    assertThat(taken).hasSize(2);
  }

  @Test
  void factsWithoutAnIdAreAllTaken() {
    List<Event> taken = new ArrayList<>();
    conductor = open(store, (event, step, at) -> taken.add(event), Probe.NONE);
    conductor.offer(new Envelope("", new Event.ClockAdvanced()));
    conductor.offer(new Envelope("", new Event.ClockAdvanced()));
    turns();
    assertThat(taken).hasSize(2);
  }

  @Test
  void anAnswerThatWasKeptIsDroppedByAnotherProcess() {
    offer(new Event.CapacityChanged(1));
    offer(Outside.tip("m"));
    offer(Outside.enqueued("a"));
    turns();
    long prepare = store.load().outbox().getFirst().id();
    outside.merges("a");
    turns();
    restart();
    List<Event> taken = new ArrayList<>();
    conductor = open(store, (event, step, at) -> taken.add(event), Probe.NONE);
    turns();
    taken.clear();
    conductor.offer(new Envelope(prepare + "/Prepared", new Event.ClockAdvanced()));
    turns();
    assertThat(taken).isEmpty();
  }

  @Test
  void anAnswerOfAnEffectDoneTwiceIsTakenOnce() {
    buildRuns();
    List<Event> taken = new ArrayList<>();
    restart();
    conductor = open(store, (event, step, at) -> taken.add(event), Probe.NONE);
    conductor.resume(now);
    turns();
    taken.clear();
    outside.passes(1);
    outside.passes(1);
    turns();
    assertThat(taken).hasSize(1);
  }

  @Test
  void aBuildIsNotStartedWhenItIsToBeCancelled() {
    Probe dies =
        point -> {
          if (point == Probe.Point.BEFORE_EFFECT && outside.prepares.containsKey("a")) {
            throw new IllegalStateException("killed");
          }
        };
    conductor = open(store, Watcher.NONE, dies);
    offer(new Event.CapacityChanged(1));
    offer(Outside.tip("m"));
    offer(Outside.enqueued("a"));
    turns();
    outside.merges("a");
    assertThatThrownBy(this::turns).hasMessage("killed");
    outside.askedSince();
    restart();
    // The change is withdrawn before anything is done again.
    offer(Outside.dequeued("a"));
    assertThat(turns()).containsExactly("cancel 1", "report a withdrawn");
    outside.isCancelled(1);
    assertThat(turns()).isEmpty();
    assertThat(conductor.isIdle()).isTrue();
    conductor.flush();
    assertThat(store.load().outbox()).isEmpty();
  }

  // When something goes wrong.

  @Test
  void aPortThatCannotGoOnStopsTheLoopAndNothingIsLost() {
    offer(Outside.tip("m"));
    offer(Outside.enqueued("a"));
    turns();
    outside.merges.get("a").failed(new EnvironmentException("no space"));
    offer(Outside.enqueued("b"));
    assertThatThrownBy(() -> conductor.turn(now))
        .isInstanceOf(EnvironmentException.class)
        .hasMessage("no space");
    restart();
    conductor.resume(now);
    assertThat(outside.askedSince()).containsExactly("prepare a on m");
    assertThat(conductor.gate().queued(Outside.MAIN))
        .as("what came with the problem is kept")
        .containsExactly(new ChangeId("a"), new ChangeId("b"));
  }

  @Test
  void aBugInAPortStopsTheLoopAsABugAndNothingIsLost() {
    buildRuns();
    outside.builds.get(new BuildId(1)).crashed(new IllegalStateException("a bug"));
    offer(Outside.enqueued("b"));
    assertThatThrownBy(() -> conductor.turn(now)).hasStackTraceContaining("a bug");
    restart();
    conductor.resume(now);
    assertThat(outside.askedSince()).containsExactly("start 1 on m+a", "prepare b on m+a");
  }

  @Test
  void aPortThatThrowsStopsTheLoopAndNothingIsLost() {
    offer(Outside.tip("m"));
    offer(Outside.enqueued("a"));
    outside.failure = new EnvironmentException("no git");
    assertThatThrownBy(() -> conductor.turn(now)).hasMessage("no git");
    outside.askedSince();
    restart();
    conductor.resume(now);
    assertThat(outside.askedSince()).containsExactly("prepare a on m");
  }

  @Test
  void aReportThatFailsIsAWarningAndTheWorkGoesOn() {
    offer(Outside.tip("m"));
    offer(Outside.enqueued("a"));
    turns();
    outside.failure = new EnvironmentException("nobody answers");
    offer(Outside.dequeued("a"));
    turns();
    assertThat(warnings)
        .singleElement()
        .asString()
        .isEqualTo("the end of a could not be reported: nobody answers");
  }

  @Test
  void aDisplayThatFailsIsAWarningAndTheWorkGoesOn() {
    conductor =
        open(
            store,
            (event, step, at) -> {
              throw new IllegalStateException("no terminal");
            },
            Probe.NONE);
    offer(Outside.tip("m"));
    offer(Outside.enqueued("a"));
    assertThat(turns()).containsExactly("prepare a on m");
    assertThat(warnings).hasSize(2).allMatch(warning -> warning.contains("no terminal"));
  }

  @Test
  void damagedRowsAreToldWhenTheSiteIsOpened() {
    store.commit(Transaction.builder().put("item", "1", "{\"v\":2}").build());
    assertThatThrownBy(() -> open(store)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Conductor.view(store, GateSettings.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aDamagedEffectIsToldWhenTheSiteIsOpened() {
    store.commit(Transaction.builder().effect(new StoredEffect(1, "x")).build());
    assertThatThrownBy(() -> open(store)).isInstanceOf(IllegalArgumentException.class);
  }

  // The loop.

  @Test
  void aTurnWithoutNewsDoesNothing() {
    assertThat(conductor.turn(now)).isFalse();
    assertThat(conductor.isIdle()).isTrue();
    assertThat(store.load()).isEqualTo(new Snapshot(List.of(), List.of()));
  }

  @Test
  void awaitTellsWhetherThereIsNews() throws InterruptedException {
    assertThat(conductor.await(Duration.ZERO)).isFalse();
    offer(Outside.tip("m"));
    assertThat(conductor.await(Duration.ZERO)).isTrue();
    assertThat(conductor.await(Duration.ZERO)).as("the same news").isTrue();
    assertThat(conductor.isIdle()).isFalse();
    turns();
    assertThat(conductor.await(Duration.ZERO)).isFalse();
  }

  @Test
  void newsFromAnotherThreadEndTheWait() throws InterruptedException {
    Thread other = Thread.ofPlatform().start(() -> offer(Outside.tip("m")));
    assertThat(conductor.await(Duration.ofMinutes(1))).isTrue();
    other.join();
  }

  @Test
  void moreEventsThanOneTransactionHoldsAreTakenInOrder() {
    offer(Outside.tip("m"));
    for (int i = 0; i < 600; i++) {
      offer(Outside.enqueued("c" + i));
    }
    turns();
    assertThat(conductor.gate().queued(Outside.MAIN)).hasSize(600);
    assertThat(conductor.gate().queued(Outside.MAIN).getLast()).isEqualTo(new ChangeId("c599"));
    restart();
    assertThat(conductor.gate().queued(Outside.MAIN)).hasSize(600);
  }

  @Test
  void anotherCommandSeesTheSiteAsKept() {
    buildRuns();
    List<Row> seen = Conductor.view(store, GateSettings.DEFAULT).rows();
    assertThat(seen).isEqualTo(conductor.gate().rows());
  }

  // What is remembered.

  @Test
  void endsAndRestartsAreRemembered() {
    buildRuns();
    pass(Duration.ofSeconds(5));
    offer(Outside.tip("n"));
    turns();
    outside.isCancelled(1);
    outside.merges("a");
    turns();
    outside.passes(2);
    turns();
    outside.lands("a");
    turns();
    List<History.Fact> facts = History.of(store, new ChangeId("a"));
    assertThat(facts).hasSize(2);
    assertThat(facts.getFirst())
        .isInstanceOfSatisfying(
            History.Fact.Restarted.class,
            fact -> {
              assertThat(fact.reason()).isEqualTo("main was moved to n by someone else");
              assertThat(fact.change()).isEqualTo(new ChangeId("a"));
              assertThat(fact.at()).isEqualTo(now);
            });
    assertThat(facts.getLast())
        .isInstanceOfSatisfying(
            History.Fact.Ended.class,
            fact -> {
              assertThat(fact.end().kind()).isEqualTo(ItemEnd.Kind.LANDED);
              assertThat(fact.change().id()).isEqualTo(new ChangeId("a"));
            });
    assertThat(History.recent(store, 1)).containsExactly(facts.getLast());
    assertThat(History.of(store, new ChangeId("b"))).isEmpty();
  }

  @Test
  void aRestartIsRememberedOnceEvenAcrossProcesses() {
    buildRuns();
    offer(Outside.tip("n"));
    turns();
    restart();
    conductor.resume(now);
    outside.merges("a");
    turns();
    assertThat(History.of(store, new ChangeId("a"))).hasSize(1);
  }

  // What a merge says.

  private ItemEnd endOf(String change, Function<Effect.Prepare, Workspaces.Merge> merge) {
    offer(new Event.CapacityChanged(1));
    offer(Outside.tip("m"));
    offer(Outside.enqueued(change));
    turns();
    outside.merges.get(change).merge(merge.apply(outside.prepares.get(change)));
    turns();
    if (!outside.landings.isEmpty()) {
      outside.lands(change);
      turns();
    }
    return outside.told.getLast();
  }

  private static Function<Effect.Prepare, Workspaces.Merge> merged(
      String content, String configuration) {
    return effect -> Outside.merged(effect, content, configuration);
  }

  @Test
  void aContentThatIsItsBaseHasNothingToRunAndLands() {
    ItemEnd end = endOf("a", merged("m", "jobs: [broken"));
    assertThat(end.kind()).isEqualTo(ItemEnd.Kind.LANDED);
    assertThat(end.reason()).isEqualTo("already contained in main");
  }

  @Test
  void aContentWithoutConfigurationIsRejectedAndToldWhatToDo() {
    ItemEnd end = endOf("a", merged("m+a", null));
    assertThat(end.kind()).isEqualTo(ItemEnd.Kind.REJECTED);
    assertThat(end.reason()).contains("there is no .headgate.yaml").contains("headgate init");
  }

  @Test
  void aBrokenConfigurationIsRejectedWithItsPlace() {
    ItemEnd end = endOf("a", merged("m+a", "jobs:\n  test:\n    rnu: make\n"));
    assertThat(end.kind()).isEqualTo(ItemEnd.Kind.REJECTED);
    assertThat(end.reason()).startsWith(".headgate.yaml:3:5: ").contains("run");
  }

  @Test
  void aConflictIsRejectedWithItsDetail() {
    ItemEnd end = endOf("a", effect -> new Workspaces.Merge.Conflict("src/a conflicts"));
    assertThat(end.reason()).isEqualTo("src/a conflicts");
  }

  @Test
  void onlyTheGatesOwnJobsRun() {
    offer(new Event.CapacityChanged(9));
    offer(Outside.tip("m"));
    offer(Outside.enqueued("a"));
    turns();
    outside.merges("a", "jobs: { test: make test, slow: make slow }\npipelines: { gate: [test] }");
    assertThat(turns()).containsExactly("start 1 on m+a");
    outside.ends(1, Verdict.Kind.FAILED);
    turns();
    assertThat(outside.told.getLast().jobs()).hasSize(1);
  }

  @Test
  void ofAFileThatListsNoJobsForThePipelineAllRun() {
    offer(new Event.CapacityChanged(9));
    offer(Outside.tip("m"));
    offer(Outside.enqueued("a"));
    turns();
    outside.merges("a", "jobs: { test: make test, slow: make slow }\npipelines: { check: [test] }");
    assertThat(turns()).containsExactly("start 1 on m+a", "start 2 on m+a");
  }

  // Settings.

  private static final PipelineName CHECK = new PipelineName("check");

  private static GateSettings with(Manager manager) {
    return new GateSettings(
        List.of(Pipeline.of("gate", Manager.DEPENDENT), Pipeline.of("check", manager)),
        List.of(),
        Map.of(),
        Differences.HEADGATE);
  }

  private void openWith(GateSettings settings) {
    conductor =
        Conductor.open(store, outside.ports(), settings, Watcher.NONE, Probe.NONE, warnings::add);
  }

  private static Event check(String name) {
    return new Event.Enqueued(CHECK, Outside.change(name), true, 0);
  }

  @Test
  void aPipelineThatLandsNothingRunsItsJobsOnWhatItsBaseHolds() {
    openWith(with(Manager.INDEPENDENT));
    offer(new Event.CapacityChanged(1));
    offer(Outside.tip("m"));
    offer(check("a"));
    turns();
    outside.merges.get("a").merge(Outside.merged(outside.prepares.get("a"), "m", Outside.ONE_JOB));
    assertThat(turns()).containsExactly("start 1 on m");
    outside.passes(1);
    assertThat(turns()).containsExactly("report a passed");
  }

  @Test
  void whatIsConfiguredOtherwiseTakesEffectOnWhatWasKept() {
    openWith(with(Manager.INDEPENDENT));
    offer(Outside.tip("m"));
    offer(check("a"));
    turns();
    conductor.flush();
    store = store.reopen();
    openWith(GateSettings.DEFAULT);
    assertThat(turns()).contains("report a withdrawn");
    assertThat(conductor.gate().isEmpty()).isTrue();
  }

  @Test
  void aPipelineThatBeginsToLandIsKnownToFromThenOn() {
    openWith(with(Manager.INDEPENDENT));
    offer(new Event.CapacityChanged(1));
    offer(Outside.tip("m"));
    turns();
    offer(new Event.Reconfigured(with(Manager.DEPENDENT)));
    offer(check("a"));
    turns();
    outside.merges.get("a").merge(Outside.merged(outside.prepares.get("a"), "m", Outside.ONE_JOB));
    assertThat(turns()).containsExactly("land m");
  }

  // Items of several changes.

  private void circleEnters() {
    GateSettings circular =
        new GateSettings(
            GateSettings.DEFAULT.pipelines(),
            List.of(new SharedQueue("q", Set.of(Outside.MAIN.project()), true, true, false)),
            Map.of(),
            Differences.HEADGATE);
    openWith(circular);
    offer(new Event.CapacityChanged(9));
    offer(Outside.tip("m"));
    Change a = Outside.change("a", "b");
    Change b = Outside.change("b", "a");
    offer(new Event.Proposed(a));
    offer(new Event.Proposed(b));
    offer(new Event.Approved(b.id(), false));
    offer(new Event.Enqueued(a));
    turns();
  }

  private void circleIsMerged(String ofA, String ofB) {
    String first = outside.prepares.keySet().iterator().next();
    outside
        .merges
        .get(first)
        .merge(
            new Workspaces.Merge.Merged(
                Map.of(Outside.MAIN, new Content("m+a+b")),
                outside.prepares.get(first).changes().stream()
                    .map(change ->
                        new Workspaces.MergedChange(
                            change.id(),
                            List.of(),
                            Optional.of(change.id().value().equals("a") ? ofA : ofB)))
                    .toList()));
  }

  @Test
  void eachChangeOfAnItemIsRememberedWithTheOthers() {
    circleEnters();
    circleIsMerged(Outside.ONE_JOB, Outside.ONE_JOB);
    turns();
    outside.builds.keySet().forEach(build -> outside.passes(build.value()));
    turns();
    outside.landings.keySet().forEach(outside::lands);
    turns();
    assertThat(outside.announced).hasSize(1);
    for (String change : List.of("a", "b")) {
      assertThat(History.of(store, new ChangeId(change)))
          .singleElement()
          .isInstanceOfSatisfying(
              History.Fact.Ended.class,
              fact -> {
                assertThat(fact.change().id()).isEqualTo(new ChangeId(change));
                assertThat(fact.with())
                    .containsExactly(new ChangeId(change.equals("a") ? "b" : "a"));
                assertThat(fact.end().kind()).isEqualTo(ItemEnd.Kind.LANDED);
                assertThat(fact.pipeline()).isEqualTo(PipelineName.GATE);
              });
    }
  }

  @Test
  void ofSeveralChangesTheOneWithTheBrokenFileIsNamed() {
    circleEnters();
    circleIsMerged(Outside.ONE_JOB, "jobs:\n  test:\n    rnu: make\n");
    turns();
    assertThat(outside.told.getLast().reason()).startsWith("b: .headgate.yaml:3:5: ");
  }

  /** A store that passes everything on. */
  private static class Store implements SiteStore {
    private final SiteStore honest;

    Store(SiteStore honest) {
      this.honest = honest;
    }

    @Override
    public Snapshot load() {
      return honest.load();
    }

    @Override
    public boolean seen(String eventId) {
      return honest.seen(eventId);
    }

    @Override
    public void commit(Transaction transaction) {
      honest.commit(transaction);
    }

    @Override
    public List<HistoryEntry> history(String subject) {
      return honest.history(subject);
    }

    @Override
    public List<HistoryEntry> recentHistory(int limit) {
      return honest.recentHistory(limit);
    }

    @Override
    public void close() {
      honest.close();
    }
  }
}
