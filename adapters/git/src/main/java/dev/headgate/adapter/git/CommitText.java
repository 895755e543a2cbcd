package dev.headgate.adapter.git;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A commit as git keeps it.
 *
 * @param tree the id of its tree
 * @param parents the ids of its parents, the first first
 * @param author {@code name <email> seconds zone}
 * @param committer likewise
 * @param message the whole message
 */
record CommitText(
    String tree, List<String> parents, String author, String committer, String message) {
  /** Greedy, so that a {@code >} within a damaged name does not cut it short. */
  private static final Pattern PERSON =
      Pattern.compile("(.*) ?<([^<>]*)> (-?\\d{1,18}) ([+-]\\d{4})");

  static CommitText parse(byte[] bytes) {
    // The headers that matter for finding the encoding are ASCII; Latin-1 keeps every byte apart.
    String raw = new String(bytes, StandardCharsets.ISO_8859_1);
    String text = new String(bytes, charset(header(raw, "encoding ")));
    int end = text.indexOf("\n\n");
    String head = end < 0 ? text : text.substring(0, end);
    List<String> parents = new ArrayList<>();
    for (String line : head.split("\n", -1)) {
      if (line.startsWith("parent ")) {
        parents.add(line.substring("parent ".length()));
      }
    }
    return new CommitText(
        header(text, "tree "),
        List.copyOf(parents),
        header(text, "author "),
        header(text, "committer "),
        end < 0 ? "" : text.substring(end + 2));
  }

  private static String header(String text, String name) {
    int end = text.indexOf("\n\n");
    String head = "\n" + (end < 0 ? text : text.substring(0, end)) + "\n";
    int start = head.indexOf("\n" + name);
    if (start < 0) {
      return "";
    }
    int value = start + 1 + name.length();
    return head.substring(value, head.indexOf('\n', value));
  }

  private static Charset charset(String name) {
    try {
      return name.isBlank() ? StandardCharsets.UTF_8 : Charset.forName(name.strip());
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }

  /** The first paragraph of the message as one line; may be empty. */
  String subject() {
    String start = message.stripLeading();
    int end = start.indexOf("\n\n");
    return (end < 0 ? start : start.substring(0, end)).strip().replaceAll("\\s*\\n\\s*", " ");
  }

  /** The author in a form that git accepts in a new commit; empty if this one is damaged. */
  String cleanAuthor() {
    Matcher matcher = PERSON.matcher(author);
    return matcher.matches() ? author : "";
  }

  /** The committer's time, in seconds since 1970; 0 if the commit is damaged. */
  long committedSeconds() {
    Matcher matcher = PERSON.matcher(committer);
    return matcher.matches() ? Long.parseLong(matcher.group(3)) : 0;
  }

  /** The committer's time with its zone, as git writes it. */
  String committedAt() {
    Matcher matcher = PERSON.matcher(committer);
    return matcher.matches() ? matcher.group(3) + " " + matcher.group(4) : "0 +0000";
  }
}
