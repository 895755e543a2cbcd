package dev.headgate.config;

import java.util.List;

/** What reading a configuration file yields; a file with problems is an expected outcome. */
public sealed interface Parsed {
  /**
   * The file can be used.
   *
   * @param config what it says
   * @param warnings what is probably not meant so, in file order; mostly empty
   */
  record Valid(RepositoryConfig config, List<Problem> warnings) implements Parsed {
    public Valid {
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The file cannot be used.
   *
   * @param problems everything found wrong, in file order; never empty, and bounded: if there is
   *     more, the last one says so
   */
  record Invalid(List<Problem> problems) implements Parsed {
    public Invalid {
      problems = List.copyOf(problems);
      if (problems.isEmpty()) {
        throw new IllegalArgumentException("an invalid file has at least one problem");
      }
    }
  }
}
