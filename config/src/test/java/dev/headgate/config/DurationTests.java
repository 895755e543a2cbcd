package dev.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is a duration; what is none stands in the table of bad values. */
class DurationTests {
  @ParameterizedTest
  @CsvSource({
    "20m, PT20M",
    "1h30m, PT1H30M",
    "90s, PT1M30S",
    "500ms, PT0.5S",
    "1h, PT1H",
    "1h1m1s1ms, PT1H1M1.001S",
    "2m500ms, PT2M0.5S",
    "1h5s, PT1H5S",
    "90m, PT1H30M",
    "007m, PT7M",
    "168h, PT168H",
    "1ms, PT0.001S",
  })
  void durationIsTheSumOfItsParts(String text, Duration expected) {
    for (String written : new String[] {text, "\"" + text + "\""}) {
      Parsed parsed =
          RepositoryConfig.parse("f", "jobs: { a: { run: x, timeout: " + written + " } }");
      assertThat(parsed).isInstanceOf(Parsed.Valid.class);
      assertThat(((Parsed.Valid) parsed).config().jobs().jobs().getFirst().timeout())
          .isEqualTo(expected);
    }
  }
}
