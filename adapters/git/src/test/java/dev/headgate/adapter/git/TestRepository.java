package dev.headgate.adapter.git;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.PipelineName;
import dev.headgate.model.PreparationId;
import dev.headgate.model.ProjectId;
import dev.headgate.model.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real repository in a temporary folder, worked on as a person would. */
final class TestRepository {
  static final ProjectId PROJECT = new ProjectId("repo");

  final Path folder;
  private long clock = 1_700_000_000;

  private TestRepository(Path folder) {
    this.folder = folder;
  }

  static TestRepository at(Path folder) {
    return new TestRepository(folder);
  }

  /** A repository with one commit on main that holds the file {@code base}. */
  static TestRepository create(Path folder, String... initOptions) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TestRepository repository = new TestRepository(folder);
    List<String> init = new ArrayList<>(List.of("init", "-q", "-b", "main"));
    init.addAll(List.of(initOptions));
    repository.git(init.toArray(new String[0]));
    repository.git("config", "user.name", "Ada Ä. Lovelace");
    repository.git("config", "user.email", "ada@example.org");
    repository.write("base", "base\n");
    repository.commit("Begin");
    return repository;
  }

  /** Runs git with a time of its own, one second later for each command, and gives its output. */
  String git(String... arguments) {
    clock++;
    Finished said =
        Git.in(folder)
            .env("GIT_AUTHOR_DATE", clock + " +0100")
            .env("GIT_COMMITTER_DATE", clock + " +0200")
            .run(arguments);
    if (!said.succeeded()) {
      throw new AssertionError("git " + String.join(" ", arguments) + ": " + said.error());
    }
    return said.text();
  }

  TestRepository write(String file, String text) {
    try {
      Path path = folder.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Commits everything and gives the commit. */
  Content commit(String message) {
    git("add", "-A");
    git("commit", "-q", "--allow-empty", "-m", message);
    return tip("HEAD");
  }

  /** Commits one file on a new branch that starts at another one, and goes back to main. */
  Content branch(String name, String from, String file, String text) {
    git("checkout", "-q", "-b", name, from);
    write(file, text);
    Content made = commit("Change " + file + " in " + name);
    git("checkout", "-q", "main");
    return made;
  }

  Content tip(String name) {
    return new Content(git("rev-parse", name));
  }

  String tree(Content content) {
    return git("rev-parse", content.value() + "^{tree}");
  }

  Repository open() {
    return Repository.open(folder)
        .or(reason -> {
          throw new AssertionError(reason);
        });
  }

  static BranchRef main() {
    return new BranchRef(PROJECT, "main");
  }

  static Change change(String name, Content revision) {
    return new Change(new ChangeId(name), main(), new Revision(revision.value()), List.of(), "");
  }

  /** A site of this repository alone. */
  Projects projects() {
    return Projects.of(Map.of(PROJECT, open()));
  }

  static Effect.Prepare prepare(Change change, Content base) {
    return new Effect.Prepare(
        new PreparationId(1),
        new ItemId(1),
        PipelineName.GATE,
        List.of(change),
        List.of(),
        Map.of(change.target(), base),
        List.of());
  }

  static Effect.Land land(ItemId item, String change, Content from, Content to) {
    return new Effect.Land(
        item,
        PipelineName.GATE,
        List.of(change(change, to)),
        List.of(new Effect.Move(main(), from, to)));
  }

  static Event landed(ItemId item, Content tip) {
    return new Event.Landed(item, Map.of(main(), tip));
  }
}
