package dev.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.Job;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The published reference and schema say what the parser does. */
class ReferenceTests {
  private static final Path FOLDER = Path.of("..", "docs", "reference");
  private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$");

  private static String reference() throws IOException {
    return Files.readString(FOLDER.resolve("config.md"));
  }

  /** The text of a section, by its whole heading. */
  private static String section(String text, String heading) {
    int start = text.indexOf("\n" + heading + "\n");
    assertThat(start).as(heading).isNotNegative();
    String level = heading.substring(0, heading.indexOf(' ') + 1);
    int end = text.indexOf("\n" + level, start + 1);
    return end < 0 ? text.substring(start) : text.substring(start, end);
  }

  private static List<String> all(String regex, String text) {
    return Pattern.compile(regex).matcher(text).results().map(found -> found.group(1)).toList();
  }

  @Test
  void referenceHasASectionForEachKeyAndNoOther() throws IOException {
    String keys = section(reference(), "## Keys of a job");
    assertThat(all("(?m)^### `(.*)`$", keys)).isEqualTo(JobKey.NAMES);
    for (JobKey key : JobKey.values()) {
      String section = section(keys + "\n### ", "### `" + key.text + "`");
      assertThat(section).contains("\n- Type: ").contains("\n- Default: ");
      List<MatchResult> examples = YAML.matcher(section).results().toList();
      assertThat(examples).as(key.text).isNotEmpty();
      assertThat(examples).allSatisfy(each -> assertThat(each.group(1)).contains(key.text + ":"));
    }
  }

  @Test
  void referenceNamesTheDefaultsAndBoundsInForce() throws IOException {
    String text = reference();
    Job plain = Job.of("test", "x");
    assertThat(plain.timeout()).isEqualTo(Duration.ofHours(1));
    assertThat(defaultOf(text, JobKey.TIMEOUT)).isEqualTo("1h");
    assertThat(defaultOf(text, JobKey.VOTING)).isEqualTo(String.valueOf(plain.voting()));
    assertThat(defaultOf(text, JobKey.ATTEMPTS)).isEqualTo(String.valueOf(plain.attempts()));
    assertThat(defaultOf(text, JobKey.RETRY)).isEqualTo(String.valueOf(plain.retry()));
    assertThat(text)
        .contains("whole number from 1 to " + JobReader.MAX_ATTEMPTS + "\n")
        .contains("whole number from 0 to " + JobReader.MAX_RETRY + "\n")
        .contains("at most " + DurationReader.LONGEST.toHours() + "h\n")
        .contains("at most " + (SourceText.MAX_BYTES >> 20) + " MiB")
        .contains("deeper than " + TreeReader.MAX_DEPTH + " levels")
        .contains(
            "At most " + ConfigReader.MAX_JOBS + " jobs, and " + Values.MAX_ITEMS + " entries")
        .contains("has at most " + ConfigReader.MAX_NAME_LENGTH + "\n");
  }

  private static String defaultOf(String text, JobKey key) {
    return all("- Default: `(.*?)`", section(text, "### `" + key.text + "`")).getFirst();
  }

  @Test
  void everyExampleIsAValidFile() throws IOException {
    List<String> examples =
        YAML.matcher(reference()).results().map(found -> found.group(1)).toList();
    assertThat(examples).hasSizeGreaterThan(JobKey.NAMES.size());
    for (String example : examples) {
      assertThat(RepositoryConfig.parse("example", example))
          .as(example)
          .isInstanceOf(Parsed.Valid.class);
    }
  }

  @Test
  void referenceNamesTheKeysThatAreRefusedForNow() throws IOException {
    String section = section(reference(), "## Keys that this version does not support");
    assertThat(all("`(.*?)`", section))
        .isEqualTo(Arrays.stream(LaterKey.values()).map(key -> key.text).toList());
  }

  @Test
  void referenceNamesThePipelines() throws IOException {
    String table = section(reference(), "## Pipelines");
    assertThat(all("(?m)^\\| `(.*?)` \\|", table)).isEqualTo(RepositoryConfig.PIPELINES);
  }

  @Test
  void schemaNamesTheSameKeys() throws IOException {
    Problems problems = new Problems("schema");
    Optional<Node> schema =
        TreeReader.read(Files.readString(FOLDER.resolve("headgate.schema.json")), problems);
    assertThat(problems.inOrder()).isEmpty();
    Node root = schema.orElseThrow();
    assertThat(keys(at(root, "properties"))).containsExactly("jobs", "pipelines");
    assertThat(keys(at(root, "properties", "pipelines", "properties")))
        .isEqualTo(RepositoryConfig.PIPELINES);
    assertThat(keys(at(root, "$defs", "job", "properties"))).isEqualTo(JobKey.NAMES);
    assertThat(at(root, "$defs", "job", "properties", "attempts", "maximum"))
        .hasFieldOrPropertyWithValue("text", String.valueOf(JobReader.MAX_ATTEMPTS));
    assertThat(at(root, "$defs", "job", "properties", "retry", "maximum"))
        .hasFieldOrPropertyWithValue("text", String.valueOf(JobReader.MAX_RETRY));
    assertThat(at(root, "properties", "jobs", "maxProperties"))
        .hasFieldOrPropertyWithValue("text", String.valueOf(ConfigReader.MAX_JOBS));
  }

  // The site's file.

  private static String siteReference() throws IOException {
    return Files.readString(FOLDER.resolve("site-config.md"));
  }

  @Test
  void everyExampleOfASiteFileIsValid() throws IOException {
    List<String> examples =
        YAML.matcher(siteReference()).results().map(found -> found.group(1)).toList();
    assertThat(examples).hasSizeGreaterThan(1);
    for (String example : examples) {
      assertThat(SiteConfig.parse("example", example.getBytes(StandardCharsets.UTF_8)))
          .as(example)
          .isInstanceOf(SiteConfig.Result.Valid.class);
    }
  }

  @Test
  void siteReferenceAndItsSchemaNameTheKeysThatAreRead() throws IOException {
    Problems problems = new Problems("schema");
    Node root =
        TreeReader.read(Files.readString(FOLDER.resolve("site.schema.json")), problems)
            .orElseThrow();
    assertThat(problems.inOrder()).isEmpty();
    assertRow("## Keys of the file", SiteReader.KEYS, at(root, "properties"));
    assertRow(
        "## Keys of a pipeline",
        SiteReader.PIPELINE_KEYS,
        at(root, "$defs", "pipeline", "properties"));
    assertRow(
        "## Keys of a queue", SiteReader.QUEUE_KEYS, at(root, "$defs", "queue", "properties"));
    assertRow(
        "## Differences",
        SiteConfig.DIFFERENCES,
        at(root, "properties", "differences", "properties"));
    Node window = ((Node.Sequence) at(root, "$defs", "window", "anyOf")).items().getLast();
    assertRow("## Windows", WindowReader.KEYS, at(window, "properties"));
    assertThat(at(root, "properties", "semaphores", "additionalProperties", "maximum"))
        .hasFieldOrPropertyWithValue("text", String.valueOf(WindowReader.MOST));
  }

  private static void assertRow(String heading, List<String> keys, Node schema) throws IOException {
    assertThat(all("(?m)^\\| `(.*?)` \\|", section(siteReference(), heading)))
        .as(heading)
        .isEqualTo(keys);
    assertThat(keys(schema)).as(heading).isEqualTo(keys);
  }

  private static Node at(Node node, String... path) {
    Node current = node;
    for (String step : path) {
      current =
          ((Node.Mapping) current)
              .entries().stream()
                  .filter(entry -> ((Node.Scalar) entry.key()).text().equals(step))
                  .findFirst()
                  .orElseThrow()
                  .value();
    }
    return current;
  }

  private static List<String> keys(Node node) {
    List<String> keys = new ArrayList<>();
    ((Node.Mapping) node).entries().forEach(entry -> keys.add(((Node.Scalar) entry.key()).text()));
    return keys;
  }
}
