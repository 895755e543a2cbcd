package dev.headgate.config;

import java.util.Optional;
import java.util.regex.Pattern;

/** The build tools of compiled languages, each known by one file. */
final class CompiledTools {
  private static final Pattern WORKSPACE = Pattern.compile("(?m)^\\s*\\[workspace[.\\]]");

  private CompiledTools() {}

  static Optional<Tool> maven(Clues clues) {
    if (!clues.has("pom.xml")) {
      return Optional.empty();
    }
    return Optional.of(
        clues.has("mvnw")
            ? new Tool("maven", "Maven with its wrapper (pom.xml, mvnw)", "./mvnw -B verify")
            : new Tool("maven", "Maven (pom.xml)", "mvn -B verify"));
  }

  /** Without the daemon, which would outlive the job. */
  static Optional<Tool> gradle(Clues clues) {
    return clues
        .first("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts")
        .map(file ->
            clues.has("gradlew")
                ? new Tool(
                    "gradle",
                    "Gradle with its wrapper (" + file + ", gradlew)",
                    "./gradlew --no-daemon check")
                : new Tool("gradle", "Gradle (" + file + ")", "gradle --no-daemon check"));
  }

  static Optional<Tool> cargo(Clues clues) {
    if (!clues.has("Cargo.toml")) {
      return Optional.empty();
    }
    String all = clues.matches("Cargo.toml", WORKSPACE) ? " --workspace" : "";
    String locked = clues.has("Cargo.lock") ? " --locked" : "";
    return Optional.of(new Tool("cargo", "Cargo (Cargo.toml)", "cargo test" + all + locked));
  }

  static Optional<Tool> go(Clues clues) {
    return clues.has("go.mod")
        ? Optional.of(new Tool("go", "Go (go.mod)", "go test ./..."))
        : Optional.empty();
  }
}
