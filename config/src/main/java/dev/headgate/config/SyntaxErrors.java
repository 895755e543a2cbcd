package dev.headgate.config;

import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says in a person's words what the YAML parser stumbled over. */
final class SyntaxErrors {
  private SyntaxErrors() {}

  /**
   * Adds the one problem the exception stands for.
   *
   * @param last the place of the last thing that could be read
   */
  static void add(YamlEngineException error, String text, Place last, Problems problems) {
    if (error instanceof MarkedYamlEngineException marked && marked.getProblemMark().isPresent()) {
      Place at = TreeReader.place(marked.getProblemMark().get());
      problems.add(at, "this is not YAML: " + marked.getProblem(), "");
      return;
    }
    problems.add(last, "this is not YAML", "");
  }
}
