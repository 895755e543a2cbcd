package dev.headgate.config;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a Python project is tested: what makes its own environment comes before what needs one. */
final class PythonTools {
  private static final Pattern TOX = Pattern.compile("(?m)^\\[(?:tox|testenv)[^\\]]*\\]");
  private static final Pattern TOX_IN_SETUP = Pattern.compile("(?m)^\\[tox:tox\\]");
  private static final Pattern TOX_IN_PYPROJECT = Pattern.compile("(?m)^\\s*\\[tool\\.tox[.\\]]");
  private static final Pattern PYTEST_SECTION =
      Pattern.compile("(?m)^\\s*\\[(?:tool\\.pytest[^\\]]*|tool:pytest|pytest)\\]");
  private static final Pattern PYTEST_REQUIRED =
      Pattern.compile("(?m)(?:^|[\\s\"'\\[,])pytest(?:[\\s\"'=<>~!;,\\[]|$)");
  private static final Pattern TEST_FILE = Pattern.compile("test_\\w+\\.py|\\w+_test\\.py");
  private static final String NEEDS_PACKAGES =
      "The command takes the project's Python packages from this machine.";

  private PythonTools() {}

  static Optional<Tool> find(Clues clues) {
    if (clues.matches("tox.ini", TOX)
        || clues.has("tox.toml")
        || clues.matches("setup.cfg", TOX_IN_SETUP)
        || clues.matches("pyproject.toml", TOX_IN_PYPROJECT)) {
      return Optional.of(new Tool("python", "Python with tox", "python3 -m tox"));
    }
    if (clues.has("noxfile.py")) {
      return Optional.of(new Tool("python", "Python with nox", "python3 -m nox"));
    }
    if (clues.has(".stestr.conf")) {
      return Optional.of(installed("Python with stestr", "python3 -m stestr run --subunit"));
    }
    return usesPytest(clues) ? Optional.of(pytest(clues)) : unittest(clues);
  }

  private static Tool pytest(Clues clues) {
    if (clues.has("uv.lock")) {
      return new Tool("python", "Python with uv and pytest", "uv run --locked pytest");
    }
    if (clues.has("poetry.lock")) {
      return new Tool(
          "python", "Python with Poetry and pytest", "poetry install && poetry run pytest");
    }
    return installed("Python with pytest", "python3 -m pytest");
  }

  private static boolean usesPytest(Clues clues) {
    return clues.hasAny("pytest.ini", ".pytest.ini", "pytest.toml", "conftest.py")
        || List.of("pyproject.toml", "setup.cfg", "tox.ini").stream()
            .anyMatch(file -> clues.matches(file, PYTEST_SECTION))
        || List.of(
                "pyproject.toml",
                "setup.cfg",
                "setup.py",
                "requirements.txt",
                "requirements-dev.txt",
                "dev-requirements.txt",
                "test-requirements.txt",
                "requirements-test.txt")
            .stream()
            .anyMatch(file -> clues.matches(file, PYTEST_REQUIRED));
  }

  private static Optional<Tool> unittest(Clues clues) {
    if (clues.names().stream().anyMatch(name -> TEST_FILE.matcher(name).matches())) {
      String pattern =
          clues.names().stream().anyMatch(name -> name.startsWith("test_"))
              ? ""
              : " -p '*_test.py'";
      return Optional.of(
          installed("Python with unittest", "python3 -m unittest discover" + pattern));
    }
    if (!clues.hasAny("pyproject.toml", "setup.py", "setup.cfg", "requirements.txt")) {
      return Optional.empty();
    }
    return clues
        .first("tests", "test")
        .map(folder -> {
          boolean isPackage = clues.contents().apply(folder + "/__init__.py").isPresent();
          String where = isPackage ? "" : " -s " + folder;
          return installed("Python with unittest", "python3 -m unittest discover" + where);
        });
  }

  private static Tool installed(String what, String run) {
    return new Tool("python", what, run, "", List.of(NEEDS_PACKAGES));
  }
}
