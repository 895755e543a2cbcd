package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import dev.headgate.model.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A working tree of exactly what a build tested, for a person to look into. */
public final class Reproduction {
  private Reproduction() {}

  /**
   * Makes the working tree, with the same bytes as a slot had; it is the person's from then on, who
   * removes it by {@code git worktree remove}.
   *
   * @param folder does not exist yet, or is empty
   * @return the folder
   * @throws EnvironmentException if the folder cannot be written
   */
  public static Lookup<Path> create(Repository repository, Content content, Path folder) {
    Path place = folder.toAbsolutePath().normalize();
    if (isInUse(place)) {
      return new Lookup.Problem<>(place + " exists already: name a new folder");
    }
    if (!repository.has(content)) {
      return new Lookup.Problem<>(
          "the commit "
              + content
              + " is not in the repository any more: it was not landed, and git"
              + " has pruned it since");
    }
    Slot slot = Slot.add(repository, place, content);
    slot.checkout(content, List.of());
    slot.forget();
    return new Lookup.Found<>(place);
  }

  private static boolean isInUse(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isPresent();
    } catch (IOException e) {
      throw SafeFiles.unwritable(folder, e);
    }
  }
}
