package dev.headgate.sim;

import dev.headgate.conduct.Envelope;
import dev.headgate.gate.Event;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Those who propose changes, think again, change the number of machines, and push to the branch
 * past the gate. What they ask for they ask for again, under the same id, until it is kept.
 */
final class People {
  private static final int MOST_CHANGES = 12;
  private static final int MOST_ACTS = 8;
  private static final int MOST_SLOTS = 6;
  private static final int LATEST_NEWS_MS = 60_000;
  private static final int A_LANDING_MS = 1_000;

  /** Of a hundred landings; more would keep the queue from ever landing much. */
  private static final int RECONSIDERED = 8;

  /** When the last of them acts. */
  static final int LAST_ACT_MS = 300_000;

  private final World world;
  private final Consumer<Envelope> door;
  private final List<Proposal> proposals = new ArrayList<>();
  private final List<Envelope> notKnownToBeKept = new ArrayList<>();
  private int events;
  private int pushes;

  /** A change as its author has it now. */
  private static final class Proposal {
    final String name;
    final BranchRef target;
    final List<Proposal> dependsOn;
    int revision;

    Proposal(String name, BranchRef target, List<Proposal> dependsOn) {
      this.name = name;
      this.target = target;
      this.dependsOn = dependsOn;
    }

    String current() {
      return name + "." + revision;
    }
  }

  /**
   * @param door where events enter; does nothing while no process runs
   */
  People(World world, Consumer<Envelope> door) {
    this.world = world;
    this.door = door;
  }

  /** Schedules all that they will do. */
  void plan() {
    Dice dice = world.dice;
    world.timeline.after(0, () -> changeCapacity(dice.between(1, MOST_SLOTS)));
    int changes = dice.chance(30) ? dice.between(1, 4) : dice.between(2, MOST_CHANGES);
    for (int i = 0; i < changes; i++) {
      Proposal proposal = propose("c" + (char) ('a' + i));
      int at = dice.chance(60) ? i : dice.between(0, LAST_ACT_MS / 2);
      world.timeline.after(at, () -> enqueue(proposal));
    }
    for (int i = dice.between(0, MOST_ACTS); i > 0; i--) {
      world.timeline.after(dice.between(1, LAST_ACT_MS), this::act);
    }
    world.whenLanding = this::reconsider;
  }

  /** The very moment for second thoughts: its landing is being tried. */
  private void reconsider(ChangeId change) {
    if (world.isCalm() || !world.dice.chance(RECONSIDERED)) {
      return;
    }
    Proposal landing =
        proposals.stream()
            .filter(proposal -> proposal.name.equals(change.value()))
            .findFirst()
            .orElseThrow();
    for (int i = world.dice.between(1, 3); i > 0; i--) {
      world.timeline.after(
          world.dice.between(0, A_LANDING_MS),
          () -> {
            if (!world.isCalm()) {
              act(landing);
            }
          });
    }
  }

  private Proposal propose(String name) {
    Dice dice = world.dice;
    BranchRef target = dice.pick(world.repository.branches());
    List<Proposal> dependsOn = new ArrayList<>();
    List<String> includes = new ArrayList<>();
    for (Proposal earlier : proposals) {
      boolean depends = dice.chance(15) && earlier.target.equals(target);
      if (depends) {
        dependsOn.add(earlier);
      }
      // A stack holds what it stands on; the author of a stack may forget to say so.
      if (depends ? dice.chance(50) : dice.chance(2)) {
        includes.add(earlier.current());
      }
    }
    Proposal proposal = new Proposal(name, target, dependsOn);
    proposals.add(proposal);
    revise(proposal, includes);
    return proposal;
  }

  private void revise(Proposal proposal, List<String> includes) {
    proposal.revision++;
    world.scenario.revise(proposal.current(), proposal.name, includes);
  }

  /** They give the machines that it takes, and let it happen. */
  void settle() {
    changeCapacity(world.dice.between(1, MOST_SLOTS));
  }

  private void act() {
    act(world.dice.pick(proposals));
  }

  private void act(Proposal proposal) {
    Dice dice = world.dice;
    ChangeId id = new ChangeId(proposal.name);
    switch (dice.between(0, 9)) {
      case 0, 1 -> {
        world.tally.count(Happening.DEQUEUED);
        offer(new Event.Dequeued(id, "its author asked for it"));
      }
      case 2 -> {
        world.tally.count(Happening.ABANDONED);
        offer(new Event.Abandoned(id));
      }
      case 3 -> {
        world.tally.count(Happening.REVISION_CHANGED);
        revise(proposal, List.of());
        offer(new Event.RevisionChanged(id, new Revision(proposal.current())));
      }
      case 4 -> {
        world.tally.count(Happening.ENQUEUED_AT_A_NEW_REVISION);
        revise(proposal, List.of());
        enqueue(proposal);
      }
      case 5, 6 -> {
        world.tally.count(Happening.ENQUEUED_AGAIN);
        enqueue(proposal);
      }
      case 7 -> changeCapacity(dice.between(0, MOST_SLOTS));
      default -> push(proposal.target);
    }
  }

  private void enqueue(Proposal proposal) {
    world.tally.count(Happening.ENQUEUED);
    List<ChangeId> dependsOn =
        proposal.dependsOn.stream()
            .filter(other -> !world.repository.tip(proposal.target).holdsSomeOf(other.name))
            .map(other -> new ChangeId(other.name))
            .toList();
    offer(
        new Event.Enqueued(
            new Change(
                new ChangeId(proposal.name),
                proposal.target,
                new Revision(proposal.current()),
                dependsOn,
                "Title of " + proposal.name)));
  }

  private void changeCapacity(int slots) {
    world.tally.count(slots == 0 ? Happening.CAPACITY_SET_TO_NONE : Happening.CAPACITY_CHANGED);
    offer(new Event.CapacityChanged(slots));
  }

  private void push(BranchRef branch) {
    Tree parent = world.repository.tip(branch).parent();
    Tree tip;
    if (parent != null && world.dice.chance(15)) {
      world.tally.count(Happening.BRANCH_REWOUND_OUTSIDE);
      world.repository.move(branch, parent.content());
      tip = parent;
    } else {
      world.tally.count(Happening.BRANCH_MOVED_OUTSIDE);
      pushes++;
      String name = "x" + pushes;
      tip = world.repository.push(branch, world.scenario.revise(name, name, List.of()));
    }
    world.trail.note("someone else moves %s to %s", branch, tip.content());
    if (world.dice.chance(60)) {
      // The news may be old by the time it arrives.
      world.timeline.after(world.dice.between(0, LATEST_NEWS_MS), () -> tell(branch, tip));
    }
  }

  private void tell(BranchRef branch, Tree tip) {
    door.accept(new Envelope(nextId(), new Event.TipMoved(branch, tip.content())));
  }

  private void offer(Event event) {
    Envelope envelope = new Envelope(nextId(), event);
    notKnownToBeKept.add(envelope);
    door.accept(envelope);
    if (world.goesWrong(1)) {
      world.tally.count(Happening.EVENT_REPEATED);
      world.timeline.after(world.dice.between(0, LATEST_NEWS_MS), () -> door.accept(envelope));
    }
  }

  private String nextId() {
    events++;
    return "people/" + events;
  }

  /** Something was committed, and it can be asked which events were. */
  void committed(Predicate<String> kept) {
    notKnownToBeKept.removeIf(envelope -> kept.test(envelope.id()));
  }

  /** A process runs again: they ask it for what they do not know to be kept. */
  void processOpened() {
    notKnownToBeKept.forEach(door);
    for (BranchRef branch : world.repository.branches()) {
      if (world.dice.chance(70)) {
        tell(branch, world.repository.tip(branch));
      }
    }
  }

  /** Whether everything they asked for is kept. */
  boolean areHeard() {
    return notKnownToBeKept.isEmpty();
  }
}
