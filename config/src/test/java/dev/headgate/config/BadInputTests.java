package dev.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Bad files with the exact messages they give. A case of the tables is {@code === name}, the file,
 * a line {@code ---} and what is said; in the file {@code →} stands for a tab, {@code ↵} for a
 * carriage return and {@code ␛} for an escape character.
 */
class BadInputTests {
  /** Fewer would mean that a table was not found or not taken apart. */
  private static final int LEAST_CASES = 100;

  private static final int LEAST_SITE_CASES = 20;

  record Case(String name, String content, String said) {}

  @TestFactory
  Stream<DynamicTest> everyMistakeIsNamedWithItsPlace() {
    List<Case> cases = new ArrayList<>();
    for (String table : List.of("yaml", "values", "ties", "graph")) {
      cases.addAll(read(table + ".txt"));
    }
    assertThat(cases).hasSizeGreaterThanOrEqualTo(LEAST_CASES);
    return tests(cases, BadInputTests::said);
  }

  @TestFactory
  Stream<DynamicTest> everyMistakeInASiteFileIsNamedWithItsPlace() {
    List<Case> cases = read("site.txt");
    assertThat(cases).hasSizeGreaterThanOrEqualTo(LEAST_SITE_CASES);
    return tests(cases, BadInputTests::saidOfSite);
  }

  private static Stream<DynamicTest> tests(List<Case> cases, UnaryOperator<String> said) {
    return cases.stream()
        .map(each ->
            DynamicTest.dynamicTest(
                each.name, () -> assertThat(said.apply(each.content)).isEqualTo(each.said)));
  }

  private static String saidOfSite(String content) {
    return switch (SiteConfig.parse("f", content.getBytes(StandardCharsets.UTF_8))) {
      case SiteConfig.Result.Valid valid -> "valid\n";
      case SiteConfig.Result.Invalid invalid -> lines(invalid.problems());
    };
  }

  private static String said(String content) {
    return switch (RepositoryConfig.parse("f", content)) {
      case Parsed.Valid valid -> "valid\n" + lines(valid.warnings());
      case Parsed.Invalid invalid -> lines(invalid.problems());
    };
  }

  private static String lines(List<Problem> problems) {
    return problems.stream().map(problem -> problem + "\n").collect(Collectors.joining());
  }

  private static List<Case> read(String table) {
    List<Case> cases = new ArrayList<>();
    for (String text : resource(table).split("(?m)^=== ")) {
      if (!text.isBlank()) {
        int name = text.indexOf('\n') + 1;
        int said = text.lastIndexOf("\n---\n") + 1;
        String content =
            text.substring(name, Math.max(name, said))
                .replace('→', '\t')
                .replace('↵', '\r')
                .replace('␛', '\u001b');
        cases.add(new Case(text.substring(0, name).strip(), content, text.substring(said + 4)));
      }
    }
    return cases;
  }

  private static String resource(String name) {
    try (InputStream in = BadInputTests.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
