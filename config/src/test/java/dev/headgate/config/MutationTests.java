package dev.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Valid files, damaged at random: whatever comes out is read or refused, never an exception, and
 * every problem has its place inside the file. The seed is printed by a failure.
 */
class MutationTests {
  private static final long SEED = Long.getLong("headgate.mutation.seed", 20_261_120L);

  /** About two seconds; ten times as many with other seeds found nothing more. */
  private static final int ROUNDS = Integer.getInteger("headgate.mutation.rounds", 20_000);

  private static final List<String> VALID =
      List.of(
          "jobs:\n  test: mvn -B verify\n",
          """
          # comment
          jobs:
            unit:
              run: |
                make a
                make b
              timeout: 1h30m
              env: { A: 1, B: "two\\n", C: 'it''s' }
              keep: ["build/"]
            style: { run: ruff check, voting: false }
            package:
              needs: [unit, { job: style, soft: true }]
              run: >-
                make
                dist
              files:
                - "src/**"
                - Makefile
              attempts: 3
              retry: 1
          pipelines:
            check: [unit, style]
            gate: [unit, package]
          """,
          "%YAML 1.2\n---\njobs: &j {ä𝄞: &x {run: true, env: &e {A: ~}}, b: *x}\n...\n",
          "\uFEFFjobs:\r\n  a: x\r\n  ? b\r\n  : y\r\n",
          "{\"jobs\": {\"a\": {\"run\": \"x\", \"needs\": []}}, \"pipelines\": {\"gate\": [\"a\"]}}");

  private static final List<String> PIECES =
      List.of(
          "\t",
          "\n",
          "\r",
          "  ",
          ":",
          ": ",
          "- ",
          "? ",
          "#",
          " #",
          "[",
          "]",
          "{",
          "}",
          ",",
          "&a ",
          "*a",
          "!",
          "!!str ",
          "|",
          ">",
          "'",
          "\"",
          "%",
          "@",
          "`",
          "\\",
          "---\n",
          "...\n",
          "<<: *a",
          "~",
          "null",
          "true",
          "0",
          "-1",
          "jobs:",
          "run:",
          "needs:",
          "gate",
          "\u0000",
          "\u0085",
          "\u2028",
          "\uFEFF",
          "\uD834\uDD1E",
          "\uD800",
          "é",
          "%TAG ! x\n",
          "|2-\n",
          "\\u12",
          "0x",
          "99999999999999999999",
          "\"\\u",
          "\"\\x",
          "\"\\U0011",
          "\"\\ud83d",
          ": &",
          ": *",
          "<",
          "=",
          "!<",
          "!e!",
          "%YAML 3.0\n---\n",
          "\"a\": ",
          "? |\n",
          "[[[[",
          "{{{{",
          "- - - - ",
          "\"\\\n",
          "1e9",
          ".inf",
          "0o7");

  @Test
  void damagedTextIsReadOrRefusedWithPlacesInsideTheFile() {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      String text = mutate(VALID.get(random.nextInt(VALID.size())), random);
      check(text, RepositoryConfig.parse("f", text), round);
    }
  }

  @Test
  void damagedBytesAreReadOrRefusedWithPlacesInsideTheFile() {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS / 4; round++) {
      byte[] bytes = VALID.get(random.nextInt(VALID.size())).getBytes(StandardCharsets.UTF_8);
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      check(new String(bytes, StandardCharsets.UTF_8), RepositoryConfig.parse("f", bytes), round);
    }
  }

  private static String mutate(String valid, Random random) {
    StringBuilder text = new StringBuilder(valid);
    for (int i = random.nextInt(5); i >= 0; i--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + 1 + random.nextInt(6));
      String piece = PIECES.get(random.nextInt(PIECES.size()));
      switch (random.nextInt(5)) {
        case 0 -> text.delete(at, end);
        case 1 -> text.insert(at, piece);
        case 2 -> text.replace(at, end, piece);
        case 3 -> text.insert(random.nextInt(text.length() + 1), text.substring(at, end));
        default -> text.setLength(at);
      }
    }
    return text.toString();
  }

  private static void check(String text, Parsed parsed, int round) {
    List<Problem> problems =
        switch (parsed) {
          case Parsed.Valid valid -> {
            assertThat(valid.config().jobs().jobs()).isNotEmpty();
            yield valid.warnings();
          }
          case Parsed.Invalid invalid -> invalid.problems();
        };
    String[] lines = text.split("\r\n|\r|\n", -1);
    for (Problem problem : problems) {
      // Not by assertThat, whose descriptions would take most of the time.
      if (!inside(problem, lines) || problem.message().isBlank()) {
        fail("seed " + SEED + ", round " + round + ", " + problem + " in:\n" + text);
      }
    }
  }

  private static boolean inside(Problem problem, String[] lines) {
    if (problem.line() > lines.length) {
      return false;
    }
    String line = lines[problem.line() - 1];
    return problem.column() <= line.codePointCount(0, line.length()) + 1;
  }
}
