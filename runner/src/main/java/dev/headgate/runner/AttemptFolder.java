package dev.headgate.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder of one attempt while it runs: its record and the named pipes of its output. Whoever
 * finds that nothing of the attempt runs any more removes it: we, its supervisor, or {@link
 * Leftovers}.
 *
 * @param path absolute
 */
record AttemptFolder(Path path) {
  private static final String ATTEMPTS = "attempts";
  private static final String RECORD = "record";

  /** Makes the folder of a new attempt. */
  static AttemptFolder create(Path stateFolder, Mark mark) throws IOException {
    Path path = stateFolder.resolve(ATTEMPTS).resolve(mark.own());
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw cannotNote(path, e);
    }
    return new AttemptFolder(path);
  }

  /** The folders of all attempts that run or were not cleaned up after. */
  static List<AttemptFolder> all(Path stateFolder) throws IOException {
    try (Stream<Path> paths = Files.list(stateFolder.resolve(ATTEMPTS))) {
      return paths.sorted().map(AttemptFolder::new).toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    }
  }

  /** The named pipe that carries what the job writes to its standard output. */
  Path stdout() {
    return path.resolve("stdout");
  }

  /** The named pipe that carries what the job writes to its standard error. */
  Path stderr() {
    return path.resolve("stderr");
  }

  /** Keeps the record; a crash of the machine may lose it, for it ends the processes too. */
  void write(AttemptRecord attempt) throws IOException {
    try {
      Files.writeString(path.resolve(RECORD), attempt.text(), UTF_8);
    } catch (IOException e) {
      throw cannotNote(path, e);
    }
  }

  /** Says what failed: a file system's exception may name only a file, or only a reason. */
  private static IOException cannotNote(Path path, IOException cause) {
    return new IOException("the attempt cannot be noted in " + path + ": " + cause, cause);
  }

  /** The record, if it was written to its end. */
  Optional<AttemptRecord> read() throws IOException {
    try {
      return AttemptRecord.parse(Files.readString(path.resolve(RECORD), UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Removes the folder; that somebody else has done so or does so now is no failure. */
  void remove() throws IOException {
    Files.deleteIfExists(path.resolve(RECORD));
    Files.deleteIfExists(stdout());
    Files.deleteIfExists(stderr());
    Files.deleteIfExists(path);
  }
}
