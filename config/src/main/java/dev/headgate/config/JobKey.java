package dev.headgate.config;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The keys of a job. */
enum JobKey {
  RUN("run"),
  NEEDS("needs"),
  TIMEOUT("timeout"),
  VOTING("voting"),
  ATTEMPTS("attempts"),
  RETRY("retry"),
  FILES("files"),
  ENV("env"),
  KEEP("keep");

  /** All of them as they are written, in the order of the reference. */
  static final List<String> NAMES = Arrays.stream(values()).map(key -> key.text).toList();

  final String text;

  JobKey(String text) {
    this.text = text;
  }

  static Optional<JobKey> of(String text) {
    return Arrays.stream(values()).filter(key -> key.text.equals(text)).findFirst();
  }
}
