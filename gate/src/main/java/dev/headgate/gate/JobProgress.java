package dev.headgate.gate;

/** Where one job stands on one path. */
enum JobProgress {
  /** Waits for a job it needs. */
  BLOCKED,
  /** Nothing of it runs; a build is due. */
  DUE,
  /** A build of it holds a slot. */
  ACTIVE,
  /** A build of it is done as far as jobs needing it go. */
  PAUSED,
  PASSED,
  FAILED,
  /** Never ran, because a job it needs failed. */
  SKIPPED,
  /** Never ran, because a job it needs said that it shall not. */
  LEFT_OUT,
  /** Was not run or not run to its end, because another job of its item failed. */
  STOPPED;

  boolean isDecided() {
    return switch (this) {
      case PASSED, FAILED, SKIPPED, LEFT_OUT, STOPPED -> true;
      case BLOCKED, DUE, ACTIVE, PAUSED -> false;
    };
  }

  /** Whether jobs needing it may run as far as it goes. */
  boolean lets() {
    return this == PASSED || this == PAUSED;
  }
}
