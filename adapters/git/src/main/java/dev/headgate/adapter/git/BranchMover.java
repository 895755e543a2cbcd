package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.model.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Moves branches of one repository together with the working trees that have them checked out: all
 * of it or, after a crash and {@link #recover}, all or nothing.
 *
 * <p>The order is: say in the journal what is about to be done; lock the working trees and see that
 * each can follow; move the refs by compare-and-swap, in one transaction; let the working trees
 * follow; unlock them; remove the journal. Up to the refs' move nothing has happened, from then on
 * all is repeatable.
 */
final class BranchMover {
  /** What came of it. */
  sealed interface Result {
    /** Each branch points to its content. */
    record Moved() implements Result {}

    /** Somebody else moved one of them first. */
    record Elsewhere(String branch, Content tip) implements Result {}

    /** A hook of the repository's owner forbids it. */
    record Forbidden(String reason) implements Result {}
  }

  private final Repository repository;
  private final boolean updatesCheckouts;
  private final LandingJournal journal;
  private final Orphans orphans;
  private final LandingStep.Watcher watcher;

  BranchMover(Repository repository, boolean updatesCheckouts, LandingStep.Watcher watcher) {
    this.repository = repository;
    this.updatesCheckouts = updatesCheckouts;
    this.journal = new LandingJournal(repository);
    this.orphans = new Orphans(journal.file());
    this.watcher = watcher;
  }

  /** A working tree and how it is to follow. */
  private record Follower(Checkout checkout, BranchMove move) {
    void requireCanFollow() {
      checkout.requireCanFollow(move.from(), move.to());
    }

    void follow() {
      checkout.follow(move.from(), move.to());
    }
  }

  /** Throws {@link EnvironmentException} if a working tree cannot follow. */
  void requireCanMove(BranchMove move) {
    for (Checkout checkout : checkouts(move.ref())) {
      try {
        checkout.requireCanFollow(move.from(), move.to());
      } finally {
        checkout.removeCopy();
      }
    }
  }

  /**
   * Moves the branches, or says why not.
   *
   * @throws EnvironmentException if a working tree cannot follow, which is found before a branch
   *     moves unless somebody edits just then; what was begun is finished by {@link #recover}
   */
  Result move(List<BranchMove> moves, String reason) {
    List<Follower> followers = new ArrayList<>();
    List<LandingJournal.Entry> entries = new ArrayList<>();
    for (BranchMove move : moves) {
      List<Checkout> checkouts = checkouts(move.ref());
      checkouts.forEach(checkout -> followers.add(new Follower(checkout, move)));
      entries.add(
          new LandingJournal.Entry(
              move.ref(),
              move.from(),
              move.to(),
              checkouts.stream().map(Checkout::folder).toList()));
    }
    journal.write(entries);
    watcher.reached(LandingStep.JOURNALLED);
    List<Checkout> locked = new ArrayList<>();
    Result result;
    try {
      lock(followers, locked);
      watcher.reached(LandingStep.LOCKED);
      result = swap(moves, reason);
      if (result instanceof Result.Moved) {
        watcher.reached(LandingStep.REF_MOVED);
        followers.forEach(Follower::follow);
        watcher.reached(LandingStep.FOLLOWED);
      }
    } finally {
      locked.forEach(Checkout::unlock);
    }
    watcher.reached(LandingStep.UNLOCKED);
    journal.remove();
    return result;
  }

  private void lock(List<Follower> followers, List<Checkout> locked) {
    try {
      for (Follower follower : followers) {
        follower.checkout.lock();
        locked.add(follower.checkout);
        follower.requireCanFollow();
      }
    } catch (EnvironmentException e) {
      journal.remove();
      throw e;
    }
  }

  private List<Checkout> checkouts(String ref) {
    if (!updatesCheckouts) {
      return List.of();
    }
    return repository.worktrees().stream()
        .filter(worktree -> worktree.ref().equals(ref))
        .map(worktree -> new Checkout(repository, worktree.folder(), orphans))
        .toList();
  }

  private Result swap(List<BranchMove> moves, String reason) {
    String[] command = {"update-ref", "-m", reason, "--stdin"};
    Git git =
        orphans
            .mark(repository.git())
            .withHooks()
            .env("GIT_COMMITTER_NAME", "Headgate")
            .env("GIT_COMMITTER_EMAIL", "headgate@localhost");
    StringBuilder updates = new StringBuilder();
    for (BranchMove move : moves) {
      updates.append("update %s %s %s\n".formatted(move.ref(), move.to(), move.from()));
    }
    Finished said = git.feed(updates.toString(), command);
    if (said.succeeded()) {
      return new Result.Moved();
    }
    for (BranchMove move : moves) {
      Optional<Content> tip = repository.tip(move.ref());
      if (tip.isPresent() && !tip.get().equals(move.from())) {
        return new Result.Elsewhere(move.branch(), tip.get());
      }
    }
    if (said.error().contains("aborted by hook")
        || said.error().contains("reference-transaction hook")) {
      return new Result.Forbidden(
          "the repository's reference-transaction hook forbids it: " + said.error());
    }
    throw git.failure(said, command);
  }

  /**
   * Finishes or takes back the move that a killed process had begun; no other process of ours is
   * alive.
   *
   * @throws EnvironmentException if a working tree holds an edit that finishing would overwrite
   */
  void recover() {
    List<LandingJournal.Entry> begun = journal.read();
    begun.forEach(this::recover);
    if (!begun.isEmpty()) {
      journal.remove();
    }
  }

  private void recover(LandingJournal.Entry entry) {
    List<Checkout> checkouts = new ArrayList<>();
    for (Worktree worktree : repository.worktrees()) {
      if (entry.worktrees().contains(worktree.folder()) && worktree.ref().equals(entry.ref())) {
        checkouts.add(new Checkout(repository, worktree.folder(), orphans));
      }
    }
    orphans.await();
    clearRefLocks(entry.ref(), checkouts);
    checkouts.forEach(Checkout::clearLeftovers);
    Optional<Content> tip = repository.tip(entry.ref());
    if (tip.isPresent() && repository.isAncestor(entry.to(), tip.get())) {
      checkouts.forEach(checkout -> finish(checkout, entry));
    }
  }

  private void finish(Checkout checkout, LandingJournal.Entry entry) {
    checkout.lock();
    try {
      checkout.finish(entry.from(), entry.to());
    } catch (UncommittedWork e) {
      throw new EnvironmentException(
          "the landing of "
              + entry.to()
              + " moved its branch and was then interrupted, and the"
              + " working tree cannot follow: "
              + e.getMessage()
              + "\nSave your edit elsewhere, put the file back with git -C "
              + checkout.folder()
              + " restore FILE, and run again; or remove "
              + journal.file()
              + " to leave the working tree as it is",
          e);
    } finally {
      checkout.unlock();
    }
  }

  /**
   * Git moves a ref under locks, which a git that was killed with us leaves behind; a lock that
   * stays is no other's either.
   */
  private void clearRefLocks(String ref, List<Checkout> checkouts) {
    List<Path> locks = new ArrayList<>();
    locks.add(repository.commonDirectory().resolve(ref + ".lock"));
    locks.add(repository.commonDirectory().resolve("HEAD.lock"));
    checkouts.forEach(checkout -> locks.add(checkout.headLock()));
    try {
      for (Path lock : locks) {
        if (!Patience.await(Patience.BRIEF, () -> !Files.exists(lock))) {
          Files.deleteIfExists(lock);
        }
      }
    } catch (IOException e) {
      throw SafeFiles.unwritable(repository.commonDirectory(), e);
    }
  }
}
