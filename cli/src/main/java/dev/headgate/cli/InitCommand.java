package dev.headgate.cli;

import dev.headgate.config.Detected;
import dev.headgate.config.Detection;
import dev.headgate.config.RepositoryConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code headgate init}: writes a first configuration. */
@Command(
    name = "init",
    description = "Writes a first .headgate.yaml for the build tool it finds.",
    sortOptions = false)
final class InitCommand implements Callable<ExitCode> {
  /** More of a build file than detection looks at. */
  private static final int MOST_BYTES = 1 << 20;

  private final Invocation invocation;

  @Option(names = "--print", description = "Print it and write nothing.")
  boolean print;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  InitCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() {
    Path root = root();
    Path file = root.resolve(RepositoryConfig.FILE_NAME);
    if (!print && Files.exists(file)) {
      throw CommandFailure.usage(
          file + " exists already", "edit it, or see `headgate init --print` for a proposal");
    }
    return switch (Detection.detect(names(root), name -> text(root.resolve(name)))) {
      case Detected.Nothing nothing -> throw CommandFailure.usage(nothing.message(), "");
      case Detected.Found found -> {
        if (print) {
          invocation.console().out().print(found.yaml());
        } else {
          write(file, found.yaml());
          invocation
              .console()
              .out()
              .println(
                  "wrote "
                      + file
                      + " for "
                      + String.join(", ", found.tools())
                      + "\nlook it over, commit it, then: headgate gate BRANCH...");
        }
        yield ExitCode.SUCCESS;
      }
    };
  }

  /** The repository's top folder, or where we stand outside of one. */
  private Path root() {
    for (Path folder = invocation.directory(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(".git"))) {
        return folder;
      }
    }
    return invocation.directory();
  }

  private static Set<String> names(Path root) {
    try (Stream<Path> files = Files.list(root)) {
      Set<String> names = new TreeSet<>();
      files.forEach(file -> names.add(file.getFileName() + (Files.isDirectory(file) ? "/" : "")));
      return names;
    } catch (IOException e) {
      throw CommandFailure.environment("cannot list " + root + ": " + e.getMessage(), "", e);
    }
  }

  private static Optional<String> text(Path file) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
        return Optional.empty();
      }
      return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (IOException e) {
      // What cannot be read is no clue; the proposal says what it rests on.
      return Optional.empty();
    }
  }

  private static void write(Path file, String yaml) {
    try {
      Files.writeString(file, yaml, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw CommandFailure.usage(file + " has just come into being", "look at it");
    } catch (IOException e) {
      throw CommandFailure.environment("cannot write " + file + ": " + e.getMessage(), "", e);
    }
  }
}
