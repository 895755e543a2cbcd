package dev.headgate.cli;

import java.util.Objects;

/** What this build calls itself. */
final class Version {
  private Version() {}

  /** The version as the jar's manifest gives it; {@code development} where there is no jar. */
  static String number() {
    return Objects.requireNonNullElse(
        Version.class.getPackage().getImplementationVersion(), "development");
  }

  /** The one line of {@code headgate --version}. */
  static String line() {
    return "headgate " + number() + " (Java " + Runtime.version() + ")";
  }
}
