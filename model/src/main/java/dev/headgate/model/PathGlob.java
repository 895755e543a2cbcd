package dev.headgate.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Globs over repository paths: {@code *} and {@code ?} stay within one folder, {@code **} crosses
 * folders, {@code **}{@code /} also matches no folder at all, and a pattern that names a folder
 * ({@code docs/}) matches everything below it.
 *
 * <p>Matching takes time in proportion to the lengths of glob and path multiplied, whatever they
 * hold: globs come from changes that nobody has reviewed yet, and a backtracking matcher (a regular
 * expression, say) can be kept busy for hours by {@code **a**a**a**a**a**b}.
 */
public final class PathGlob {
  /** One of these, or the code point that must stand there. */
  private static final int ANY_CHARACTER = -1;

  private static final int ANY_NAME = -2;
  private static final int ANYTHING = -3;
  private static final int ANY_FOLDERS = -4;

  private PathGlob() {}

  /** Whether any of the paths, relative and with forward slashes, matches any of the globs. */
  public static boolean anyMatches(List<String> globs, List<String> paths) {
    return globs.stream().anyMatch(glob -> paths.stream().anyMatch(path -> matches(glob, path)));
  }

  /** Whether the path matches the glob. */
  public static boolean matches(String glob, String path) {
    int[] parts = parts(glob);
    return reached(parts, path)[parts.length];
  }

  /**
   * Whether a path below the folder can match the glob, so that it is worth looking there.
   *
   * @param folder relative, with forward slashes and none at its end; empty for the root
   */
  public static boolean mayMatchBelow(String glob, String folder) {
    int[] parts = parts(glob);
    boolean[] reached = reached(parts, folder.isEmpty() ? "" : folder + "/");
    for (int i = 0; i < parts.length; i++) {
      if (reached[i]) {
        return true;
      }
    }
    return false;
  }

  /** Before which parts a match can stand, or inside which, when the text has been read. */
  private static boolean[] reached(int[] parts, String text) {
    // before[i]: what was read so far can match the parts before i.
    // within[i]: it can also end inside the folders that part i stands for.
    boolean[] before = new boolean[parts.length + 1];
    boolean[] within = new boolean[parts.length + 1];
    before[0] = true;
    skipEmpty(parts, before);
    for (int c : text.codePoints().toArray()) {
      boolean[] nextBefore = new boolean[parts.length + 1];
      boolean[] nextWithin = new boolean[parts.length + 1];
      for (int i = 0; i < parts.length; i++) {
        if (before[i] || within[i]) {
          advance(parts[i], i, c, before[i], nextBefore, nextWithin);
        }
      }
      before = nextBefore;
      within = nextWithin;
      skipEmpty(parts, before);
    }
    for (int i = 0; i < parts.length; i++) {
      before[i] |= within[i];
    }
    return before;
  }

  private static void advance(
      int part, int i, int c, boolean atPart, boolean[] nextBefore, boolean[] nextWithin) {
    if (part == ANY_FOLDERS) {
      nextWithin[i] = true;
      nextBefore[i + 1] |= c == '/';
    } else if (atPart) {
      nextBefore[i] |= part == ANYTHING || (part == ANY_NAME && c != '/');
      nextBefore[i + 1] |= part == c || (part == ANY_CHARACTER && c != '/');
    }
  }

  /** Parts that may stand for nothing are passed over. */
  private static void skipEmpty(int[] parts, boolean[] before) {
    for (int i = 0; i < parts.length; i++) {
      before[i + 1] |= before[i] && parts[i] < ANY_CHARACTER;
    }
  }

  private static int[] parts(String written) {
    String glob = written.endsWith("/") ? written + "**" : written;
    List<Integer> parts = new ArrayList<>();
    int i = 0;
    while (i < glob.length()) {
      if (glob.startsWith("**/", i)) {
        parts.add(ANY_FOLDERS);
        i += 3;
      } else if (glob.startsWith("**", i)) {
        parts.add(ANYTHING);
        i += 2;
      } else {
        int c = glob.codePointAt(i);
        parts.add(c == '*' ? ANY_NAME : c == '?' ? ANY_CHARACTER : c);
        i += Character.charCount(c);
      }
    }
    return parts.stream().mapToInt(Integer::intValue).toArray();
  }
}
