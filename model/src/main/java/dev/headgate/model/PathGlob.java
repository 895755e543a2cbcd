package dev.headgate.model;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Globs over repository paths: {@code *} and {@code ?} stay within one folder, {@code **} crosses
 * folders, {@code **}{@code /} also matches no folder at all, and a pattern that names a folder
 * ({@code docs/}) matches everything below it.
 */
public final class PathGlob {
  private PathGlob() {}

  /** Whether any of the paths, relative and with forward slashes, matches any of the globs. */
  public static boolean anyMatches(List<String> globs, List<String> paths) {
    for (String glob : globs) {
      Pattern pattern = compile(glob);
      for (String path : paths) {
        if (pattern.matcher(path).matches()) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the path matches the glob. */
  public static boolean matches(String glob, String path) {
    return compile(glob).matcher(path).matches();
  }

  private static Pattern compile(String glob) {
    String pattern = glob.endsWith("/") ? glob + "**" : glob;
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < pattern.length()) {
      if (pattern.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 3;
      } else if (pattern.startsWith("**", i)) {
        regex.append(".*");
        i += 2;
      } else {
        char c = pattern.charAt(i);
        regex.append(
            switch (c) {
              case '*' -> "[^/]*";
              case '?' -> "[^/]";
              default -> Pattern.quote(String.valueOf(c));
            });
        i++;
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }
}
