package dev.headgate.config;

import java.util.Optional;

/**
 * Any file of ours that is YAML: its bytes become a tree whose every value knows its place. What
 * the tree means is the caller's matter.
 */
public final class YamlText {
  private YamlText() {}

  /**
   * Reads one document.
   *
   * @param content the file's bytes, UTF-8, at most 1 MiB
   * @param problems takes what is wrong with it as YAML
   * @return its tree; empty if it says nothing or a problem was added
   */
  public static Optional<Node> read(byte[] content, Problems problems) {
    return SourceText.decode(content, problems)
        .flatMap(text -> TreeReader.read(text, problems))
        .filter(root -> problems.isEmpty() && !root.isNothing());
  }
}
