package dev.headgate.runner;

import dev.headgate.model.PathGlob;

/**
 * One pattern of report files.
 *
 * @param text as it was configured
 * @param tail what every match ends with: most files of a tree are dismissed by it alone
 */
record ResultGlob(String text, String tail) {
  static ResultGlob of(String text) {
    String tail = text.substring(Math.max(text.lastIndexOf('*'), text.lastIndexOf('?')) + 1);
    boolean folder = text.endsWith("/");
    // Of a pattern like **/a.xml the slash need not be there.
    boolean optional = text.contains("**") && tail.startsWith("/");
    return new ResultGlob(text, folder ? "" : optional ? tail.substring(1) : tail);
  }

  boolean matches(String path) {
    return path.endsWith(tail) && PathGlob.matches(text, path);
  }

  boolean mayMatchBelow(String folder) {
    return PathGlob.mayMatchBelow(text, folder);
  }
}
