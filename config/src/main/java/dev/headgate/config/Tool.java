package dev.headgate.config;

import java.util.List;

/**
 * A way to test a repository.
 *
 * @param job the name of its job where there are several
 * @param what what was found, for a person
 * @param run the command
 * @param env its {@code env} as YAML; empty if it needs none
 * @param notes what the user should know, a sentence each
 */
record Tool(String job, String what, String run, String env, List<String> notes) {
  Tool(String job, String what, String run) {
    this(job, what, run, "", List.of());
  }
}
