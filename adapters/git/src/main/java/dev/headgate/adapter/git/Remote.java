package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.model.Content;
import java.util.Optional;

/** A remote that a branch is pushed to; nothing is ever forced. */
final class Remote {
  private static final String FETCHED = "refs/headgate/remote/";

  /** What came of a push. */
  sealed interface Result {
    /** The remote's branch holds the content. */
    record Pushed() implements Result {}

    /** The remote's branch holds commits that the content does not. */
    record Elsewhere(Content tip) implements Result {}

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

  /** Pushes the content to the branch there; if it has it already, that is as good. */
  Result push(Content content, String branch) {
    String[] command = {
      "push",
      "--porcelain",
      "--recurse-submodules=no",
      "--",
      name,
      content + ":" + Branch.LOCAL + branch
    };
    Finished said = git.withHooks().run(command);
    if (said.succeeded()) {
      return new Result.Pushed();
    }
    String rejection =
        said.lines().stream().filter(line -> line.startsWith("!")).findFirst().orElse("");
    if (rejection.isEmpty()) {
      throw unreachable("push to", said);
    }
    Optional<Content> tip = fetch(branch);
    if (tip.isPresent() && !repository.isAncestor(tip.get(), content)) {
      return new Result.Elsewhere(tip.get());
    }
    if (rejection.contains("hook declined") && !rejection.contains("protected")) {
      return new Result.Forbidden(name + " refuses it: " + said.error());
    }
    throw new EnvironmentException(
        name
            + " does not take pushes to "
            + branch
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

  /** Lets go of what {@link Result.Elsewhere} named, once a branch holds it. */
  void forget(String branch) {
    repository.git().mustFeed("delete " + FETCHED + branch + "\n", "update-ref", "--stdin");
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
