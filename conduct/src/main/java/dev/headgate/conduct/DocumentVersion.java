package dev.headgate.conduct;

import java.util.Map;

/** The version that every kept document carries. */
final class DocumentVersion {
  /** Version 1 knew one pipeline and items of one change. */
  static final int CURRENT = 2;

  private static final String FIELD = "v";

  private DocumentVersion() {}

  static void put(Map<String, Object> tree) {
    tree.put(FIELD, CURRENT);
  }

  /**
   * Throws {@link EnvironmentException} if another version of the program kept the document.
   *
   * @param what the kind of document, for the message
   */
  static void require(Fields fields, String what) {
    int version = fields.integer(FIELD);
    if (version == CURRENT) {
      return;
    }
    String found =
        "the "
            + what
            + " was kept by "
            + (version < CURRENT ? "an earlier" : "a later")
            + " version of Headgate (its documents are of version "
            + version
            + ", this program's of version "
            + CURRENT
            + "): ";
    throw new EnvironmentException(
        found
            + (version < CURRENT
                ? "finish its queue with that version, then delete the folder it is kept in"
                : "use the newer program"));
  }
}
