package dev.headgate.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How names are written in messages, and which known name a wrong one probably means. */
public final class Words {
  /** Longer names are no typing errors of ours, and the distance is quadratic. */
  private static final int MAX_COMPARED_LENGTH = 100;

  private static final int MAX_QUOTED_LENGTH = 60;

  /** All keys of a job, which are the longest list that is always the same. */
  private static final int MAX_LISTED = 20;

  /** Shorter beginnings ({@code a} of {@code attempts}) say nothing. */
  private static final int MIN_PREFIX_LENGTH = 3;

  private Words() {}

  /** The text in single quotes, on one line and not too long. */
  public static String quote(String text) {
    StringBuilder quoted = new StringBuilder("'");
    text.codePoints()
        .limit(MAX_QUOTED_LENGTH)
        .forEach(c -> quoted.appendCodePoint(harmless(c) ? c : ' '));
    if (text.codePointCount(0, text.length()) > MAX_QUOTED_LENGTH) {
      quoted.append('…');
    }
    return quoted.append('\'').toString();
  }

  /** Whether it neither breaks the line nor changes how a terminal shows what stands around it. */
  private static boolean harmless(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }

  /** {@code did you mean 'x'?}, or else the names to choose from after the given words. */
  public static String suggest(String word, Collection<String> names, String listing) {
    return suggest(nearest(word, names), names, listing);
  }

  /** As above, with the nearest name found by the caller. */
  static String suggest(Optional<String> nearest, Collection<String> names, String listing) {
    return nearest
        .map(name -> "did you mean " + quote(name) + "?")
        .orElseGet(() -> listing + " " + list(names));
  }

  /** The names after each other, the later ones of many left out. */
  static String list(Collection<String> names) {
    List<String> shown = names.stream().limit(MAX_LISTED).map(Words::shorten).toList();
    String text = String.join(", ", shown);
    return names.size() > MAX_LISTED ? text + ", …" : text;
  }

  /** The text on one line and not too long. */
  static String shorten(String name) {
    String quoted = quote(name);
    return quoted.substring(1, quoted.length() - 1);
  }

  /** The name that the word is one slip of the hand, or an abbreviation, away from. */
  static Optional<String> nearest(String word, Collection<String> names) {
    if (word.length() > MAX_COMPARED_LENGTH) {
      return Optional.empty();
    }
    String best = "";
    int bestDistance = Integer.MAX_VALUE;
    for (String name : names) {
      int limit = Math.max(1, Math.max(word.length(), name.length()) / 3);
      int distance = distanceUpTo(limit, word, name);
      if (distance < bestDistance) {
        best = name;
        bestDistance = distance;
      }
    }
    if (bestDistance == Integer.MAX_VALUE) {
      return names.stream().filter(name -> abbreviates(word, name)).findFirst();
    }
    return Optional.of(best);
  }

  private static boolean abbreviates(String one, String other) {
    return Math.min(one.length(), other.length()) >= MIN_PREFIX_LENGTH
        && (one.startsWith(other) || other.startsWith(one));
  }

  private static int distanceUpTo(int limit, String one, String other) {
    if (other.length() > MAX_COMPARED_LENGTH || Math.abs(one.length() - other.length()) > limit) {
      return Integer.MAX_VALUE;
    }
    int distance = distance(fold(one), fold(other));
    // Two names that share no letter at its place are not near, however short they are.
    boolean near = distance <= limit && distance < Math.max(one.length(), other.length());
    return near ? distance : Integer.MAX_VALUE;
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Edit distance with swaps of neighbours (optimal string alignment). */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
