package dev.headgate.adapter.git;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what {@code merge-tree -z --messages} says of a conflict: the tree, an entry for each stage
 * of each conflicting path, an empty field, then messages of a count, so many paths, a type and a
 * text.
 */
final class ConflictReport {
  /** As many files as a person reads; the count of the others follows. */
  static final int MAX_NAMED = 10;

  private static final Pattern KIND = Pattern.compile("CONFLICT \\(([^)]*)\\)");

  private ConflictReport() {}

  /** One sentence that names the files and in what way each conflicts; empty if none is named. */
  static String sentence(byte[] output) {
    String[] fields = new String(output, StandardCharsets.UTF_8).split("\0", -1);
    Map<String, String> kinds = new LinkedHashMap<>();
    int at = 1;
    while (at < fields.length && !fields[at].isEmpty()) {
      kinds.put(fields[at].substring(fields[at].indexOf('\t') + 1), "");
      at++;
    }
    readKinds(fields, at + 1, kinds);
    return sentence(kinds);
  }

  private static void readKinds(String[] fields, int start, Map<String, String> kinds) {
    int at = start;
    while (at < fields.length && fields[at].matches("\\d{1,9}")) {
      int paths = Integer.parseInt(fields[at]);
      int text = at + paths + 2;
      if (text >= fields.length) {
        return;
      }
      Matcher kind = KIND.matcher(fields[text]);
      if (kind.find() && paths > 0) {
        kinds.merge(fields[at + 1], kind.group(1), (old, next) -> old.isEmpty() ? next : old);
      }
      at = text + 1;
    }
  }

  private static String sentence(Map<String, String> kinds) {
    if (kinds.isEmpty()) {
      return "";
    }
    List<String> named = new ArrayList<>();
    kinds.forEach((file, kind) -> named.add(kind.isEmpty() ? file : file + " (" + kind + ")"));
    int more = named.size() - MAX_NAMED;
    String list = String.join(", ", named.subList(0, Math.min(named.size(), MAX_NAMED)));
    return "it conflicts in " + list + (more > 0 ? " and " + more + " more" : "");
  }
}
