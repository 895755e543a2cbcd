package dev.headgate.reports;

import org.jspecify.annotations.Nullable;

/**
 * A test id as the two names that most formats have for it: where the test stands, and what it is
 * called there.
 *
 * @param group the class, suite or package; empty for none
 * @param name within the group
 */
record CaseName(String group, String name) {
  /** What may stand between a group's name and the rest of a name that repeats it. */
  private static final String SEPARATORS = ".:/# >";

  /** Splits an id such that {@link #id} puts it together again. */
  static CaseName of(String id) {
    int end = id.length();
    for (int i = 0; i < id.length() && end == id.length(); i++) {
      if ("[({ <\"'\t\n".indexOf(id.charAt(i)) >= 0) {
        end = i;
      }
    }
    int dot = id.lastIndexOf('.', end - 1);
    if (dot > 0 && dot < id.length() - 1) {
      CaseName split = new CaseName(id.substring(0, dot), id.substring(dot + 1));
      if (id.equals(id(split.group, split.name))) {
        return split;
      }
    }
    return new CaseName("", id);
  }

  /**
   * The id of a test: {@code group.name}, or the name alone where it says the group already.
   *
   * @param group empty for none
   */
  static String id(String group, String name) {
    if (group.isEmpty() || name.equals(group) || repeats(group, name)) {
      return name;
    }
    return name.isEmpty() ? group : group + "." + name;
  }

  /** The id where a report may lack the group, which its suite then stands for. */
  static String id(@Nullable String group, String name, String suite) {
    return id(group == null ? suite : group, name);
  }

  private static boolean repeats(String group, String name) {
    if (name.length() <= group.length()) {
      return false;
    }
    boolean begins = name.startsWith(group) && SEPARATORS.indexOf(name.charAt(group.length())) >= 0;
    int before = name.length() - group.length() - 1;
    return begins || (name.endsWith(group) && name.charAt(before) == ' ');
  }
}
