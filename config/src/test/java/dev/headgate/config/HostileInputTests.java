package dev.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files that were made to hurt: each is refused, or read, in bounded time and memory. */
class HostileInputTests {
  /** Twenty times what the slowest of them takes on a machine of two cores. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static List<String> said(byte[] content) {
    Parsed parsed = assertTimeout(PATIENCE, () -> RepositoryConfig.parse("f", content));
    return switch (parsed) {
      case Parsed.Valid _ -> List.of();
      case Parsed.Invalid invalid -> invalid.problems().stream().map(Problem::toString).toList();
    };
  }

  private static List<String> said(String content) {
    return said(content.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void fileOverTheBoundIsRefusedUnread() {
    String tooLarge =
        "f:1:1: the file is larger than 1 MiB;"
            + " move long commands into scripts of the repository";
    assertThat(said("#".repeat(SourceText.MAX_BYTES + 1))).containsExactly(tooLarge);
    assertThat(said("#".repeat(SourceText.MAX_BYTES)))
        .singleElement()
        .asString()
        .contains("the file says nothing");
    Parsed parsed = RepositoryConfig.parse("f", "#".repeat(SourceText.MAX_BYTES + 1));
    assertThat(((Parsed.Invalid) parsed).problems()).hasToString("[" + tooLarge + "]");
  }

  @Test
  void billionLaughsAreNotTold() {
    StringBuilder bomb = new StringBuilder("jobs:\n  a0: &a0 [lol, lol, lol, lol, lol, lol]\n");
    for (int i = 1; i < 40; i++) {
      String aliases = ("*a" + (i - 1) + " ").repeat(9).strip().replace(" ", ", ");
      bomb.append("  a" + i + ": &a" + i + " [" + aliases + "]\n");
    }
    assertThat(said(bomb.toString())).hasSize(40);
    assertThat(said(bomb.toString().replace("jobs:", "jobs: { a: { run: x } }\nx:"))).hasSize(1);
  }

  @Test
  void deepNestingIsAProblemNotAnOverflow() {
    int deep = SourceText.MAX_BYTES / 2;
    assertThat(said("[".repeat(deep))).containsExactly("f:1:65: nested deeper than 64 levels");
    assertThat(said("- ".repeat(deep))).containsExactly("f:1:129: nested deeper than 64 levels");
    assertThat(said("? ".repeat(deep))).containsExactly("f:1:129: nested deeper than 64 levels");
    assertThat(said("{a: ".repeat(deep / 2)))
        .containsExactly("f:1:257: nested deeper than 64 levels");
  }

  @Test
  void hugeScalarsAndKeysAreShortenedInMessages() {
    String huge = "9".repeat(900_000);
    for (String content :
        List.of(
            "jobs: { a: { run: x, attempts: " + huge + " } }",
            "jobs: { a: { run: x, timeout: " + huge + " } }",
            "jobs: { a: { run: x, needs: x" + huge + " } }",
            "jobs: { a: { run: x, needs: " + huge + " } }",
            "jobs:\n  a:\n    run: x\n    ? x" + huge + "\n    : 1\n",
            "jobs:\n  ? " + huge + "x\n  : x\n",
            "x" + huge)) {
      assertThat(said(content))
          .isNotEmpty()
          .allSatisfy(line -> assertThat(line).hasSizeLessThan(300));
    }
  }

  @Test
  void fileThatIsWrongEverywhereShowsTheFirstProblemsAndSaysThereAreMore() {
    String content =
        "jobs:\n"
            + IntStream.range(0, 400)
                .mapToObj(i -> "  j" + i + ": { run: x, needs: [nowhere], retry: -1 }\n")
                .collect(Collectors.joining());
    List<String> said = said(content);
    assertThat(said).hasSize(Problems.MAX_SHOWN + 1);
    assertThat(said.getFirst()).startsWith("f:2:25: job 'j0' needs 'nowhere'");
    assertThat(said.getLast()).isEqualTo("f:27:26: more problems follow; mend these first");
  }

  @Test
  void graphsAtTheBoundsAreChecked() {
    int jobs = ConfigReader.MAX_JOBS;
    String all =
        IntStream.range(0, jobs).mapToObj(i -> "j" + i).collect(Collectors.joining(", ", "[", "]"));
    StringBuilder everyoneNeedsEveryone =
        new StringBuilder("jobs:\n  j0: { run: x, needs: &n " + all + " }\n");
    StringBuilder chain = new StringBuilder("jobs:\n  j0: x\n");
    StringBuilder dense = new StringBuilder("jobs:\n  j0: x\n");
    for (int i = 1; i < jobs; i++) {
      everyoneNeedsEveryone.append("  j" + i + ": { run: x, needs: *n }\n");
      chain.append("  j" + i + ": { run: x, needs: j" + (i - 1) + " }\n");
      String before =
          IntStream.range(Math.max(0, i - 300), i)
              .mapToObj(j -> "j" + j)
              .collect(Collectors.joining(","));
      dense.append("  j" + i + ": { run: x, needs: [" + before + "] }\n");
    }
    assertThat(said(everyoneNeedsEveryone.toString())).isNotEmpty();
    assertThat(said(chain.toString())).isEmpty();
    assertThat(said(dense.toString())).isEmpty();
    assertThat(said(dense + "pipelines: { check: " + all.replace("j0, ", "") + " }\n"))
        .isNotEmpty();
    assertThat(said(chain + "  one-too-many: x\n"))
        .containsExactly("f:2:3: 'jobs' has more than " + jobs + " jobs");
  }

  @Test
  void listOverTheBoundIsRefused() {
    String list = "[" + "a,".repeat(Values.MAX_ITEMS + 1) + "]";
    assertThat(said("jobs: { a: { run: x, files: " + list + " } }"))
        .containsExactly("f:1:29: 'files' has more than 1000 entries");
  }

  @Test
  void bytesThatAreNotUtf8AreNamedWithTheirPlace() {
    byte[] latin = "jobs:\n  grün: x\n".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(said(latin)).containsExactly("f:2:5: the byte 0xFC is not UTF-8; save it as UTF-8");
    byte[] cut = {'j', 'o', 'b', 's', ':', ' ', (byte) 0xE2, (byte) 0x82};
    assertThat(said(cut)).containsExactly("f:1:7: the byte 0xE2 is not UTF-8; save it as UTF-8");
    byte[] surrogate = {'#', ' ', (byte) 0xED, (byte) 0xA0, (byte) 0x80};
    assertThat(said(surrogate))
        .containsExactly("f:1:3: the byte 0xED is not UTF-8; save it as UTF-8");
    byte[] overlong = {'#', (byte) 0xC0, (byte) 0x80};
    assertThat(said(overlong))
        .containsExactly("f:1:2: the byte 0xC0 is not UTF-8; save it as UTF-8");
    byte[] behindMark = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, 'a', (byte) 0xFF};
    assertThat(said(behindMark))
        .containsExactly("f:1:2: the byte 0xFF is not UTF-8; save it as UTF-8");
  }

  @Test
  void escapeThatTheEndOfTheFileCutsOffIsNamed() {
    assertThat(said("jobs: \"\\u"))
        .containsExactly("f:1:10: the file ends within an escape; close the double quotes");
  }

  @Test
  void otherUnicodeEncodingsAreNamed() {
    for (String name : List.of("UTF-16", "UTF-16BE", "UTF-16LE")) {
      byte[] bytes = "\uFEFFjobs: { a: x }\n".getBytes(Charset.forName(name));
      assertThat(said(bytes))
          .containsExactly("f:1:1: the file is UTF-16, not UTF-8; save it as UTF-8");
    }
  }

  @Test
  void charactersThatYamlForbidsAreNamedWithTheirPlace() {
    assertThat(said("jobs:\n  a: x\0y\n"))
        .containsExactly(
            "f:2:7: the character U+0000 is not allowed in YAML;"
                + " remove it, or write it as an escape in double quotes");
    for (String text : List.of("\u007f", "\u0080", "\ufffe", "\uffff", "\ud800", "\udc00\ud800")) {
      Parsed parsed = RepositoryConfig.parse("f", "a: " + text);
      assertThat(((Parsed.Invalid) parsed).problems())
          .singleElement()
          .satisfies(problem -> assertThat(problem.column()).isEqualTo(4))
          .asString()
          .contains("is not allowed in YAML");
    }
  }

  @Test
  void messagesStayOnOneLineWhateverTheFileHolds() {
    String content =
        "jobs:\n  \"a\\nb\\e[31m\\u2028\\u202e\\ud800\": x\n  b: { run: x, needs: \"c\\r\\nd\" }\n";
    assertThat(said(content))
        .hasSize(2)
        .allSatisfy(line ->
            assertThat(line).doesNotContain("\n", "\r", "\u001b", "\u2028", "\u202e", "\ud800"));
  }
}
