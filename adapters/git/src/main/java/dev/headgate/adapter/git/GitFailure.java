package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what git says when the machine or the repository is broken into what a person can do. */
final class GitFailure {
  /** Enough of git's own words to search for, few enough to read. */
  private static final int MAX_QUOTED_CHARACTERS = 1000;

  private static final Pattern LOCKED =
      Pattern.compile("Unable to create '(.*\\.lock)': File exists");

  private static final Pattern DISTRUSTED =
      Pattern.compile("dubious ownership in repository at '(.*)'");

  private GitFailure() {}

  static EnvironmentException of(Path folder, List<String> arguments, Finished finished) {
    return new EnvironmentException(explain(folder, arguments, finished));
  }

  private static String explain(Path folder, List<String> arguments, Finished finished) {
    String said = finished.error();
    Matcher locked = LOCKED.matcher(said);
    if (locked.find()) {
      return "another git works in "
          + folder
          + ", or one was killed there: if none runs, remove "
          + locked.group(1)
          + " and run again";
    }
    if (said.contains("No space left on device")
        || said.contains("Out of diskspace")
        || said.contains("Disk quota exceeded")) {
      return "the disk is full: git could not write in "
          + folder
          + "; free space and run again"
          + quoted(said);
    }
    Matcher distrusted = DISTRUSTED.matcher(said);
    if (distrusted.find()) {
      return "the repository at "
          + distrusted.group(1)
          + " belongs to another user, so git does not trust it: if you do, run: git config --global"
          + " --add safe.directory "
          + distrusted.group(1);
    }
    if (said.contains("Permission denied")
        || said.contains("Read-only file system")
        || said.contains("insufficient permission")) {
      return "git may not write in "
          + folder
          + ": give yourself the right to, and run again"
          + quoted(said);
    }
    if (said.contains("unable to write") || said.contains("write error")) {
      return "git could not write in "
          + folder
          + ": see that the disk has space and the folder is yours, and run again"
          + quoted(said);
    }
    if (isDamage(said)) {
      return "the repository at "
          + folder
          + " is damaged or lacks objects: run git fsck there"
          + quoted(said);
    }
    String command = arguments.isEmpty() ? "" : " " + arguments.getFirst();
    return "git"
        + command
        + " failed in "
        + folder
        + " with status "
        + finished.exit()
        + quoted(said);
  }

  private static boolean isDamage(String said) {
    return said.contains("is corrupt")
        || said.contains("is empty")
        || said.contains("bad object")
        || said.contains("unable to read tree")
        || said.contains("missing blob")
        || said.contains("unable to read");
  }

  private static String quoted(String said) {
    if (said.isEmpty()) {
      return "";
    }
    String end =
        said.length() <= MAX_QUOTED_CHARACTERS
            ? said
            : "…" + said.substring(said.length() - MAX_QUOTED_CHARACTERS);
    return "\ngit says: " + end.replace("\n", "\n  ");
  }
}
