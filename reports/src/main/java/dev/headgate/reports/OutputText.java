package dev.headgate.reports;

import java.util.function.Consumer;

/**
 * What a test wrote, in which lines like {@code [[ATTACHMENT|path]]} name files that belong to it
 * (the convention of Jenkins' attachments plugin, which GitLab reads too).
 */
final class OutputText implements TextTarget {
  private static final String START = "[[ATTACHMENT|";
  private static final String END = "]]";

  /** No line that names a file is longer. */
  private static final int MAX_LINE = 1 << 12;

  private final TextTarget file;
  private final Consumer<String> attachments;
  private final StringBuilder line = new StringBuilder();

  /**
   * @param attachments takes the paths, each when its line has ended
   */
  OutputText(TextTarget file, Consumer<String> attachments) {
    this.file = file;
    this.attachments = attachments;
  }

  @Override
  public void add(CharSequence text) {
    file.add(text);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        look();
      } else if (line.length() < MAX_LINE) {
        line.append(c);
      }
    }
  }

  @Override
  public void end() {
    file.end();
    look();
  }

  @Override
  public void abandon() {
    file.abandon();
    look();
  }

  private void look() {
    int from = line.indexOf(START);
    while (from >= 0) {
      int to = line.indexOf(END, from);
      if (to < 0) {
        break;
      }
      attachments.accept(line.substring(from + START.length(), to).strip());
      from = line.indexOf(START, to);
    }
    line.setLength(0);
  }
}
