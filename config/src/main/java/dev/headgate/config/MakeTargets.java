package dev.headgate.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the target of a makefile that runs the tests. */
final class MakeTargets {
  /** A rule's targets: no recipe line, no assignment ({@code x := y}, {@code x ::= y}). */
  private static final Pattern RULE = Pattern.compile("(?m)^([^\\s:=#][^:=#\\n\\t]*):(?!:{0,2}=)");

  private MakeTargets() {}

  /** Gives the tool, or says why a makefile gives none. */
  static Optional<Tool> find(Clues clues, List<String> passedOver) {
    // The order in which GNU make looks for them.
    Optional<String> file = clues.first("GNUmakefile", "makefile", "Makefile");
    if (file.isEmpty()) {
      return Optional.empty();
    }
    Set<String> targets = new LinkedHashSet<>();
    Matcher matcher = RULE.matcher(clues.text(file.get()));
    while (matcher.find()) {
      targets.addAll(List.of(matcher.group(1).strip().split("\\s+")));
    }
    for (String target : List.of("check", "test")) {
      if (targets.contains(target)) {
        String what = "make (" + file.get() + ", target " + target + ")";
        return Optional.of(new Tool("make", what, "make " + target));
      }
    }
    passedOver.add(file.get() + " has neither a target check nor test");
    return Optional.empty();
  }
}
