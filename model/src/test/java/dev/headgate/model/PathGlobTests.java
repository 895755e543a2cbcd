package dev.headgate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathGlobTests {
  private static final long SEED = 20_261_121;

  @ParameterizedTest
  @CsvSource({
    "pom.xml, pom.xml, true",
    "pom.xml, a/pom.xml, false",
    "pom.xml, pomAxml, false",
    "*.md, README.md, true",
    "*.md, docs/README.md, false",
    "*, .hidden, true",
    "?.c, a.c, true",
    "?.c, /.c, false",
    "?.c, 𝄞.c, true",
    "src/**, src/a/b.c, true",
    "src/**, src, false",
    "src/**, srca, false",
    "**/*.java, A.java, true",
    "**/*.java, a/b/A.java, true",
    "**/*.java, a/b/A.javac, false",
    "a/**/b, a/b, true",
    "a/**/b, a/x/y/b, true",
    "a/**/b, a/xb, false",
    "a**b, a/x/b, true",
    "**, a/b, true",
    "docs/, docs/a/b, true",
    "docs/, docs, false",
    "docs/, other/docs/a, false",
    "[a], [a], true",
    "[a], a, false",
    "a+b.c|d, a+b.c|d, true",
    "x, X, false",
  })
  void globMatchesAsDocumented(String glob, String path, boolean expected) {
    assertThat(PathGlob.matches(glob, path)).isEqualTo(expected);
    assertThat(PathGlob.anyMatches(List.of("no", glob), List.of("none", path))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "pom.xml, '', true",
    "pom.xml, pom.xml, false",
    "pom.xml, a, false",
    "a/b/*.xml, a, true",
    "a/b/*.xml, a/b, true",
    "a/b/*.xml, a/b/c, false",
    "a/b/*.xml, ab, false",
    "*/x, a, true",
    "*/x, a/b, false",
    "**/x.xml, a/b/c, true",
    "a/**/x.xml, a, true",
    "a/**/x.xml, b, false",
    "a/, a, true",
    "a/, a/b/c, true",
    "a/, b, false",
    "a**b, a/x, true",
    "**, a, true",
  })
  void foldersWithoutAMatchBelowAreKnown(String glob, String folder, boolean expected) {
    assertThat(PathGlob.mayMatchBelow(glob, folder)).isEqualTo(expected);
  }

  @Test
  void nothingMatchesNothing() {
    assertThat(PathGlob.anyMatches(List.of(), List.of("a"))).isFalse();
    assertThat(PathGlob.anyMatches(List.of("**"), List.of())).isFalse();
  }

  @Test
  void globsMadeForBacktrackingTakeNoTime() {
    String path = ("a".repeat(60) + "/").repeat(20) + "y";
    for (String glob :
        List.of("**a".repeat(30) + "b", "*a".repeat(40) + "b", "**/".repeat(40) + "x")) {
      assertTimeout(
          Duration.ofSeconds(5), () -> assertThat(PathGlob.matches(glob, path)).isFalse());
    }
  }

  /** The definition by regular expression is short and evident, and too slow for hostile globs. */
  @Test
  void smallGlobsMatchAsTheirRegularExpressionsDo() {
    Random random = new Random(SEED);
    int matched = 0;
    for (int round = 0; round < 50_000; round++) {
      String glob = text(random, "ab/*?*/*");
      String path = text(random, "ab/");
      boolean expected = regex(glob).matcher(path).matches();
      assertThat(PathGlob.matches(glob, path))
          .as("seed %d, round %d: '%s' on '%s'", SEED, round, glob, path)
          .isEqualTo(expected);
      matched += expected ? 1 : 0;
    }
    assertThat(matched).isGreaterThan(1_000);
  }

  private static String text(Random random, String alphabet) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i >= 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static Pattern regex(String glob) {
    String regex =
        Pattern.compile("\\*\\*/|\\*\\*|\\*|\\?")
            .matcher(glob.endsWith("/") ? glob + "**" : glob)
            .replaceAll(wildcard ->
                switch (wildcard.group()) {
                  case "**/" -> "(?:.*/)?";
                  case "**" -> ".*";
                  case "*" -> "[^/]*";
                  default -> "[^/]";
                });
    return Pattern.compile(regex, Pattern.DOTALL);
  }
}
