package dev.headgate.runner;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lists the files of a workspace that match any of some patterns: only folders in which one can
 * match, never {@code .git}, and through no symbolic link, so that it ends and stays inside.
 *
 * <p>Listing, and not being told by the kernel: that knows nothing of network and overlay file
 * systems, needs a watch on every folder, and drops what comes too fast.
 */
final class ReportFinder {
  /** Ten times the test classes of the largest repositories. */
  static final int MOST_FILES = 100_000;

  private final Path workspace;
  private final List<ResultGlob> globs;

  ReportFinder(Path workspace, List<ResultGlob> globs) {
    this.workspace = workspace;
    this.globs = globs;
  }

  /**
   * What was found.
   *
   * @param files by their paths, relative and with forward slashes
   * @param complete false if there are more than {@link #MOST_FILES}
   * @param unreadable a folder that could not be listed, or an empty text
   */
  record Found(SortedMap<String, FileStamp> files, boolean complete, String unreadable) {}

  Found find() {
    Visitor visitor = new Visitor();
    try {
      Files.walkFileTree(workspace, visitor);
    } catch (IOException e) {
      visitor.unreadable = workspace.toString();
    }
    return new Found(visitor.files, visitor.complete, visitor.unreadable);
  }

  private String name(Path path) {
    return workspace.relativize(path).toString();
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final SortedMap<String, FileStamp> files = new TreeMap<>();
    private boolean complete = true;
    private String unreadable = "";

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String name = name(folder);
      boolean wanted =
          !folder.endsWith(".git") && globs.stream().anyMatch(glob -> glob.mayMatchBelow(name));
      return wanted ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        String name = name(file);
        if (globs.stream().anyMatch(glob -> glob.matches(name))) {
          complete = files.size() < MOST_FILES;
          if (complete) {
            files.put(name, FileStamp.of(attributes));
          }
        }
      }
      return complete ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    /** A job makes and removes folders while we look; what is gone is no failure. */
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) {
      if (Files.exists(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)) {
        unreadable = name(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(
        Path folder, @org.jspecify.annotations.Nullable IOException failure) {
      return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, failure);
    }
  }
}
