package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.cli.Rooms.Room;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What no test of any room does (STYLE "Tests"). */
class TestSourcesTests {
  // Written so that this file does not match itself.
  private static final Pattern DISABLED = Pattern.compile("^\\s*[@](Disabled|Ignore)\\w*\\b");
  private static final Pattern SLEEP =
      Pattern.compile("\\b(Thread|NANOSECONDS|MILLISECONDS|SECONDS|MINUTES)[.]sleep\\s*[(]");
  private static final Pattern MOCKS =
      Pattern.compile("^import .*\\b(mockito|easymock|jmockit)\\b");
  private static final Pattern EXTENDS = Pattern.compile("\\bclass \\w+Tests extends (\\w+)");
  private static final Pattern TEST =
      Pattern.compile("^\\s*[@](Test|ParameterizedTest|RepeatedTest|TestFactory|FuzzTest)\\b");

  @Test
  void noTestIsDisabled() {
    assertThat(linesWith(DISABLED)).isEmpty();
  }

  @Test
  void noTestSleeps() {
    assertThat(linesWith(SLEEP)).isEmpty();
  }

  @Test
  void noTestMocks() {
    assertThat(linesWith(MOCKS)).isEmpty();
  }

  @Test
  void everyTestIsInAClassThatSurefireFinds() {
    List<String> elsewhere =
        linesWith(TEST).stream().filter(place -> !place.contains("Tests.java:")).toList();
    List<String> contracts = extendedByTests();
    assertThat(linesWith(TEST)).hasSizeGreaterThan(elsewhere.size());
    assertThat(elsewhere)
        .allSatisfy(place ->
            assertThat(contracts)
                .as("the contracts that tests fulfil, for %s", place)
                .anyMatch(contract -> place.contains("/" + contract + ".java:")));
  }

  /** The classes that a class of tests extends, and whose tests are thereby run. */
  private static List<String> extendedByTests() {
    return linesWith(EXTENDS).stream()
        .filter(place -> place.contains("Tests.java:"))
        .map(EXTENDS::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .toList();
  }

  /** Every matching line of every test source, with its place. */
  private static List<String> linesWith(Pattern pattern) {
    List<String> places = new ArrayList<>();
    for (Room room : Rooms.all()) {
      for (Path file : Rooms.javaFiles(room.testSources())) {
        List<String> lines = Rooms.read(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
          if (pattern.matcher(lines.get(i)).find()) {
            places.add(Rooms.ROOT.relativize(file) + ":" + (i + 1) + ": " + lines.get(i).strip());
          }
        }
      }
    }
    return places;
  }
}
