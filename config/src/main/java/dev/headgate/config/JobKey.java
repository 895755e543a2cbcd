package dev.headgate.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The keys of a job. */
enum JobKey {
  RUN("run", "script scripts command commands cmd exec steps"),
  NEEDS("needs", "depends-on dependencies after"),
  TIMEOUT("timeout", "timeout-minutes time-limit"),
  VOTING("voting", "allow-failure continue-on-error optional required"),
  ATTEMPTS("attempts", "tries"),
  RETRY("retry", "retries rerun"),
  FILES("files", "paths changes"),
  ENV("env", "environment variables"),
  KEEP("keep", "cache"),
  RESULTS("results", "junit reports report test-results"),
  HOLDS_FOLLOWERS("holds-followers", "hold-followers-changes blocking"),
  PROVIDES("provides", "produces"),
  REQUIRES("requires", "consumes"),
  SEMAPHORES("semaphores", "locks mutex resources"),
  PROJECTS("projects", "required-projects repositories"),
  DEDUPLICATE("deduplicate", "dedup"),
  NOOP("noop", "empty");

  /** All of them as they are written, in the order of the reference. */
  static final List<String> NAMES = Arrays.stream(values()).map(key -> key.text).toList();

  final String text;

  /** What other tools call it, between blanks; for hints only. */
  private final String elsewhere;

  JobKey(String text, String elsewhere) {
    this.text = text;
    this.elsewhere = elsewhere;
  }

  /** The key that an unknown one probably means. */
  static Optional<JobKey> nearest(String text) {
    String folded = text.toLowerCase(Locale.ROOT).replace('_', '-');
    return Arrays.stream(values())
        .filter(key -> List.of(key.elsewhere.split(" ")).contains(folded))
        .findFirst()
        .or(() -> Words.nearest(text, NAMES).flatMap(JobKey::of));
  }

  static Optional<JobKey> of(String text) {
    return Arrays.stream(values()).filter(key -> key.text.equals(text)).findFirst();
  }
}
