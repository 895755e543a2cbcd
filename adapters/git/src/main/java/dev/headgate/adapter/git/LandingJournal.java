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
import java.util.Optional;

/**
 * The landing that is being made, written down before anything of it is done and removed after all
 * of it is.
 */
final class LandingJournal {
  private static final String FORMAT = "headgate landing 1";

  /**
   * One landing.
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

  void write(Entry entry) {
    List<String> lines = new ArrayList<>();
    lines.add(FORMAT);
    lines.add(entry.ref);
    lines.add(entry.from.value());
    lines.add(entry.to.value());
    entry.worktrees.forEach(
        folder -> lines.add(URLEncoder.encode(folder.toString(), StandardCharsets.UTF_8)));
    try {
      Files.createDirectories(file.resolveSibling("."));
      SafeFiles.replace(file, String.join("\n", lines) + "\n");
    } catch (IOException e) {
      throw SafeFiles.unwritable(file, e);
    }
  }

  Optional<Entry> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(file);
      if (lines.size() < 4 || !lines.getFirst().equals(FORMAT)) {
        throw new EnvironmentException(
            file
                + " is not in a form that this version knows: finish with the version that wrote"
                + " it, or compare the working tree with the branch and remove the file");
      }
      List<Path> worktrees =
          lines.stream()
              .skip(4)
              .map(line -> Path.of(URLDecoder.decode(line, StandardCharsets.UTF_8)))
              .toList();
      return Optional.of(
          new Entry(lines.get(1), new Content(lines.get(2)), new Content(lines.get(3)), worktrees));
    } catch (IOException e) {
      throw new EnvironmentException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw SafeFiles.unwritable(file, e);
    }
  }
}
