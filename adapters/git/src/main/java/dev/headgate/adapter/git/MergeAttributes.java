package dev.headgate.adapter.git;

import dev.headgate.model.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The attributes by which a merge onto a base is made: those that the base itself holds, as {@code
 * CHANGES merge=union}.
 *
 * <p>Git reads attributes from a working tree; so each set of attribute files gets a folder with
 * nothing else in it, that git is told is the working tree. What is checked out anywhere has no
 * say. Used by one thread.
 */
final class MergeAttributes {
  private static final String FILE = ".gitattributes";

  /** Enough for the contents of the longest queue; asking git again costs some milliseconds. */
  private static final int MAX_REMEMBERED = 10_000;

  /** An attribute file: where it is and which blob it holds. */
  private record Attributes(String path, String blob) {}

  private final Git git;
  private final Path folder;
  private final Map<Content, Optional<Path>> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Content, Optional<Path>> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  MergeAttributes(ObjectStore objects) {
    this.git = objects.git();
    this.folder = git.folder().resolve("attributes");
  }

  /** The folder with the base's attributes; empty if it has none. */
  Optional<Path> of(Content base) {
    Optional<Path> found = known.get(base);
    if (found == null) {
      found = write(list(base));
      known.put(base, found);
    }
    return found;
  }

  /** Tells that a content differs from its base in the given files only, to spare a listing. */
  void made(Content content, Content base, List<String> changedFiles) {
    Optional<Path> before = known.get(base);
    if (before != null && changedFiles.stream().noneMatch(MergeAttributes::isAttributes)) {
      known.put(content, before);
    }
  }

  private static boolean isAttributes(String path) {
    return path.equals(FILE) || path.endsWith("/" + FILE);
  }

  private List<Attributes> list(Content base) {
    List<Attributes> found = new ArrayList<>();
    for (String line : git.must("ls-tree", "-r", "-z", "--full-tree", base.value()).fields()) {
      // "mode type id<tab>path"; a link is no attribute file to git either.
      int tab = line.indexOf('\t');
      String path = line.substring(tab + 1);
      if (isAttributes(path) && line.startsWith("100")) {
        found.add(new Attributes(path, line.substring(line.lastIndexOf(' ', tab) + 1, tab)));
      }
    }
    return found;
  }

  private Optional<Path> write(List<Attributes> files) {
    if (files.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder key = new StringBuilder();
    files.forEach(file -> key.append(file.blob).append(' ').append(file.path).append('\0'));
    // Any name that differs where the set differs will do; git's own hash is at hand.
    Path place = folder.resolve(git.mustFeed(key.toString(), "hash-object", "--stdin").text());
    ObjectBatch read = ObjectBatch.read(git, files.stream().map(Attributes::blob).toList());
    try {
      for (int i = 0; i < files.size(); i++) {
        Path file = place.resolve(SafeFiles.path(files.get(i).path));
        Files.createDirectories(file.resolveSibling("."));
        SafeFiles.replace(
            file, new String(read.file(i).orElse(new byte[0]), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw SafeFiles.unwritable(place, e);
    }
    return Optional.of(place);
  }
}
