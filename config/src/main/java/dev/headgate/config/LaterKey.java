package dev.headgate.config;

import java.util.Arrays;
import java.util.Optional;

/**
 * Keys of a job that the design has and this version cannot carry out yet: refused, not ignored.
 */
enum LaterKey {
  INPUTS("inputs", "leave it out; the outcome is then taken to depend on the whole tree"),
  ARTIFACTS("artifacts", "leave it out"),
  TESTS("tests", "write the command that runs the tests as 'run'"),
  PARALLEL("parallel", "leave it out; jobs run in parallel, the tests of one job do not"),
  WORKER("worker", "leave it out; jobs run on this machine"),
  BRANCHES("branches", "leave it out; the job then runs for every branch"),
  SECRETS("secrets", "leave it out");

  final String text;
  final String hint;

  LaterKey(String text, String hint) {
    this.text = text;
    this.hint = hint;
  }

  static Optional<LaterKey> of(String text) {
    return Arrays.stream(values()).filter(key -> key.text.equals(text)).findFirst();
  }
}
