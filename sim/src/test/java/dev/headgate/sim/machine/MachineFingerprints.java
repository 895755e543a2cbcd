package dev.headgate.sim.machine;

/** Lets tests of other packages see what makes histories of the machine equal. */
public final class MachineFingerprints {
  private MachineFingerprints() {}

  public static long of(long seed) {
    return MachineHistories.fingerprint(seed);
  }
}
