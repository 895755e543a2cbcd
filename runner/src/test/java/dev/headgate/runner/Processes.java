package dev.headgate.runner;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks for processes by their arguments; a test's jobs carry a number that nothing else does. */
final class Processes {
  private Processes() {}

  /** The ids of the processes that run and of whose arguments one equals the word. */
  static List<Long> withArgument(String word) {
    try (Stream<Path> all = Files.list(Path.of("/proc"))) {
      return all.filter(path -> path.getFileName().toString().matches("[0-9]+"))
          .filter(path -> arguments(path).contains(word))
          .map(path -> Long.valueOf(path.getFileName().toString()))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether such processes run. */
  static boolean run(String word) {
    return !withArgument(word).isEmpty();
  }

  private static List<String> arguments(Path process) {
    try {
      String line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
      return List.of(line.split("\0"));
    } catch (IOException e) {
      // It has ended meanwhile.
      return List.of();
    }
  }
}
