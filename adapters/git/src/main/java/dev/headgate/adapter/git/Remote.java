package dev.headgate.adapter.git;

import static java.util.stream.Collectors.joining;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.model.Content;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A remote that a branch is pushed to; nothing is ever forced. */
final class Remote {
  private static final String FETCHED = "refs/headgate/remote/";

  /** What came of a push. */
  sealed interface Result {
    /** The remote's branches hold the contents. */
    record Pushed() implements Result {}

    /** These branches of the remote hold commits that the contents do not; by their names. */
    record Elsewhere(Map<String, Content> tips) implements Result {}

    /** A hook of the remote's owner forbids this content. */
    record Forbidden(String reason) implements Result {}
  }

  private final Repository repository;
  private final String name;
  private final Git git;

  Remote(Repository repository, String name) {
    this.repository = repository;
    this.name = name;
    Git here = repository.topLevel().map(Git::in).orElse(repository.git());
    this.git = here.within(Git.REMOTE_TIMEOUT);
  }

  /** Pushes all contents to their branches there or none; what is there already is as good. */
  Result push(List<BranchMove> moves) {
    List<String> command =
        new ArrayList<>(List.of("push", "--porcelain", "--recurse-submodules=no"));
    if (moves.size() > 1) {
      // Not every transport knows it, and a single branch does not need it.
      command.add("--atomic");
    }
    command.addAll(List.of("--", name));
    moves.forEach(move -> command.add(move.to() + ":" + move.ref()));
    Finished said = git.withHooks().run(command.toArray(new String[0]));
    if (said.succeeded()) {
      return new Result.Pushed();
    }
    String rejection =
        said.lines().stream()
            .filter(line -> line.startsWith("!"))
            .max(Comparator.comparing(line -> !line.contains("atomic")))
            .orElse("");
    if (rejection.isEmpty()) {
      throw unreachable("push to", said);
    }
    Map<String, Content> ahead = new LinkedHashMap<>();
    for (BranchMove move : moves) {
      fetch(move.branch())
          .filter(tip -> !repository.isAncestor(tip, move.to()))
          .ifPresent(tip -> ahead.put(move.branch(), tip));
    }
    if (!ahead.isEmpty()) {
      return new Result.Elsewhere(ahead);
    }
    if (rejection.contains("hook declined") && !rejection.contains("protected")) {
      return new Result.Forbidden(name + " refuses it: " + said.error());
    }
    throw new EnvironmentException(
        name
            + " does not take pushes to "
            + moves.stream().map(BranchMove::branch).collect(joining(", "))
            + ": "
            + rejection.substring(rejection.lastIndexOf('\t') + 1)
            + "\ngit says: "
            + said.error());
  }

  /** Where the branch stands there, with its objects; empty if it does not exist there. */
  private Optional<Content> fetch(String branch) {
    String kept = FETCHED + branch;
    String[] command = {
      "fetch",
      "--quiet",
      "--no-tags",
      "--no-prune",
      "--no-write-fetch-head",
      "--no-recurse-submodules",
      "--",
      name,
      "+" + Branch.LOCAL + branch + ":" + kept
    };
    Finished said = git.run(command);
    if (said.error().contains("couldn't find remote ref")) {
      return Optional.empty();
    }
    if (!said.succeeded()) {
      throw unreachable("fetch from", said);
    }
    return repository.tip(kept);
  }

  /** Lets go of what {@link Result.Elsewhere} named, once branches hold it. */
  void forget(Collection<String> branches) {
    StringBuilder commands = new StringBuilder();
    branches.forEach(
        branch -> commands.append("delete ").append(FETCHED).append(branch).append('\n'));
    repository.git().mustFeed(commands.toString(), "update-ref", "--stdin");
  }

  private EnvironmentException unreachable(String what, Finished said) {
    return new EnvironmentException(
        "git could not "
            + what
            + " "
            + name
            + ": see that it can be reached and that you may"
            + " write there\ngit says: "
            + said.error());
  }
}
