package dev.headgate.adapter.git;

import dev.headgate.model.Content;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The commits that a branch itself went through, from one to another. */
final class HistoryStretch {
  /** Years of a busy project; a longer stretch is a slip of the keyboard. */
  private static final int MAX_COMMITS = 5000;

  private static final int SHORT_ID_LENGTH = 10;

  private final Content base;
  private final List<Content> steps;
  private final Map<Content, CommitText> commits = new HashMap<>();

  private HistoryStretch(ObjectStore objects, Content base, List<Content> steps) {
    this.base = base;
    this.steps = List.copyOf(steps);
    List<Content> all = new ArrayList<>(steps);
    all.addFirst(base);
    ObjectBatch read = objects.read(all.stream().map(Content::value).toArray(String[]::new));
    for (int i = 0; i < all.size(); i++) {
      commits.put(all.get(i), read.commit(i));
    }
  }

  /** Reads {@code FROM..TO}, where an empty end stands for HEAD. */
  static Lookup<HistoryStretch> read(Repository repository, ObjectStore objects, String range) {
    int dots = range.indexOf("..");
    if (dots < 0 || range.startsWith("...", dots)) {
      return new Lookup.Problem<>(
          "a range to replay is written FROM..TO, as v1..v2 or HEAD~40..HEAD, not " + range);
    }
    return end(repository, range.substring(0, dots))
        .then(
            from -> end(repository, range.substring(dots + 2)).then(to -> read(objects, from, to)));
  }

  private static Lookup<Content> end(Repository repository, String name) {
    return repository.commit(name.isBlank() ? "HEAD" : name.strip());
  }

  private static Lookup<HistoryStretch> read(ObjectStore objects, Content from, Content to) {
    List<Content> steps = new ArrayList<>();
    String[] command = {
      "rev-list", "--first-parent", "--reverse", "--end-of-options", from + ".." + to,
    };
    objects.git().must(command).lines().forEach(line -> steps.add(new Content(line)));
    if (steps.isEmpty()) {
      return new Lookup.Problem<>(
          "there is no commit to replay: "
              + from.value().substring(0, SHORT_ID_LENGTH)
              + " holds "
              + to.value().substring(0, SHORT_ID_LENGTH)
              + " already");
    }
    if (steps.size() > MAX_COMMITS) {
      return new Lookup.Problem<>(
          "the range has "
              + steps.size()
              + " commits; at most "
              + MAX_COMMITS
              + " are replayed at once");
    }
    CommitText first = objects.read(steps.getFirst().value()).commit(0);
    Content base =
        first.parents().isEmpty() ? steps.removeFirst() : new Content(first.parents().getFirst());
    return new Lookup.Found<>(new HistoryStretch(objects, base, steps));
  }

  /** The commit before the first step. */
  Content base() {
    return base;
  }

  /** The commits, oldest first; each has the one before it as its first parent. */
  List<Content> steps() {
    return steps;
  }

  /** The text of the base or of one of the steps. */
  CommitText commit(Content content) {
    return Objects.requireNonNull(commits.get(content));
  }
}
