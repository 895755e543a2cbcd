package dev.headgate.sim.machine;

import dev.headgate.sim.Histories;
import java.util.List;
import java.util.Optional;

/** A history through the conductor, as the throws of dice that make it. */
record ThrownHistory(ThrownDocument document) implements SavedHistory {
  @Override
  public long seed() {
    return document.seed();
  }

  @Override
  public String formerlyBroken() {
    return document.broken();
  }

  @Override
  public Played play() {
    Optional<Histories.Broken> broken = Histories.play(seed(), document.throwing());
    return new Played(
        broken.map(Histories.Broken::how), broken.map(Histories.Broken::trail).orElse(List.of()));
  }
}
