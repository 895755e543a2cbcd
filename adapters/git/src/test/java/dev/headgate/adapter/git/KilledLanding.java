package dev.headgate.adapter.git;

import dev.headgate.gate.Effect;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import java.nio.file.Path;

/** A process that lands one content and is gone, as by kill -9, at one step of it. */
final class KilledLanding {
  static final int KILLED = 137;

  private KilledLanding() {}

  /** Arguments: the repository's folder, base, content, the step, and a remote if there is one. */
  public static void main(String[] arguments) {
    Projects projects = TestRepository.at(Path.of(arguments[0])).projects();
    LandingStep last = LandingStep.valueOf(arguments[3]);
    LandingOptions options =
        arguments.length > 4
            ? new LandingOptions(true, java.util.Optional.of(arguments[4]))
            : LandingOptions.DEFAULT;
    Effect.Land land =
        TestRepository.land(
            new ItemId(7), "topic", new Content(arguments[1]), new Content(arguments[2]));
    Inbox inbox = new Inbox();
    try (GitBranches branches =
        GitBranches.open(
            projects,
            options,
            step -> {
              if (step == last) {
                Runtime.getRuntime().halt(KILLED);
              }
            })) {
      branches.land(land, inbox);
      inbox.await();
    }
    throw new AssertionError("the step " + last + " was never reached");
  }

  /** Runs it in a process of its own and waits until that is dead. */
  static int run(String... arguments) throws Exception {
    java.util.List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        java.util.List.of(
            "-XX:TieredStopAtLevel=1",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path"),
            KilledLanding.class.getName()));
    command.addAll(java.util.List.of(arguments));
    return new ProcessBuilder(command).inheritIO().start().waitFor();
  }
}
