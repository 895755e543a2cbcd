package dev.headgate.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads lists of path patterns. */
final class GlobReader {
  private final Problems problems;
  private final Problems warnings;
  private final Values values;

  GlobReader(Problems problems, Problems warnings) {
    this.problems = problems;
    this.warnings = warnings;
    this.values = new Values(problems);
  }

  /** Patterns over changed files, relative to the repository's root. */
  List<String> files(Values.Value value) {
    List<String> globs = new ArrayList<>();
    for (Values.Value item : values.items(value, "name files, as in: files: [\"src/**\"]")) {
      values.text(item, "").filter(glob -> checkFile(item, glob)).ifPresent(globs::add);
    }
    return globs;
  }

  /** Patterns of report files, relative to the working tree. */
  List<String> results(Values.Value value) {
    List<String> globs = new ArrayList<>();
    String example = "name report files, as in: results: [\"build/reports/*.xml\"]";
    for (Values.Value item : values.items(value, example)) {
      values.text(item, "").filter(glob -> checkFile(item, glob)).ifPresent(globs::add);
    }
    return globs;
  }

  /** Patterns of what survives between builds of a slot. */
  List<String> keep(Values.Value value) {
    List<String> paths = new ArrayList<>();
    for (Values.Value item : values.items(value, "name paths, as in: keep: [node_modules]")) {
      values.text(item, "").filter(path -> checkKept(item, path)).ifPresent(paths::add);
    }
    return paths;
  }

  private boolean checkKept(Values.Value item, String path) {
    if (path.startsWith("~")) {
      warnings.add(
          item.at(),
          Words.quote(path) + " is not in the working tree",
          "'keep' is about the working tree; nothing else is cleaned between builds");
    }
    return checkCommon(item, path);
  }

  private boolean checkFile(Values.Value item, String glob) {
    if (!checkCommon(item, glob)) {
      return false;
    }
    Optional<String> relative = relative(glob);
    if (relative.isPresent()) {
      problems.add(
          item.at(),
          Words.quote(glob) + " matches no file: paths are relative to the repository's root",
          "write " + Words.quote(relative.get()));
      return false;
    }
    if (glob.indexOf('{') >= 0 || glob.indexOf('[') >= 0) {
      warnings.add(
          item.at(),
          "braces and brackets in " + Words.quote(glob) + " match only themselves",
          "the wildcards are '*', '?' and '**'");
    }
    return true;
  }

  private static Optional<String> relative(String glob) {
    String rest = glob;
    while (rest.startsWith("/") || rest.startsWith("./")) {
      rest = rest.substring(rest.indexOf('/') + 1);
    }
    return rest.equals(glob) ? Optional.empty() : Optional.of(rest.isEmpty() ? "**" : rest);
  }

  private boolean checkCommon(Values.Value item, String glob) {
    if (glob.startsWith("!")) {
      problems.add(
          item.at(),
          "negated patterns are not supported: " + Words.quote(glob),
          "name what is meant");
      return false;
    }
    if (("/" + glob + "/").contains("/../")) {
      problems.add(
          item.at(), Words.quote(glob) + " leaves the repository", "write a path without '..'");
      return false;
    }
    return true;
  }
}
