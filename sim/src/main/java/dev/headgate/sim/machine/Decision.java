package dev.headgate.sim.machine;

/**
 * One small thing that happens in a history. Its numbers say which of what there is at that moment,
 * counted round and round, so that a history still means something when others are left out.
 *
 * @param which of the things it may be done to; at least 0
 * @param how it is done; at least 0
 * @param more a second choice, where there is one; at least 0
 */
record Decision(Act act, int which, int how, int more) {
  Decision {
    if (which < 0 || how < 0 || more < 0) {
      throw new IllegalArgumentException("a choice is negative in " + act);
    }
  }

  /** What may be decided, with how often it is, in relation to the others. */
  enum Act {
    /** One question of the machine is answered. */
    ANSWER(34),
    /** One build goes on, or ends. */
    BUILD(26),
    /** An answer that was late arrives. */
    MAIL(4),
    /** An event that was told already is told again. */
    REPEAT(3),
    /** An event about what is gone, or never was. */
    NONSENSE(2),
    CRASH(4),
    PROPOSE(7),
    REVISE(2),
    REVISION_CHANGED(1),
    APPROVE(7),
    WITHDRAW_APPROVAL(2),
    ABANDON(1),
    MERGE_OUTSIDE(1),
    DEPENDENCIES(1),
    ENQUEUE(6),
    DEQUEUE(2),
    PROMOTE(3),
    HOLD(2),
    RELEASE(2),
    FREEZE(1),
    THAW(2),
    RECONFIGURE(1),
    PUSH(2),
    TELL_TIP(2),
    CAPACITY(3),
    CLOCK(1);

    final int weight;

    Act(int weight) {
      this.weight = weight;
    }
  }
}
