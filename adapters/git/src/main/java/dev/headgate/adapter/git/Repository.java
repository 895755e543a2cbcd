package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.model.Content;
import dev.headgate.model.ProjectId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One git repository, found from a folder in it. Immutable and safe for any thread; every question
 * is asked of the repository anew.
 */
public final class Repository {
  /** As many files as a person reads; the count of the others follows. */
  private static final int MAX_NAMED = 5;

  private final Git git;
  private final Path commonDirectory;
  private final @Nullable Path topLevel;
  private final boolean linked;
  private final String objectFormat;

  private Repository(
      Git git, Path commonDirectory, @Nullable Path topLevel, boolean linked, String format) {
    this.git = git;
    this.commonDirectory = commonDirectory;
    this.topLevel = topLevel;
    this.linked = linked;
    this.objectFormat = format;
  }

  /**
   * Finds the repository that the folder is in: a working tree or a folder of one, linked or not, a
   * bare repository, or the {@code .git} folder itself.
   *
   * @throws EnvironmentException if git is missing or too old, or does not trust the repository
   */
  public static Lookup<Repository> open(Path start) {
    return open(Git.in(start.toAbsolutePath()));
  }

  static Lookup<Repository> open(Git git) {
    if (!Files.isDirectory(git.folder())) {
      return new Lookup.Problem<>("there is no folder " + git.folder());
    }
    GitVersion.require(git);
    Finished said =
        git.run(
            "rev-parse",
            "--is-bare-repository",
            "--show-object-format",
            "--path-format=absolute",
            "--git-common-dir",
            "--git-dir",
            "--show-toplevel");
    // Outside a working tree the last question fails; the others are answered by then.
    boolean noWorkTree = said.error().contains("must be run in a work tree");
    if (said.error().contains("not a git repository")) {
      return new Lookup.Problem<>(
          "there is no git repository at "
              + git.folder()
              + " or above it: change to one, or make"
              + " one with git init");
    }
    if (!said.succeeded() && !noWorkTree) {
      throw git.failure(said, "rev-parse");
    }
    List<String> lines = said.text().lines().toList();
    if (lines.size() != (noWorkTree ? 4 : 5)) {
      throw new EnvironmentException(
          "the path of the repository at " + git.folder() + " contains a line break: move it");
    }
    Path common = SafeFiles.path(lines.get(2));
    boolean linked = !SafeFiles.path(lines.get(3)).equals(common);
    Path top = noWorkTree ? null : SafeFiles.path(lines.get(4));
    Git inside = git.at(common).env("GIT_DIR", common.toString());
    return new Lookup.Found<>(new Repository(inside, common, top, linked, lines.get(1)));
  }

  /** Git in the repository's own folder, away from every working tree. */
  Git git() {
    return git;
  }

  /** The folder that all working trees share, {@code .git} in a usual repository. */
  public Path commonDirectory() {
    return commonDirectory;
  }

  /** The folder below {@link #commonDirectory} that is Headgate's own; it may not exist yet. */
  public Path ownDirectory() {
    return commonDirectory.resolve("headgate");
  }

  /** The top folder of the working tree it was opened in; empty in a bare repository. */
  public Optional<Path> topLevel() {
    return Optional.ofNullable(topLevel);
  }

  /** {@code sha1} or {@code sha256}. */
  String objectFormat() {
    return objectFormat;
  }

  /** The folder's name, without {@code .git}. */
  public ProjectId project() {
    Path named = commonDirectory.endsWith(".git") ? commonDirectory.getParent() : commonDirectory;
    Path last = named == null ? null : named.getFileName();
    String name = last == null ? "" : last.toString();
    String plain = name.endsWith(".git") ? name.substring(0, name.length() - 4) : name;
    return new ProjectId(plain.isBlank() ? "repository" : plain);
  }

  /** A branch that changes can land on: a local one. */
  public Lookup<Branch> target(String name) {
    return new BranchNames(git).target(name);
  }

  /** A branch that can be proposed: a local one, or one as it was last fetched from a remote. */
  public Lookup<Branch> change(String name) {
    return new BranchNames(git).change(name);
  }

  /** The short name of the branch that HEAD names, born or not; empty if HEAD is detached. */
  public Optional<String> currentBranch() {
    Git here = topLevel == null ? git : Git.in(topLevel);
    Finished said = here.run("symbolic-ref", "--quiet", "HEAD");
    return said.succeeded() && said.text().startsWith(Branch.LOCAL)
        ? Optional.of(said.text().substring(Branch.LOCAL.length()))
        : Optional.empty();
  }

  /** Where the branch points now; empty if it does not exist. */
  Optional<Content> tip(String ref) {
    Finished said = git.mustFeed(ref + "\n", "cat-file", "--batch-check=%(objectname)");
    String answer = said.text();
    return answer.endsWith(" missing") ? Optional.empty() : Optional.of(new Content(answer));
  }

  /**
   * Where a local branch points now.
   *
   * @throws EnvironmentException if there is no such branch any more
   */
  Content requireTip(String branch) {
    return tip(Branch.LOCAL + branch)
        .orElseThrow(() ->
            new EnvironmentException(
                "the branch " + branch + " has been deleted: make it again to go on"));
  }

  /**
   * Where local branches point now, by their short names; names that are no branch are left out.
   */
  public Map<String, Content> tips(Collection<String> names) {
    StringBuilder asked = new StringBuilder();
    names.forEach(
        name -> asked.append(Branch.LOCAL).append(name).append(' ').append(name).append('\n'));
    Map<String, Content> tips = new LinkedHashMap<>();
    for (String line :
        git.mustFeed(asked.toString(), "cat-file", "--batch-check=%(objectname) %(rest)").lines()) {
      int space = line.indexOf(' ');
      if (!line.endsWith(" missing") && space > 0) {
        tips.put(line.substring(space + 1), new Content(line.substring(0, space)));
      }
    }
    return tips;
  }

  /** Whether the commit is there. */
  boolean has(Content commit) {
    return git.run("cat-file", "-e", commit + "^{commit}").succeeded();
  }

  /** The id of the commit's tree. */
  public String tree(Content commit) {
    return ObjectBatch.read(git, List.of(commit.value())).commit(0).tree();
  }

  /** Makes a local branch that points to the commit, if there is none of that name. */
  public Lookup<Branch> createBranch(String name, Content at) {
    String ref = Branch.LOCAL + name;
    if (!git.run("check-ref-format", ref).succeeded()) {
      return new Lookup.Problem<>(name + " cannot be the name of a branch");
    }
    if (tips(List.of(name)).containsKey(name)) {
      return new Lookup.Problem<>(
          "the branch " + name + " exists already: git branch -D " + name + " removes it");
    }
    git.must("update-ref", "-m", "headgate: replay", ref, at.value(), "");
    return new Lookup.Found<>(new Branch(name, ref, at));
  }

  /** Whether the commit holds a file or folder of that path. */
  public boolean holds(Content commit, String path) {
    return git.run("cat-file", "-e", commit + ":" + path).succeeded();
  }

  /** Whether the first commit is the second or one of its ancestors. */
  public boolean isAncestor(Content ancestor, Content of) {
    String[] command = {"merge-base", "--is-ancestor", ancestor.value(), of.value()};
    Finished said = git.run(command);
    if (said.exit() > 1) {
      throw git.failure(said, command);
    }
    return said.succeeded();
  }

  /** All working trees that exist. */
  public List<Worktree> worktrees() {
    List<Worktree> listed = Worktree.list(git);
    if (topLevel == null || linked || listed.isEmpty()) {
      return listed;
    }
    // Git names the main working tree wrongly if its .git is a file that points elsewhere.
    Worktree main = new Worktree(topLevel, listed.getFirst().ref());
    return Stream.concat(Stream.of(main), listed.stream().skip(1)).toList();
  }

  /** How each branch stands to the target, and what its commits say it depends on. */
  public List<Proposal> proposals(Branch target, List<Branch> branches) {
    OpenCommits open = new OpenCommits(git, target.tip(), branches);
    return branches.stream().map(branch -> proposal(target, branch, branches, open)).toList();
  }

  private Proposal proposal(Branch target, Branch branch, List<Branch> all, OpenCommits open) {
    if (!open.contains(branch.tip())) {
      return new Proposal(
          branch, subject(branch.tip()), Proposal.Standing.MERGED, List.of(), List.of());
    }
    Set<String> commits = open.of(branch);
    List<Branch> contained =
        all.stream()
            .filter(other -> !other.tip().equals(branch.tip()))
            .filter(other -> commits.contains(other.tip().value()))
            .toList();
    Proposal.Standing standing =
        git.run("merge-base", target.tip().value(), branch.tip().value()).exit() == 1
            ? Proposal.Standing.UNRELATED
            : Proposal.Standing.OPEN;
    return new Proposal(
        branch, open.subject(branch.tip()), standing, contained, open.footers(commits));
  }

  /** The first line of the commit's message; may be empty. */
  public String subject(Content commit) {
    return ObjectBatch.read(git, List.of(commit.value())).commit(0).subject();
  }

  /** The commit that an expression names: a full or short id, a branch, a tag, {@code HEAD~3}. */
  public Lookup<Content> commit(String expression) {
    Git here = topLevel == null ? git : Git.in(topLevel);
    Finished said =
        here.run("rev-parse", "--verify", "--quiet", "--end-of-options", expression + "^{commit}");
    return said.succeeded()
        ? new Lookup.Found<>(new Content(said.text()))
        : new Lookup.Problem<>("there is no commit " + expression + " in this repository");
  }

  /** A file as the commit has it, links within the commit followed; empty if it has none. */
  public Optional<byte[]> file(Content commit, String path) {
    return ObjectBatch.read(git, List.of(commit + ":" + path)).file(0);
  }

  /** The paths that differ between two commits, sorted; a renamed file counts by both names. */
  public List<String> changedFiles(Content from, Content to) {
    return ObjectStore.changedFiles(git, from.value(), to.value());
  }

  /** A remote that can be pushed to: one that is set up here, or an address. */
  public Lookup<String> remote(String name) {
    if (git.run("remote", "get-url", "--", name).succeeded()
        || name.contains("/")
        || name.contains(":")) {
      return new Lookup.Found<>(name);
    }
    List<String> known = git.must("remote").lines();
    return new Lookup.Problem<>(
        "there is no remote "
            + name
            + (known.isEmpty()
                ? ": git remote add sets one up"
                : ": there is " + String.join(", ", known)));
  }

  /**
   * The working trees that follow the branch, if none has changes that are not committed. To be
   * asked after {@link GitBranches#open}, which finishes what a killed landing left half-done.
   */
  public Lookup<List<Worktree>> readyToLand(Branch target) {
    List<Worktree> following =
        worktrees().stream().filter(tree -> tree.ref().equals(target.ref())).toList();
    for (Worktree tree : following) {
      if (tree.isInTheMiddle()) {
        return new Lookup.Problem<>(
            target.name()
                + " is checked out in "
                + tree.folder()
                + ", where a merge, cherry-pick or revert is not finished: finish it, or use"
                + " --no-checkout to move only the branch");
      }
      List<String> changed = tree.uncommitted();
      if (!changed.isEmpty()) {
        int more = changed.size() - MAX_NAMED;
        return new Lookup.Problem<>(
            target.name()
                + " is checked out in "
                + tree.folder()
                + ", which has changes that are not committed: "
                + String.join(", ", changed.subList(0, Math.min(changed.size(), MAX_NAMED)))
                + (more > 0 ? " and " + more + " more" : "")
                + ". Commit or stash them, or use --no-checkout to move only the branch");
      }
    }
    return new Lookup.Found<>(following);
  }
}
