package dev.headgate.subunit.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of version 1 in docs/subunit.md are what our own codec makes of them. */
class FormatV1ExamplesTests {
  private static final Pattern PAIR =
      Pattern.compile(
          "^```v1\n(.*?)^```\n\n```v1-events\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  record Example(String stream, List<String> events) {}

  static List<Example> examples() throws IOException {
    Matcher pair = PAIR.matcher(Files.readString(Path.of("..", "docs", "subunit.md")));
    List<Example> examples = new ArrayList<>();
    while (pair.find()) {
      examples.add(new Example(pair.group(1).replace('␍', '\r'), pair.group(2).lines().toList()));
    }
    return examples;
  }

  @Test
  void examplesAreFound() throws IOException {
    assertThat(examples()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void streamMeansWhatThePageSays(Example example) {
    assertThat(V1Read.of(example.stream).said().stream().map(line -> line.replace("\n", "\\n")))
        .isEqualTo(example.events);
  }

  /** What our encoder writes of the events means the same. */
  @ParameterizedTest
  @MethodSource("examples")
  void eventsAreWrittenSoThatTheyMeanTheSame(Example example) {
    V1Encoder encoder = new V1Encoder();
    V1Read.of(example.stream).events().forEach(encoder::event);
    encoder.end();
    assertThat(V1Read.of(encoder.take()).said().stream().map(line -> line.replace("\n", "\\n")))
        .isEqualTo(example.events);
  }
}
