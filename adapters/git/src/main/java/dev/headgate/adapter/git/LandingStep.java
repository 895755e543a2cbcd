package dev.headgate.adapter.git;

/** The points of a landing at which the process may die; tests let it. */
enum LandingStep {
  BEGUN,
  PUSHED,
  JOURNALLED,
  LOCKED,
  REF_MOVED,
  FOLLOWED,
  UNLOCKED,
  DONE;

  /** Is told of each step when it is done. */
  interface Watcher {
    void reached(LandingStep step);
  }
}
