package dev.headgate.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds out how a repository is tested, for {@code headgate init}. Pure: it reads no file itself.
 */
public final class Detection {
  private Detection() {}

  /**
   * Proposes a configuration.
   *
   * @param rootFiles the names at the repository's root; folders with or without a slash behind
   *     them
   * @param contents the text of the file of that path, empty if it cannot be read
   */
  public static Detected detect(
      Set<String> rootFiles, Function<String, Optional<String>> contents) {
    Clues clues = new Clues(rootFiles, contents);
    List<String> notes = new ArrayList<>();
    List<String> passedOver = new ArrayList<>();
    List<Tool> tools = new ArrayList<>();
    Optional<Tool> maven = CompiledTools.maven(clues);
    Optional<Tool> gradle = CompiledTools.gradle(clues);
    maven.or(() -> gradle).ifPresent(tools::add);
    if (maven.isPresent()) {
      gradle.ifPresent(tool -> notes.add(alternative(tool)));
    }
    CompiledTools.cargo(clues).ifPresent(tools::add);
    CompiledTools.go(clues).ifPresent(tools::add);
    PythonTools.find(clues).ifPresent(tools::add);
    NodeTools.find(clues, passedOver).ifPresent(tools::add);
    Optional<Tool> make = MakeTargets.find(clues, passedOver);
    if (tools.isEmpty()) {
      make.ifPresent(tools::add);
    } else {
      make.ifPresent(tool -> notes.add(alternative(tool)));
    }
    return tools.isEmpty()
        ? new Detected.Nothing(nothing(passedOver))
        : new Detected.Found(yaml(tools, notes), tools.stream().map(Tool::what).toList());
  }

  private static String alternative(Tool tool) {
    return "Found too: " + tool.what() + ". If that is how to test, write: test: " + tool.run();
  }

  private static String nothing(List<String> passedOver) {
    StringBuilder text = new StringBuilder();
    text.append("nothing was found that says how to test this repository\n");
    text.append(
        "looked for: pom.xml, build.gradle, Cargo.toml, go.mod, tox.ini, pyproject.toml,\n");
    text.append("  package.json with a test script, a Makefile with the target check or test\n");
    passedOver.forEach(note -> text.append("but ").append(note).append('\n'));
    text.append("write the command that tests it into ").append(RepositoryConfig.FILE_NAME);
    return text.append(", for example:\n\njobs:\n  test: make check\n").toString();
  }

  private static String yaml(List<Tool> tools, List<String> notes) {
    StringBuilder text = new StringBuilder();
    text.append("# A change lands only if these jobs pass on the very commit that would land.\n");
    for (Tool tool : tools) {
      text.append("# Found: ").append(tool.what()).append(".\n");
    }
    tools.forEach(tool -> tool.notes().forEach(note -> comment(text, note)));
    notes.forEach(note -> comment(text, note));
    text.append("jobs:\n");
    for (Tool tool : tools) {
      job(text, tools.size() == 1 ? "test" : tool.job(), tool);
    }
    return text.toString();
  }

  private static void comment(StringBuilder text, String note) {
    text.append("# ").append(note).append('\n');
  }

  private static void job(StringBuilder text, String name, Tool tool) {
    text.append("  ").append(name).append(':');
    if (tool.env().isEmpty()) {
      text.append(' ').append(tool.run()).append('\n');
    } else {
      text.append("\n    run: ").append(tool.run());
      text.append("\n    env: ").append(tool.env()).append('\n');
    }
  }
}
