package dev.headgate.adapter.git;

import dev.headgate.model.Content;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Finds branches by the names that people type, or says what they may have meant. */
final class BranchNames {
  /** As many names as are read at a glance. */
  private static final int MAX_SUGGESTIONS = 3;

  private final Git git;
  private final Map<String, Content> refs = new LinkedHashMap<>();

  BranchNames(Git git) {
    this.git = git;
    List<String> lines =
        git.must(
                "for-each-ref",
                "--format=%(objectname) %(refname)",
                Branch.LOCAL,
                Branch.REMOTE,
                Branch.TAG)
            .lines();
    for (String line : lines) {
      int space = line.indexOf(' ');
      refs.put(line.substring(space + 1), new Content(line.substring(0, space)));
    }
  }

  Lookup<Branch> target(String name) {
    String ref = localRef(name);
    if (refs.containsKey(ref)) {
      return found(ref);
    }
    String remote = remoteRef(name);
    if (refs.containsKey(remote)) {
      String own = name.substring(name.indexOf('/') + 1);
      return problem(
          name
              + " is a remote's branch, and changes land on branches of this repository: name a"
              + " local one, or make one with git branch --track "
              + own
              + " "
              + name);
    }
    return noBranch(name);
  }

  Lookup<Branch> change(String name) {
    if (refs.containsKey(localRef(name))) {
      return found(localRef(name));
    }
    return refs.containsKey(remoteRef(name)) ? found(remoteRef(name)) : noBranch(name);
  }

  private static String localRef(String name) {
    if (name.startsWith(Branch.LOCAL)) {
      return name;
    }
    return name.startsWith("heads/") ? "refs/" + name : Branch.LOCAL + name;
  }

  private static String remoteRef(String name) {
    if (name.startsWith(Branch.REMOTE)) {
      return name;
    }
    return name.startsWith("remotes/") ? "refs/" + name : Branch.REMOTE + name;
  }

  private Lookup<Branch> found(String ref) {
    return new Lookup.Found<>(
        new Branch(shortName(ref), ref, Objects.requireNonNull(refs.get(ref))));
  }

  private static String shortName(String ref) {
    if (ref.startsWith(Branch.LOCAL)) {
      return ref.substring(Branch.LOCAL.length());
    }
    return ref.startsWith(Branch.REMOTE) ? ref.substring(Branch.REMOTE.length()) : ref;
  }

  private static Lookup<Branch> problem(String reason) {
    return new Lookup.Problem<>(reason);
  }

  private Lookup<Branch> noBranch(String name) {
    if (name.isBlank()) {
      return problem("a branch's name is empty");
    }
    String kind = kindOf(name);
    if (!kind.isEmpty()) {
      return problem(
          name
              + " is a "
              + kind
              + ", not a branch: make a branch of it with git branch NAME "
              + name);
    }
    if (refs.keySet().stream().noneMatch(ref -> ref.startsWith(Branch.LOCAL))) {
      return problem("there is no branch " + name + ": the repository has no commits yet");
    }
    List<String> near = nearest(name);
    return problem(
        "there is no branch "
            + name
            + (near.isEmpty()
                ? ": git branch lists what there is"
                : "; did you mean " + String.join(" or ", near) + "?"));
  }

  private String kindOf(String name) {
    if (refs.containsKey(Branch.TAG + name) || refs.containsKey(name)) {
      return "tag";
    }
    Finished commit =
        git.run("rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}");
    return commit.succeeded() ? "commit" : "";
  }

  private List<String> nearest(String name) {
    int near = Math.max(2, name.length() / 3);
    return refs.keySet().stream()
        .filter(ref -> !ref.startsWith(Branch.TAG) && !ref.endsWith("/HEAD"))
        .map(BranchNames::shortName)
        .filter(other -> distance(name, other) <= near)
        .sorted(Comparator.comparingInt(other -> distance(name, other)))
        .limit(MAX_SUGGESTIONS)
        .toList();
  }

  /** Edits from one name to the other; a missing or extra folder in front counts as one. */
  private static int distance(String a, String b) {
    String left = a.toLowerCase(Locale.ROOT);
    String right = b.toLowerCase(Locale.ROOT);
    if (left.endsWith("/" + right) || right.endsWith("/" + left)) {
      return 1;
    }
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length()];
  }
}
