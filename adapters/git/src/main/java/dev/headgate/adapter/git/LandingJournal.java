package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.model.Content;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The landing that is being made, written down before anything of it is done and removed after all
 * of it is.
 */
final class LandingJournal {
  private static final String FORMAT = "headgate landing 2";
  private static final String MOVE = "move ";
  private static final String FOLLOW = "follow ";

  /**
   * One branch of a landing.
   *
   * @param ref the full name of the branch
   * @param worktrees the folders of the working trees that are to follow
   */
  record Entry(String ref, Content from, Content to, List<Path> worktrees) {
    Entry {
      worktrees = List.copyOf(worktrees);
    }
  }

  private final Path file;

  LandingJournal(Repository repository) {
    this.file = repository.ownDirectory().resolve("checkout").resolve("landing");
  }

  Path file() {
    return file;
  }

  void write(List<Entry> entries) {
    List<String> lines = new ArrayList<>();
    lines.add(FORMAT);
    for (Entry entry : entries) {
      lines.add(MOVE + entry.ref + " " + entry.from + " " + entry.to);
      entry.worktrees.forEach(folder ->
          lines.add(FOLLOW + URLEncoder.encode(folder.toString(), StandardCharsets.UTF_8)));
    }
    try {
      Files.createDirectories(file.resolveSibling("."));
      SafeFiles.replace(file, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw SafeFiles.unwritable(file, e);
    }
  }

  /** What was begun; empty if nothing was. */
  List<Entry> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() < 2 || !lines.getFirst().equals(FORMAT)) {
        throw new EnvironmentException(
            file
                + " is not in a form that this version knows: finish with the version that wrote"
                + " it, or compare the working tree with the branch and remove the file");
      }
      return entries(lines.subList(1, lines.size()));
    } catch (IOException e) {
      throw new EnvironmentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static List<Entry> entries(List<String> lines) {
    List<Entry> entries = new ArrayList<>();
    int at = 0;
    while (at < lines.size()) {
      String[] words = lines.get(at).substring(MOVE.length()).split(" ", -1);
      at++;
      List<Path> worktrees = new ArrayList<>();
      while (at < lines.size() && lines.get(at).startsWith(FOLLOW)) {
        String folder = lines.get(at).substring(FOLLOW.length());
        worktrees.add(Path.of(URLDecoder.decode(folder, StandardCharsets.UTF_8)));
        at++;
      }
      entries.add(new Entry(words[0], new Content(words[1]), new Content(words[2]), worktrees));
    }
    return entries;
  }

  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw SafeFiles.unwritable(file, e);
    }
  }
}
