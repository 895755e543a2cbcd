package dev.headgate.sim.machine;

import dev.headgate.gate.Event;
import dev.headgate.gate.GateSettings;
import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.PipelineName;
import dev.headgate.model.PreparationId;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Those who propose, approve, operate, and move branches past the gate. */
final class People {
  private static final int MOST_SLOTS = 6;
  private static final int STALE = 40;

  private final Setup setup;
  private final Host host;

  /** At which revision each change is. */
  private final Map<ChangeId, Integer> revisions = new HashMap<>();

  private GateSettings settings;

  People(Setup setup, Host host) {
    this.setup = setup;
    this.host = host;
    this.settings = setup.settings().getFirst();
  }

  /** What a decision about people makes of the world; empty if it is none of theirs. */
  Optional<Event> act(Decision decision) {
    int how = decision.how();
    Proposal proposal = setup.proposals().get(decision.which() % setup.proposals().size());
    ChangeId id = proposal.id();
    BranchRef branch = setup.branches().get(decision.which() % setup.branches().size());
    return Optional.ofNullable(
        switch (decision.act()) {
          case PROPOSE -> new Event.Proposed(version(proposal, how));
          case REVISE -> {
            revisions.merge(id, 1, Integer::sum);
            yield how % 3 == 0 ? null : new Event.Proposed(version(proposal, how));
          }
          case REVISION_CHANGED ->
              new Event.RevisionChanged(id, version(proposal, decision.more()).revision());
          case APPROVE -> new Event.Approved(id, how % 5 != 0 || how == 0);
          case WITHDRAW_APPROVAL -> new Event.ApprovalWithdrawn(id);
          case ABANDON -> new Event.Abandoned(id);
          case MERGE_OUTSIDE -> {
            host.mergeOutside(version(proposal, how));
            yield new Event.MergedOutside(id);
          }
          case DEPENDENCIES ->
              new Event.DependenciesChanged(id, version(proposal, how + 1).dependsOn());
          case ENQUEUE ->
              new Event.Enqueued(
                  pipeline(how),
                  version(proposal, how),
                  how % 4 != 0,
                  decision.more() % 5 == 0 ? decision.more() % 3 : 0);
          case DEQUEUE ->
              new Event.Dequeued(
                  how % 2 == 0 ? Optional.empty() : Optional.of(pipeline(how)), id, "dequeued");
          case PROMOTE -> new Event.Promoted(pipeline(decision.more()), chosen(decision));
          case HOLD -> new Event.Held(id, how % 2 == 0 ? "" : "a person looks at it");
          case RELEASE -> new Event.Released(id);
          case FREEZE -> new Event.Frozen(branch, how % 2 == 0 ? "" : "a release");
          case THAW -> new Event.Thawed(branch);
          case RECONFIGURE -> {
            settings = setup.settings().get(how % setup.settings().size());
            yield new Event.Reconfigured(settings);
          }
          case PUSH -> {
            host.push(branch);
            yield how % 2 == 0 ? null : new Event.TipMoved(branch, host.tip(branch));
          }
          case TELL_TIP -> new Event.TipMoved(branch, host.tip(branch));
          case CAPACITY -> new Event.CapacityChanged(how % (MOST_SLOTS + 1));
          case CLOCK -> new Event.ClockAdvanced();
          case NONSENSE -> nonsense(decision, id);
          case ANSWER, BUILD, MAIL, REPEAT, CRASH -> null;
        });
  }

  private Change version(Proposal proposal, int how) {
    int variant = how % 4 == 3 ? 1 : 0;
    return proposal.version(revisions.getOrDefault(proposal.id(), 0), variant);
  }

  /** One of those that are set up, and sometimes none that is. */
  private PipelineName pipeline(int how) {
    if (how % STALE == STALE - 1) {
      return new PipelineName("nowhere");
    }
    int chosen = how % 3 == 0 ? how / 3 % settings.pipelines().size() : 0;
    return settings.pipelines().get(chosen).name();
  }

  private List<ChangeId> chosen(Decision decision) {
    List<ChangeId> chosen = new ArrayList<>();
    int count = setup.proposals().size();
    for (int i = 0; i <= decision.how() % 3; i++) {
      chosen.add(setup.proposals().get((decision.which() + i * 5) % count).id());
    }
    return chosen;
  }

  /** About builds, items and preparations that are long gone or never were. */
  private Event nonsense(Decision decision, ChangeId change) {
    long number = decision.how() % 10 == 0 ? 1_000_000 : 900_000 + decision.which();
    BuildId build = new BuildId(number);
    ItemId item = new ItemId(number);
    return switch (decision.more() % 9) {
      case 0 -> new Event.BuildStarted(build);
      case 1 -> new Event.BuildEnded(build, new Verdict(Verdict.Kind.PASSED, ""), TestCounts.NONE);
      case 2 -> new Event.BuildLost(build, "gone");
      case 3 -> new Event.BuildPaused(build, Optional.empty());
      case 4 -> new Event.Evidence(build, "");
      case 5 -> new Event.Landed(item, Map.of());
      case 6 -> new Event.LandRefused(item, Map.of(), "no", Set.of(change));
      case 7 ->
          new Event.Prepared(
              new PreparationId(number),
              Map.of(setup.branches().getFirst(), new Content("nothing")),
              Map.of());
      default -> new Event.Conflicted(new PreparationId(number), "no");
    };
  }

  /** What ends all that people may have stopped. */
  List<Event> calm() {
    List<Event> events = new ArrayList<>();
    events.add(new Event.CapacityChanged(1_000));
    for (BranchRef branch : setup.branches()) {
      events.add(new Event.Thawed(branch));
      events.add(new Event.TipMoved(branch, host.tip(branch)));
    }
    setup.proposals().forEach(proposal -> events.add(new Event.Released(proposal.id())));
    return events;
  }
}
