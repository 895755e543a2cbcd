package dev.headgate.adapter.git;

import dev.headgate.model.Content;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The commits that some branches have and their target lacks, read in one go. */
final class OpenCommits {
  /** Separates the values of one commit's footers; no text contains it. */
  private static final String UNIT = "\u001f";

  private static final String FORMAT =
      "--format=tformat:%H%n%P%n%s%n%(trailers:key=Depends-On,valueonly,unfold,separator=%x1f)";

  private static final int LINES = 4;

  private record Commit(List<String> parents, String subject, List<String> footers) {}

  /** Oldest first: no commit comes before one of its parents. */
  private final Map<String, Commit> commits = new LinkedHashMap<>();

  OpenCommits(Git git, Content target, List<Branch> branches) {
    StringBuilder input = new StringBuilder();
    branches.forEach(branch -> input.append(branch.tip()).append('\n'));
    input.append('^').append(target).append('\n');
    String[] lines =
        git.mustFeed(
                input.toString(),
                "log",
                "--topo-order",
                "--reverse",
                "--no-notes",
                "--encoding=UTF-8",
                FORMAT,
                "--stdin")
            .text()
            .split("\n", -1);
    for (int i = 0; i + LINES <= lines.length; i += LINES) {
      commits.put(
          lines[i], new Commit(words(lines[i + 1], " "), lines[i + 2], words(lines[i + 3], UNIT)));
    }
  }

  private static List<String> words(String line, String separator) {
    return Arrays.stream(line.split(separator, -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  boolean contains(Content commit) {
    return commits.containsKey(commit.value());
  }

  String subject(Content commit) {
    return Objects.requireNonNull(commits.get(commit.value())).subject;
  }

  /** The open commits that the branch consists of, its newest included. */
  Set<String> of(Branch branch) {
    Set<String> reached = new LinkedHashSet<>();
    Deque<String> left = new ArrayDeque<>();
    left.add(branch.tip().value());
    while (!left.isEmpty()) {
      String id = left.remove();
      Commit commit = commits.get(id);
      if (commit != null && reached.add(id)) {
        left.addAll(commit.parents);
      }
    }
    return reached;
  }

  /** The footers of the given commits, the oldest commit's first. */
  List<String> footers(Set<String> of) {
    Set<String> found = new LinkedHashSet<>();
    commits.forEach((id, commit) -> {
      if (of.contains(id)) {
        found.addAll(commit.footers);
      }
    });
    return new ArrayList<>(found);
  }
}
