package dev.headgate.config;

import java.util.List;

/** What a look at the root of a repository yields for a first configuration. */
public sealed interface Detected {
  /**
   * Something that tests the repository was found.
   *
   * @param yaml the whole text of a valid {@code .headgate.yaml}, with comments
   * @param tools what was found, in words for a person; never empty
   */
  record Found(String yaml, List<String> tools) implements Detected {
    public Found {
      tools = List.copyOf(tools);
    }
  }

  /**
   * Nothing known was found.
   *
   * @param message what was looked for and what to write instead, on several lines
   */
  record Nothing(String message) implements Detected {}
}
