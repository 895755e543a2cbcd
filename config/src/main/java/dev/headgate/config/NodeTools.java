package dev.headgate.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a package.json is tested: its test script, with the package manager whose lock file is there.
 */
final class NodeTools {
  private static final String FILE = "package.json";

  /** What {@code npm init} writes where there is no test. */
  private static final String PLACEHOLDER = "no test specified";

  private static final Pattern MANAGER = Pattern.compile("(npm|yarn|pnpm|bun)@(\\d+).*");

  /**
   * Many test scripts watch for changes and never end unless this says that nobody watches them.
   */
  private static final String ENV = "{ CI: \"true\" }";

  private NodeTools() {}

  /** Gives the tool, or says why a package.json gives none. */
  static Optional<Tool> find(Clues clues, List<String> passedOver) {
    if (!clues.has(FILE)) {
      return Optional.empty();
    }
    Optional<Node.Mapping> root = json(clues.text(FILE));
    if (root.isEmpty()) {
      passedOver.add("package.json cannot be read as JSON");
      return Optional.empty();
    }
    Optional<String> script =
        root.flatMap(top -> field(top, "scripts"))
            .flatMap(NodeTools::mapping)
            .flatMap(scripts -> field(scripts, "test"))
            .flatMap(NodeTools::text)
            .filter(command -> !command.isBlank() && !command.contains(PLACEHOLDER));
    if (script.isEmpty()) {
      passedOver.add("package.json has no test script");
      return Optional.empty();
    }
    String declared =
        root.flatMap(top -> field(top, "packageManager")).flatMap(NodeTools::text).orElse("");
    return Optional.of(tool(clues, MANAGER.matcher(declared)));
  }

  private static Tool tool(Clues clues, Matcher declared) {
    String manager = declared.matches() ? declared.group(1) : byLockFile(clues);
    return switch (manager) {
      case "pnpm" -> pnpm(clues);
      case "yarn" -> yarn(clues, declared.matches() && !declared.group(2).equals("1"));
      case "bun" -> bun(clues);
      default -> npm(clues);
    };
  }

  private static String byLockFile(Clues clues) {
    if (clues.has("pnpm-lock.yaml")) {
      return "pnpm";
    }
    if (clues.has("yarn.lock")) {
      return "yarn";
    }
    return clues.hasAny("bun.lock", "bun.lockb") ? "bun" : "npm";
  }

  private static Tool npm(Clues clues) {
    return clues.hasAny("package-lock.json", "npm-shrinkwrap.json")
        ? locked("npm", "npm ci && npm test")
        : unlocked("npm", "npm install && npm test");
  }

  private static Tool pnpm(Clues clues) {
    return clues.has("pnpm-lock.yaml")
        ? locked("pnpm", "pnpm install --frozen-lockfile && pnpm test")
        : unlocked("pnpm", "pnpm install && pnpm test");
  }

  private static Tool yarn(Clues clues, boolean declaredModern) {
    if (!clues.has("yarn.lock")) {
      return unlocked("yarn", "yarn install && yarn test");
    }
    return declaredModern || clues.has(".yarnrc.yml")
        ? locked("yarn", "yarn install --immutable && yarn test")
        : locked("yarn", "yarn install --frozen-lockfile && yarn test");
  }

  private static Tool bun(Clues clues) {
    return clues.hasAny("bun.lock", "bun.lockb")
        ? locked("bun", "bun install --frozen-lockfile && bun run test")
        : unlocked("bun", "bun install && bun run test");
  }

  private static Tool locked(String manager, String run) {
    return new Tool(manager, manager + " (package.json)", run, ENV, List.of());
  }

  private static Tool unlocked(String manager, String run) {
    String note =
        "Without a lock file in the repository, "
            + manager
            + " may choose other packages each time.";
    return new Tool(manager, manager + " (package.json)", run, ENV, List.of(note));
  }

  /** JSON is YAML, but for tabs, which cannot stand in a JSON string. */
  private static Optional<Node.Mapping> json(String text) {
    Problems problems = new Problems(FILE);
    return SourceText.check(text.replace('\t', ' '), problems)
        .flatMap(checked -> TreeReader.read(checked, problems))
        .flatMap(NodeTools::mapping);
  }

  private static Optional<Node> field(Node.Mapping mapping, String name) {
    return mapping.entries().stream()
        .filter(entry -> text(entry.key()).equals(Optional.of(name)))
        .map(Node.Entry::value)
        .findFirst();
  }

  private static Optional<Node.Mapping> mapping(Node node) {
    return node instanceof Node.Mapping mapping ? Optional.of(mapping) : Optional.empty();
  }

  private static Optional<String> text(Node node) {
    return node instanceof Node.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
  }
}
