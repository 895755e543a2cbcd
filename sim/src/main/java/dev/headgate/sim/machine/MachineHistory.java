package dev.headgate.sim.machine;

/** A history of the machine alone. */
record MachineHistory(HistoryDocument document) implements SavedHistory {
  @Override
  public long seed() {
    return document.setup().seed();
  }

  @Override
  public String formerlyBroken() {
    return document.broken();
  }

  @Override
  public Played play() {
    return play(Twist.NONE);
  }

  Played play(Twist twist) {
    Outcome outcome = Course.run(history(), twist, true);
    return new Played(outcome.broken(), outcome.story());
  }

  History history() {
    return document.history();
  }
}
