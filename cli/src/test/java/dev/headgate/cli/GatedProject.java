package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A real repository in a temporary folder and the command called in it, within this process or as
 * one of its own. Branches are made without touching the working tree.
 */
final class GatedProject {
  static final String CONFIG = ".headgate.yaml";

  /** Where a test passes if nobody broke it: a change breaks it by a file {@code bad}. */
  static final String CHECK = "jobs:\n  test: '! [ -e bad ]'\n";

  private final Path folder;
  private final Path home;
  private long clock = 1_700_000_000;

  private GatedProject(Path folder, Path home) {
    this.folder = folder;
    this.home = home;
  }

  /** A repository with one commit on main, checked out, that holds the configuration. */
  static GatedProject create(Path parent, String config) {
    return create(parent, "project", config, "init", "--quiet", "--initial-branch=main", "project");
  }

  /** The same in a folder of that name. */
  static GatedProject create(Path parent, String name, String config) {
    return create(parent, name, config, "init", "--quiet", "--initial-branch=main", name);
  }

  /** The same without a working tree. */
  static GatedProject createBare(Path parent, String config) {
    return create(
        parent, "project", config, "init", "--quiet", "--bare", "--initial-branch=main", "project");
  }

  private static GatedProject create(Path parent, String name, String config, String... init) {
    try {
      Path home = Files.createDirectories(parent.resolve("home"));
      GatedProject outside = new GatedProject(parent, home);
      outside.git(init);
      GatedProject project = new GatedProject(parent.resolve(name), home);
      project.commit("main", "", "Begin", Map.of(CONFIG, config, "base", "one\ntwo\nthree\n"));
      if (!project.isBare()) {
        project.git("reset", "--quiet", "--hard");
      }
      return project;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean isBare() {
    return !Files.exists(folder.resolve(".git"));
  }

  /** The same repository, seen from another folder. */
  GatedProject in(Path other) {
    return new GatedProject(other, home);
  }

  Path folder() {
    return folder;
  }

  /** Headgate's own folder of it. */
  Path own() {
    return (isBare() ? folder : folder.resolve(".git")).resolve("headgate");
  }

  /** A branch of one commit on main that writes one file, whose name is the commit's subject. */
  GatedProject branch(String name, String file, String text) {
    return branch(name, "main", Map.of(file, text), "Change " + file);
  }

  GatedProject branch(String name, String from, Map<String, String> files, String message) {
    commit(name, from, message, files);
    return this;
  }

  /** A branch whose commit makes the file {@code bad}, which {@link #CHECK} does not pass. */
  GatedProject badBranch(String name) {
    return branch(name, "bad", name);
  }

  /** A commit on the branch, on top of {@code from}; a text that is null removes the file. */
  String commit(String branch, String from, String message, Map<String, String> files) {
    StringBuilder stream = new StringBuilder();
    stream.append("commit refs/heads/").append(branch).append('\n');
    stream.append("committer Ada Lock <ada@canal.example> ").append(clock++).append(" +0000\n");
    data(stream, message);
    if (!from.isEmpty()) {
      stream.append("from refs/heads/").append(from).append("^0\n");
    }
    new TreeMap<>(files)
        .forEach((path, text) -> {
          stream.append("M 100644 inline ").append(path).append('\n');
          data(stream, text);
        });
    feed(stream.toString(), "fast-import", "--quiet", "--force");
    return tip(branch);
  }

  private static void data(StringBuilder stream, String text) {
    stream.append("data ").append(text.getBytes(StandardCharsets.UTF_8).length).append('\n');
    stream.append(text).append('\n');
  }

  String tip(String branch) {
    return git("rev-parse", "refs/heads/" + branch);
  }

  /** The subjects of what main has, the oldest first, without those that came by merges. */
  List<String> history(String branch) {
    return git("log", "--first-parent", "--reverse", "--format=%s", branch).lines().toList();
  }

  String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void write(String file, String text) {
    try {
      Files.writeString(folder.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String git(String... arguments) {
    return feed("", arguments);
  }

  private String feed(String input, String... arguments) {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
    builder
        .environment()
        .putAll(
            Map.of(
                "HOME", home.toString(),
                "GIT_CONFIG_NOSYSTEM", "1",
                "GIT_CONFIG_GLOBAL", "/dev/null",
                "GIT_AUTHOR_NAME", "Ada Lock",
                "GIT_AUTHOR_EMAIL", "ada@canal.example",
                "GIT_COMMITTER_NAME", "Ada Lock",
                "GIT_COMMITTER_EMAIL", "ada@canal.example"));
    try {
      Process git = builder.start();
      try (OutputStream to = git.getOutputStream()) {
        to.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      assertThat(git.waitFor()).as("git %s: %s", List.of(arguments), said).isZero();
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What one call of the command said. */
  record Called(ExitCode exit, String out, String err) {
    /** The events of {@code --json}, each line of which must be one. */
    List<Map<String, Object>> events() {
      return out.lines().map(JsonText::parse).toList();
    }

    /** The events of one kind, of one change if it is not empty. */
    List<Map<String, Object>> events(String kind, String change) {
      return events().stream()
          .filter(event -> kind.equals(event.get("event")))
          .filter(event -> change.isEmpty() || change.equals(event.get("change")))
          .toList();
    }

    /** The one event that says how the change ended. */
    Map<String, Object> end(String change) {
      List<Map<String, Object>> ends = new ArrayList<>();
      for (String kind : List.of("landed", "passed", "rejected", "withdrawn")) {
        ends.addAll(events(kind, change));
      }
      assertThat(ends).as("ends of %s in %s", change, out).hasSize(1);
      return ends.getFirst();
    }

    /** How the change ended and why, as {@code rejected: it conflicts}. */
    String outcome(String change) {
      Map<String, Object> end = end(change);
      return end.get("event") + ": " + end.get("reason");
    }
  }

  /** Gates within this process, onto main, with two workers. */
  Called gate(String... arguments) {
    List<String> all = new ArrayList<>(List.of("gate", "--json", "--workers", "2"));
    all.addAll(List.of(arguments));
    return call(all.toArray(String[]::new));
  }

  /** Calls the command within this process, as from a pipe. */
  Called call(String... arguments) {
    return call(new Interruption(() -> {}), arguments);
  }

  Called call(Interruption interruption, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console = new Console(out, err, Terminal.none());
    Invocation invocation =
        new Invocation(InputStream.nullInputStream(), console, folder, environment(), interruption);
    ExitCode exit = new Main(Commands.ALL, invocation).run(arguments);
    return new Called(
        exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** What jobs and commands inherit: the search path and an empty home. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", System.getenv("PATH"));
    environment.put("HOME", home.toString());
    // The native libraries that other tests unpacked serve here too.
    environment.put("XDG_CACHE_HOME", Path.of("target", "cache").toAbsolutePath().toString());
    return environment;
  }

  /** Calls the command as a process of its own. */
  ChildCommand start(String... arguments) {
    return ChildCommand.start(folder, environment(), List.of(), arguments);
  }

  /** Runs the call on a thread of its own; {@link AsyncCall#end} waits for it. */
  AsyncCall callAside(String... arguments) {
    AtomicReference<Called> result = new AtomicReference<>();
    Thread thread = Thread.ofPlatform().start(() -> result.set(call(arguments)));
    return () -> {
      thread.join();
      return result.get();
    };
  }

  /** A call that is under way. */
  interface AsyncCall {
    Called end() throws InterruptedException;
  }
}
