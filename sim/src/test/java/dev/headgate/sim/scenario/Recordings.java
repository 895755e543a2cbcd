package dev.headgate.sim.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Files of scenarios beside these tests. */
final class Recordings {
  private Recordings() {}

  /** The scenarios of a file that has no problems. */
  static List<GateScenario> of(String file) {
    try (InputStream in = Recordings.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("there is no resource " + file);
      }
      return valid(ScenarioFile.parse(file, in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The scenarios of a text that has no problems. */
  static List<GateScenario> parse(String text) {
    return valid(ScenarioFile.parse("test.yaml", text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<GateScenario> valid(ScenarioFile file) {
    return switch (file) {
      case ScenarioFile.Valid(List<GateScenario> scenarios) -> scenarios;
      case ScenarioFile.Invalid invalid ->
          throw new IllegalStateException(invalid.problems().toString());
    };
  }
}
