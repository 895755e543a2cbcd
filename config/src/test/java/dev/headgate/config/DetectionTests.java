package dev.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.Job;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DetectionTests {
  private static final String TEST_SCRIPT = "{ \"scripts\": { \"test\": \"jest\" } }";

  /** A repository by its files; a value of "" is a file whose content does not matter. */
  private static Detected detect(Map<String, String> files) {
    return Detection.detect(files.keySet(), path -> Optional.ofNullable(files.get(path)));
  }

  private static Detected.Found found(Map<String, String> files) {
    Detected detected = detect(files);
    assertThat(detected).isInstanceOf(Detected.Found.class);
    return (Detected.Found) detected;
  }

  /** The commands by job, read from the proposal by the parser itself. */
  private static Map<String, String> commands(Map<String, String> files) {
    String yaml = found(files).yaml();
    Parsed parsed = RepositoryConfig.parse("proposal", yaml);
    assertThat(parsed).as(yaml).isInstanceOf(Parsed.Valid.class);
    assertThat(((Parsed.Valid) parsed).warnings()).as(yaml).isEmpty();
    Map<String, String> commands = new LinkedHashMap<>();
    for (Job job : ((Parsed.Valid) parsed).config().graph("gate").jobs()) {
      commands.put(job.name().value(), job.run());
    }
    return commands;
  }

  private static String message(Map<String, String> files) {
    Detected detected = detect(files);
    assertThat(detected).isInstanceOf(Detected.Nothing.class);
    return ((Detected.Nothing) detected).message();
  }

  @Test
  void mavenProposalIsThisFile() {
    assertThat(found(Map.of("pom.xml", "", "src", "", "README.md", "")).yaml())
        .isEqualTo(
            """
            # A change lands only if these jobs pass on the very commit that would land.
            # Found: Maven (pom.xml).
            jobs:
              test: mvn -B verify
            """);
  }

  @Test
  void npmProposalIsThisFile() {
    assertThat(found(Map.of("package.json", TEST_SCRIPT)).yaml())
        .isEqualTo(
            """
            # A change lands only if these jobs pass on the very commit that would land.
            # Found: npm (package.json).
            # Without a lock file in the repository, npm may choose other packages each time.
            jobs:
              test:
                run: npm install && npm test
                env: { CI: "true" }
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pom.xml | mvn -B verify",
        "pom.xml mvnw .mvn | ./mvnw -B verify",
        "build.gradle | gradle --no-daemon check",
        "build.gradle.kts gradlew | ./gradlew --no-daemon check",
        "settings.gradle.kts gradlew | ./gradlew --no-daemon check",
        "Cargo.toml | cargo test",
        "Cargo.toml Cargo.lock | cargo test --locked",
        "go.mod go.sum | go test ./...",
        "noxfile.py pyproject.toml | python3 -m nox",
        "tox.toml | python3 -m tox",
        ".stestr.conf setup.cfg | python3 -m stestr run --subunit",
        "conftest.py | python3 -m pytest",
        "pytest.ini uv.lock | uv run --locked pytest",
        "pytest.ini poetry.lock | poetry install && poetry run pytest",
        "setup.py tests | python3 -m unittest discover -s tests",
        "pyproject.toml test/ | python3 -m unittest discover -s test",
        "test_all.py | python3 -m unittest discover",
        "all_test.py | python3 -m unittest discover -p '*_test.py'",
      })
  void toolIsKnownByItsFiles(String files, String command) {
    Map<String, String> repository =
        List.of(files.split(" ")).stream().collect(Collectors.toMap(file -> file, file -> ""));
    assertThat(commands(repository)).containsExactly(Map.entry("test", command));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "package-lock.json | npm ci && npm test",
        "npm-shrinkwrap.json | npm ci && npm test",
        "yarn.lock | yarn install --frozen-lockfile && yarn test",
        "yarn.lock .yarnrc.yml | yarn install --immutable && yarn test",
        "pnpm-lock.yaml | pnpm install --frozen-lockfile && pnpm test",
        "pnpm-lock.yaml package-lock.json | pnpm install --frozen-lockfile && pnpm test",
        "bun.lockb | bun install --frozen-lockfile && bun run test",
        "bun.lock | bun install --frozen-lockfile && bun run test",
        "README | npm install && npm test",
      })
  void lockFileDecidesThePackageManager(String files, String command) {
    Map<String, String> repository = new LinkedHashMap<>();
    List.of(files.split(" ")).forEach(file -> repository.put(file, ""));
    repository.put("package.json", TEST_SCRIPT);
    assertThat(commands(repository)).containsExactly(Map.entry("test", command));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "npm@10.2.0 | npm ci && npm test",
        "yarn@1.22.0 | yarn install --frozen-lockfile && yarn test",
        "yarn@4.1.0+sha256.ab | yarn install --immutable && yarn test",
        "pnpm@9 | pnpm install && pnpm test",
        "unknown | yarn install --frozen-lockfile && yarn test",
      })
  void declaredPackageManagerIsStrongerThanLockFiles(String declared, String command) {
    String json =
        "{ \"packageManager\": \"" + declared + "\", \"scripts\": { \"test\": \"jest\" } }";
    Map<String, String> repository =
        Map.of("package.json", json, "package-lock.json", "", "yarn.lock", "");
    assertThat(commands(repository)).containsExactly(Map.entry("test", command));
  }

  @Test
  void packageJsonIsReadAsJsonWhateverItsLayout() {
    String json =
        "\uFEFF{\r\n\t\"name\": \"a\\/b \\u00e9\\ud83d\\ude00\",\r\n\t\"scripts\":{\"test\":\"a: b # c\"},\"x\":[1,-2e3,null]}";
    assertThat(commands(Map.of("package.json", json))).containsKey("test");
  }

  @Test
  void packageJsonWithoutAUsableTestScriptIsPassedOver() {
    for (String json :
        List.of(
            "{}",
            "[]",
            "{ \"scripts\": { \"build\": \"x\" } }",
            "{ \"scripts\": { \"test\": \"\" } }",
            "{ \"scripts\": [\"test\"] }",
            "{ \"scripts\": { \"test\": \"echo \\\"Error: no test specified\\\" && exit 1\" } }")) {
      assertThat(message(Map.of("package.json", json))).as(json).contains("package.json");
    }
    assertThat(message(Map.of("package.json", "{ \"scripts\": ")))
        .contains("but package.json cannot be read as JSON");
    assertThat(commands(Map.of("package.json", "{}", "pom.xml", ""))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "check:\\n\\ttrue\\n | make check",
        "test:\\n\\ttrue\\n | make test",
        "test: build\\ncheck: test\\n | make check",
        ".PHONY: all test\\nall test: x\\n | make test",
        "test::\\n\\ttrue\\n | make test",
        "V := 1\\ntest : x\\n | make test",
      })
  void makeTargetIsFoundInRules(String makefile, String command) {
    String text = makefile.replace("\\n", "\n").replace("\\t", "\t");
    for (String name : List.of("Makefile", "makefile", "GNUmakefile")) {
      assertThat(commands(Map.of(name, text))).containsExactly(Map.entry("test", command));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all:\\n\\ttest: x\\n",
        ".PHONY: test\\n",
        "check := 1\\ntest ::= 2\\ncheck :::= 3\\ntest = a:b\\n",
        "# test: x\\n",
        "testing: x\\nall: test\\n",
        "''",
      })
  void whatOnlyLooksLikeATargetIsNone(String makefile) {
    String text = makefile.replace("\\n", "\n").replace("\\t", "\t");
    assertThat(message(Map.of("Makefile", text)))
        .contains("but Makefile has neither a target check nor test");
  }

  @Test
  void toxIsKnownByASectionOfItsOwn() {
    assertThat(commands(Map.of("tox.ini", "[tox]\nenvlist = py\n")))
        .containsEntry("test", "python3 -m tox");
    assertThat(commands(Map.of("tox.ini", "[testenv:py]\n")))
        .containsEntry("test", "python3 -m tox");
    assertThat(commands(Map.of("tox.ini", "[pytest]\n")))
        .containsEntry("test", "python3 -m pytest");
    assertThat(commands(Map.of("pyproject.toml", "[tool.tox]\n")))
        .containsEntry("test", "python3 -m tox");
    assertThat(message(Map.of("tox.ini", "[flake8]\n"))).startsWith("nothing was found");
  }

  @Test
  void pytestIsKnownByItsSectionOrAsARequirement() {
    for (Map<String, String> files :
        List.of(
            Map.of("pyproject.toml", "[tool.pytest.ini_options]\n"),
            Map.of("setup.cfg", "[tool:pytest]\n"),
            Map.of("requirements.txt", "flask\npytest>=7\n"),
            Map.of("pyproject.toml", "test = [\"pytest\", \"x\"]\n"),
            Map.of("pyproject.toml", "pytest = \"^8\"\n"))) {
      assertThat(commands(files)).as(files.toString()).containsEntry("test", "python3 -m pytest");
    }
    assertThat(message(Map.of("requirements.txt", "pytest-cov\nmypytest\n")))
        .startsWith("nothing was found");
  }

  @Test
  void testPackageIsDiscoveredFromTheRoot() {
    Map<String, String> files = Map.of("setup.py", "", "tests", "", "tests/__init__.py", "");
    assertThat(commands(files)).containsEntry("test", "python3 -m unittest discover");
  }

  @Test
  void cargoWorkspaceIsTestedWhole() {
    assertThat(commands(Map.of("Cargo.toml", "[package]\n[workspace]\nmembers = []\n")))
        .containsEntry("test", "cargo test --workspace");
  }

  @Test
  void severalLanguagesAreAJobEachInAFixedOrder() {
    Map<String, String> files =
        Map.of("package.json", TEST_SCRIPT, "package-lock.json", "", "go.mod", "", "pom.xml", "");
    assertThat(commands(files))
        .containsExactly(
            Map.entry("maven", "mvn -B verify"),
            Map.entry("go", "go test ./..."),
            Map.entry("npm", "npm ci && npm test"));
    assertThat(found(files).tools())
        .containsExactly("Maven (pom.xml)", "Go (go.mod)", "npm (package.json)");
  }

  @Test
  void secondWayToTestTheSameIsOfferedInAComment() {
    Map<String, String> files =
        Map.of("pom.xml", "", "build.gradle", "", "gradlew", "", "Makefile", "check:\n");
    assertThat(commands(files)).containsExactly(Map.entry("test", "mvn -B verify"));
    assertThat(found(files).yaml())
        .contains(
            "# Found too: Gradle with its wrapper (build.gradle, gradlew)."
                + " If that is how to test, write: test: ./gradlew --no-daemon check\n",
            "# Found too: make (Makefile, target check)."
                + " If that is how to test, write: test: make check\n");
  }

  @Test
  void filesThatCannotBeReadAreAsIfEmpty() {
    assertThat(Detection.detect(java.util.Set.of("pom.xml", "Makefile"), path -> Optional.empty()))
        .isInstanceOf(Detected.Found.class);
    assertThat(
            Detection.detect(java.util.Set.of("package.json", "tox.ini"), path -> Optional.empty()))
        .isInstanceOf(Detected.Nothing.class);
  }

  @Test
  void whereNothingIsFoundTheMessageEndsWithAFileThatWorks() {
    String message = message(Map.of("README.md", "", "main.c", ""));
    assertThat(message).startsWith("nothing was found that says how to test this repository\n");
    String example = message.substring(message.indexOf("\n\n") + 2);
    assertThat(RepositoryConfig.parse("example", example)).isInstanceOf(Parsed.Valid.class);
  }
}
