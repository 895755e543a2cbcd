package dev.headgate.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Where segments lie: {@code open/SESSION/N.run} while they are written, then {@code AB/ABCD….run}
 * under their digest. A session is one process that records; it holds the lock of its folder, so
 * that whoever comes later can tell the living from the dead.
 */
final class RunFolder {
  private static final String SUFFIX = ".run";

  /** A session that loses its new folder to somebody who clears up just takes another name. */
  private static final int SESSION_TRIES = 3;

  /** A session that is ours. */
  record Session(Path folder, SiteLock.Acquired lock) {}

  private final Path runs;

  RunFolder(Path runs) {
    this.runs = runs;
  }

  Path path() {
    return runs;
  }

  /** The place of a file as the tables name it. */
  String relative(Path file) {
    return runs.relativize(file).toString().replace('\\', '/');
  }

  Path resolve(String relative) {
    return runs.resolve(relative);
  }

  Path sealed(String digest) {
    return runs.resolve(digest.substring(0, 2)).resolve(digest + SUFFIX);
  }

  static String digestOf(Path sealed) {
    String name = String.valueOf(sealed.getFileName());
    return name.substring(0, name.length() - SUFFIX.length());
  }

  Session beginSession() throws IOException {
    for (int attempt = 0; attempt < SESSION_TRIES; attempt++) {
      String name =
          ProcessHandle.current().pid()
              + "-"
              + Long.toString(System.nanoTime(), Character.MAX_RADIX);
      Path folder = runs.resolve("open").resolve(name);
      if (SiteLock.acquire(folder, "records runs") instanceof SiteLock.Acquired lock) {
        if (Files.exists(folder.resolve("lock"))) {
          return new Session(folder, lock);
        }
        lock.close();
      }
    }
    throw new IOException("no folder for a new session could be kept in " + runs);
  }

  /** A name for the next segment of a session. */
  static Path segment(Session session, int number) {
    return session.folder().resolve(number + SUFFIX);
  }

  /** Takes over the sessions whose process has died. */
  List<Session> deadSessions() throws IOException {
    List<Session> dead = new ArrayList<>();
    for (Path folder : list(runs.resolve("open"), "*")) {
      if (SiteLock.acquire(folder, "clears up runs") instanceof SiteLock.Acquired lock) {
        dead.add(new Session(folder, lock));
      }
    }
    return dead;
  }

  List<Path> segments(Session session) throws IOException {
    return list(session.folder(), "*" + SUFFIX);
  }

  /** The segments of all sessions, living or dead. */
  List<Path> openSegments() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path folder : list(runs.resolve("open"), "*")) {
      found.addAll(list(folder, "*" + SUFFIX));
    }
    return found;
  }

  List<Path> sealedSegments() throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path folder : list(runs, "[0-9a-f][0-9a-f]")) {
      found.addAll(list(folder, "*" + SUFFIX));
    }
    return found;
  }

  /** Gives a complete segment its name; doing it again, after a crash, does no harm. */
  void moveToDigest(Path segment, String digest) throws IOException {
    Path target = sealed(digest);
    Path folder = runs.resolve(digest.substring(0, 2));
    Files.createDirectories(folder);
    Files.move(segment, target, StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
    sync(runs);
  }

  /** Leaves a session; its folder goes unless something is left in it. */
  void endSession(Session session) throws IOException {
    try {
      if (segments(session).isEmpty() && list(session.folder(), "*.damaged").isEmpty()) {
        for (Path left : list(session.folder(), "lock*")) {
          Files.deleteIfExists(left);
        }
        Files.deleteIfExists(session.folder());
      }
    } finally {
      session.lock().close();
    }
  }

  /** A file's name is on disk only when its folder is. */
  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static List<Path> list(Path folder, String glob) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, glob)) {
      entries.forEach(found::add);
    }
    found.sort(null);
    return found;
  }
}
