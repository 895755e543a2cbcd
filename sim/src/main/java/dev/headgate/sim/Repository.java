package dev.headgate.sim;

import dev.headgate.config.Parsed;
import dev.headgate.config.RepositoryConfig;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Content;
import dev.headgate.model.JobGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The invented repository: contents, which are real functions of what is merged into them, and
 * branches. It is the truth that every claim of the gate is held against, and it survives crashes.
 */
final class Repository {
  private final Scenario scenario;
  private final Map<Content, Tree> trees = new HashMap<>();
  private final Map<BranchRef, List<Content>> tips = new LinkedHashMap<>();
  private final Map<String, Optional<JobGraph>> graphs = new HashMap<>();

  Repository(Scenario scenario) {
    this.scenario = scenario;
  }

  /** Makes a branch that points at a new content. */
  void create(BranchRef branch) {
    Tree root = Tree.root(branch.branch(), scenario.rootConfiguration());
    keep(root);
    tips.put(branch, new ArrayList<>(List.of(root.content())));
  }

  List<BranchRef> branches() {
    return List.copyOf(tips.keySet());
  }

  Tree tree(Content content) {
    Tree tree = trees.get(content);
    if (tree == null) {
      throw new NoSuchElementException("no content " + content);
    }
    return tree;
  }

  Tree tip(BranchRef branch) {
    return tree(tips(branch).getLast());
  }

  /** Everything the branch ever pointed to, oldest first. */
  List<Content> tips(BranchRef branch) {
    List<Content> all = tips.get(branch);
    if (all == null) {
      throw new NoSuchElementException("no branch " + branch);
    }
    return all;
  }

  void move(BranchRef branch, Content to) {
    tips(branch).add(tree(to).content());
  }

  /** Adds a commit from outside to a branch; returns the new tip. */
  Tree push(BranchRef branch, Piece piece) {
    Tree pushed = keep(tip(branch).with(List.of(piece)));
    move(branch, pushed.content());
    return pushed;
  }

  /**
   * A revision merged onto a base; the base itself if it holds the revision, null if they conflict.
   */
  @Nullable Tree merge(Content base, String revision) {
    Tree onto = tree(base);
    if (onto.holds(revision)) {
      return onto;
    }
    List<Piece> added = new ArrayList<>();
    for (String included : scenario.piece(revision).includes()) {
      if (!onto.holds(included)) {
        added.add(scenario.piece(included));
      }
    }
    added.add(scenario.piece(revision));
    for (Piece piece : added) {
      if (onto.pieces().stream().anyMatch(other -> scenario.conflict(piece, other))) {
        return null;
      }
    }
    Tree merged = onto.with(added);
    return trees.computeIfAbsent(merged.content(), content -> merged);
  }

  private Tree keep(Tree tree) {
    trees.put(tree.content(), tree);
    return tree;
  }

  /** The jobs that decide over a content; empty if its configuration is missing or broken. */
  Optional<JobGraph> jobs(Tree tree) {
    return graphs
        .computeIfAbsent(tree.configuration(), Repository::read)
        .map(graph -> graph.matching(tree.changedFiles()));
  }

  private static Optional<JobGraph> read(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    return switch (RepositoryConfig.parse(RepositoryConfig.FILE_NAME, text)) {
      case Parsed.Valid valid -> Optional.of(valid.config().graph("gate"));
      case Parsed.Invalid invalid -> Optional.empty();
    };
  }

  /** What an attempt of a job on a content comes to, if the machine is in order. */
  Truth truth(Tree tree, String job, int attempt) {
    boolean flaky = false;
    List<Piece> pieces = tree.pieces();
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i).breaks().contains(job)) {
        return Truth.BROKEN;
      }
      for (int j = 0; j < i; j++) {
        if (scenario.clash(pieces.get(j), pieces.get(i), job)) {
          return Truth.CLASHING;
        }
      }
      flaky |= pieces.get(i).flaky();
    }
    return flaky && scenario.flakes(tree.content().value(), job, attempt)
        ? Truth.FLAKY
        : Truth.GOOD;
  }

  /** What is true of a job on a content. */
  enum Truth {
    GOOD,
    /** One revision fails by itself. */
    BROKEN,
    /** Two fail together. */
    CLASHING,
    /** It fails in this attempt and may pass in another. */
    FLAKY
  }
}
