package dev.headgate.sim.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.Step;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.Content;
import dev.headgate.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A machine made wrong on purpose: the model must notice, and tell it in few decisions. */
final class MachineTwistTests {
  /** Every twist shows within so many histories. */
  private static final int HISTORIES = 2_000;

  /** What the machine is told wrongly. */
  private static Twist told(UnaryOperator<Event> twist) {
    return new Twist() {
      @Override
      public Event told(Event event) {
        return twist.apply(event);
      }
    };
  }

  /** What the machine asks for wrongly. */
  private static Twist asks(UnaryOperator<List<Effect>> twist) {
    return new Twist() {
      @Override
      public Step seen(Event event, Step step) {
        return new Step(step.changes(), twist.apply(step.effects()));
      }
    };
  }

  /** The first history that breaks as expected, shrunk, as its file is read again. */
  private static MachineHistories.Broken isNoticed(Twist twist, String how) {
    List<String> others = new ArrayList<>();
    for (long seed = 0; seed < HISTORIES; seed++) {
      Outcome outcome = Course.run(Draw.history(seed), twist, false);
      if (outcome.broken().filter(message -> message.contains(how)).isPresent()) {
        MachineHistories.Broken shrunk = MachineHistories.shrunk(outcome, twist, () -> {});
        HistoryFile file = HistoryFile.parse("h.yaml", shrunk.file().getBytes(UTF_8));
        MachineHistory saved = (MachineHistory) ((HistoryFile.Valid) file).history();
        assertThat(saved.history().decisions().size())
            .isLessThan(outcome.history().decisions().size());
        assertThat(saved.play(twist).broken()).contains(shrunk.how());
        assertThat(saved.play().broken()).as("without the fault").isEmpty();
        return shrunk;
      }
      outcome.broken().ifPresent(others::add);
    }
    throw new AssertionError("'" + how + "' is not noticed, but only " + others);
  }

  @Test
  void aFailedBuildTakenForPassed() {
    Twist twist =
        told(event ->
            event instanceof Event.BuildEnded ended && ended.verdict().kind() == Verdict.Kind.FAILED
                ? new Event.BuildEnded(
                    ended.build(), new Verdict(Verdict.Kind.PASSED, ""), ended.tests())
                : event);
    isNoticed(twist, "nothing passed for");
  }

  @Test
  void aPassedBuildTakenForFailed() {
    Twist twist =
        told(event ->
            event instanceof Event.BuildEnded ended && ended.verdict().kind() == Verdict.Kind.PASSED
                ? new Event.BuildEnded(
                    ended.build(), new Verdict(Verdict.Kind.FAILED, "no"), ended.tests())
                : event);
    isNoticed(twist, "none of its jobs failed");
  }

  @Test
  void contentsThatWereNotPrepared() {
    Twist twist =
        told(event ->
            event instanceof Event.Prepared prepared
                ? new Event.Prepared(
                    prepared.preparation(), changed(prepared.contents()), prepared.jobs())
                : event);
    isNoticed(twist, "was not prepared");
  }

  private static Map<BranchRef, Content> changed(Map<BranchRef, Content> contents) {
    Map<BranchRef, Content> changed = new TreeMap<>();
    contents.forEach((branch, content) -> changed.put(branch, new Content(content + "+x")));
    return changed;
  }

  @Test
  void dependenciesThatAreNotHeard() {
    Twist twist =
        told(event ->
            switch (event) {
              case Event.Proposed e -> new Event.Proposed(alone(e.change()));
              case Event.Enqueued e ->
                  new Event.Enqueued(e.pipeline(), alone(e.change()), e.approves(), e.lane());
              case Event.DependenciesChanged e ->
                  new Event.DependenciesChanged(e.change(), List.of());
              default -> event;
            });
    isNoticed(twist, "which it depends on");
  }

  private static Change alone(Change change) {
    return new Change(
        change.id(),
        change.target(),
        change.revision(),
        List.of(),
        change.title(),
        Map.of(),
        "",
        change.labels());
  }

  @Test
  void anApprovalThatWasWithdrawn() {
    Twist twist =
        told(event -> event instanceof Event.ApprovalWithdrawn ? new Event.ClockAdvanced() : event);
    isNoticed(twist, "is not approved");
  }

  @Test
  void aBranchThatMoved() {
    Twist twist =
        told(event ->
            event instanceof Event.TipMoved moved
                ? new Event.TipMoved(moved.branch(), new Content(moved.tip() + "+x"))
                : event);
    isNoticed(twist, "where it does not stand");
  }

  @Test
  void moreSlotsThanThereAre() {
    Twist twist =
        told(event ->
            event instanceof Event.CapacityChanged capacity
                ? new Event.CapacityChanged(capacity.slots() + 5)
                : event);
    isNoticed(twist, "slots");
  }

  @Test
  void aLandingThatWasRefused() {
    Twist twist =
        told(event ->
            event instanceof Event.LandRefused refused
                ? new Event.Landed(refused.item(), refused.tips())
                : event);
    isNoticed(twist, "is reported landed after");
  }

  @Test
  void aReportThatIsLost() {
    isNoticed(
        asks(effects -> effects.stream().filter(e -> !(e instanceof Effect.Report)).toList()),
        "is lost without a report");
  }

  @Test
  void aReportThatIsMadeTwice() {
    isNoticed(
        asks(effects -> {
          List<Effect> twice = new ArrayList<>(effects);
          effects.stream().filter(e -> e instanceof Effect.Report).forEach(twice::add);
          return twice;
        }),
        "reported");
  }

  @Test
  void aBuildThatIsStartedTwice() {
    isNoticed(
        new Twist() {
          private List<Effect> former = List.of();

          @Override
          public Step seen(Event event, Step step) {
            List<Effect> effects = new ArrayList<>(step.effects());
            effects.addAll(former);
            former = step.effects().stream().filter(e -> e instanceof Effect.Start).toList();
            return new Step(step.changes(), effects);
          }
        },
        "build");
  }
}
