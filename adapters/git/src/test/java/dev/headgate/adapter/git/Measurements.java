package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.model.Change;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Times what the gate does most, on a repository made for it; see docs/measurements/git.md. */
final class Measurements {
  private static final int FILES = 1000;
  private static final int CHANGES = 50;

  private final TestRepository git;
  private final List<Content> topics = new ArrayList<>();

  private Measurements(Path folder) {
    git = TestRepository.create(folder);
  }

  /** Prints one line for each figure. */
  public static void main(String[] arguments) throws IOException {
    Path folder = Files.createTempDirectory("headgate-measurements");
    try {
      Measurements measurements = new Measurements(folder.resolve("repo"));
      measurements.fill();
      for (int round = 0; round < 3; round++) {
        System.out.println("round " + (round + 1));
        measurements.bareProcesses();
        measurements.slots();
        measurements.mergesAndLandings(round);
      }
    } finally {
      FileTrees.delete(folder);
    }
  }

  private void fill() {
    for (int i = 0; i < FILES; i++) {
      git.write("dir" + i % 20 + "/file" + i, "line\n".repeat(50) + i + "\n");
    }
    Content base = git.commit("Files");
    git.git("gc", "-q");
    for (int i = 0; i < CHANGES; i++) {
      topics.add(git.branch("topic" + i, base.value(), "dir" + i % 20 + "/file" + i, i + "\n"));
    }
  }

  private void bareProcesses() {
    Git plain = Git.in(git.folder);
    print("a git process that does nothing (--version)", 50, i -> plain.must("--version"));
    print(
        "a bare merge-tree",
        50,
        i -> plain.must("merge-tree", "--write-tree", "main", topics.get(i % CHANGES).value()));
  }

  private void slots() {
    Slots slots = Slots.open(git.open());
    try {
      print("a new slot of 1000 files", 5, i -> slots.checkout(10 + i, topics.get(i), List.of()));
      slots.checkout(0, topics.getFirst(), List.of());
      print(
          "a slot that exists, one other file",
          50,
          i -> slots.checkout(0, topics.get(i % CHANGES), List.of()));
    } finally {
      slots.removeAll();
    }
  }

  private void mergesAndLandings(int round) {
    Content base = git.tip("main");
    List<Content> contents = new ArrayList<>();
    try (GitWorkspaces workspaces = new GitWorkspaces(git.projects());
        GitBranches branches = GitBranches.open(git.projects(), LandingOptions.DEFAULT)) {
      Content[] line = {base};
      print(
          "a change prepared on the one before it",
          CHANGES,
          i -> {
            Inbox inbox = new Inbox();
            workspaces.prepare(TestRepository.prepare(change(round, i), line[0]), inbox);
            line[0] = inbox.merged().contents().get(TestRepository.main());
            contents.add(line[0]);
          });
      print(
          "a landing that the working tree follows",
          CHANGES,
          i -> {
            Inbox inbox = new Inbox();
            branches.land(
                TestRepository.land(
                    new ItemId(i + 1),
                    change(round, i).id().value(),
                    i == 0 ? base : contents.get(i - 1),
                    contents.get(i)),
                inbox);
            inbox.event();
          });
      workspaces.release(List.of());
    }
    git.git("reset", "-q", "--hard", base.value());
  }

  private Change change(int round, int i) {
    return TestRepository.change("round" + round + "-topic" + i, topics.get(i));
  }

  /** What is timed. */
  private interface Timed {
    void run(int index) throws EnvironmentException;
  }

  private static void print(String what, int times, Timed timed) {
    long[] nanos = new long[times];
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      timed.run(i);
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    double total = Arrays.stream(nanos).sum() / 1e6;
    System.out.printf(
        "%-45s median %6.1f ms   worst %6.1f ms   %6.1f a second%n",
        what, nanos[times / 2] / 1e6, nanos[times - 1] / 1e6, times * 1000 / total);
  }
}
