package dev.headgate.adapter.git;

import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;

/** The text of the commit by which a change lands; a pure function of what it is made of. */
final class MergeCommit {
  static final String COMMITTER = "Headgate <headgate@localhost>";

  private MergeCommit() {}

  /**
   * The author is the change's, the committer Headgate, and the date the later parent's, so that no
   * clock has a say.
   */
  static String text(
      ChangeId change,
      String tree,
      Content base,
      CommitText onto,
      Content revision,
      CommitText newest) {
    CommitText later = newest.committedSeconds() > onto.committedSeconds() ? newest : onto;
    String committer = COMMITTER + " " + later.committedAt();
    String author = newest.cleanAuthor().isEmpty() ? committer : newest.cleanAuthor();
    String name = oneLine(change.value());
    String subject = oneLine(newest.subject());
    return "tree "
        + tree
        + "\n"
        + "parent "
        + base.value()
        + "\n"
        + "parent "
        + revision.value()
        + "\n"
        + "author "
        + author
        + "\n"
        + "committer "
        + committer
        + "\n\n"
        + "Merge "
        + name
        + (subject.isEmpty() ? "" : ": " + subject)
        + "\n\n"
        + "Headgate-Change: "
        + name
        + "\n";
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ").strip();
  }
}
