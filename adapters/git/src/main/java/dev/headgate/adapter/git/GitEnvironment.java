package dev.headgate.adapter.git;

import java.util.Map;
import java.util.Set;

/** The environment that git processes get. */
final class GitEnvironment {
  /**
   * What a user says about reaching remotes and finding settings stays; everything else of git's,
   * above all which repository, index and work tree to use, is another command's business.
   */
  private static final Set<String> KEPT =
      Set.of(
          "GIT_ALLOW_PROTOCOL",
          "GIT_CEILING_DIRECTORIES",
          "GIT_CONFIG_COUNT",
          "GIT_CONFIG_GLOBAL",
          "GIT_CONFIG_NOSYSTEM",
          "GIT_CONFIG_PARAMETERS",
          "GIT_CONFIG_SYSTEM",
          "GIT_DISCOVERY_ACROSS_FILESYSTEM",
          "GIT_EXEC_PATH",
          "GIT_PROXY_COMMAND",
          "GIT_SSH",
          "GIT_SSH_COMMAND",
          "GIT_SSH_VARIANT",
          "GIT_TEMPLATE_DIR");

  private GitEnvironment() {}

  static void scrub(Map<String, String> environment) {
    environment.keySet().removeIf(name -> name.startsWith("GIT_") && !isKept(name));
    environment.put("LC_ALL", "C");
    environment.put("LANGUAGE", "");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    environment.put("GIT_PAGER", "cat");
    environment.put("GIT_EDITOR", "false");
    environment.put("GIT_OPTIONAL_LOCKS", "0");
    // ssh asks on the terminal unless a program is forced to answer for it; this one answers no.
    environment.put("SSH_ASKPASS", "false");
    environment.put("SSH_ASKPASS_REQUIRE", "force");
  }

  private static boolean isKept(String name) {
    return KEPT.contains(name)
        || name.startsWith("GIT_CONFIG_KEY_")
        || name.startsWith("GIT_CONFIG_VALUE_")
        || name.startsWith("GIT_SSL_")
        || name.startsWith("GIT_HTTP_");
  }
}
