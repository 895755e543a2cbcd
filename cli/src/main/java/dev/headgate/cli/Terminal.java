package dev.headgate.cli;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the terminal: which outputs are one, whether they may be coloured, how wide.
 *
 * <p>In a pipe there are no colours and no cursor movement: {@link #live} is false.
 */
final class Terminal {
  /** The width where nobody knows it: what pipes and old terminals are read with. */
  static final int DEFAULT_COLUMNS = 80;

  /** Outside these bounds a width is a mistake of whoever set it. */
  private static final int LEAST_COLUMNS = 20;

  private static final int MOST_COLUMNS = 1000;

  /** {@code stty} answers in 2 ms; a terminal that has not by now will not. */
  private static final long STTY_MILLIS = 500;

  /** A window may be resized under a live display; asking more often costs more than it shows. */
  private static final long REMEASURE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final boolean out;
  private final boolean err;
  private final Map<String, String> environment;
  private int columns;
  private long measuredAt;

  private Terminal(boolean out, boolean err, Map<String, String> environment) {
    this.out = out;
    this.err = err;
    this.environment = environment;
  }

  /**
   * A terminal as the launcher saw it.
   *
   * @param descriptors the descriptors that are terminals: a string with {@code 1}, {@code 2}, both
   *     or none; null if no launcher looked, and then the JDK is asked, which knows only whether
   *     input and output both are
   * @param environment the variables that say what it can do
   */
  // The API still allows null, and the JDK without its jdk.internal.le module returns it.
  @SuppressWarnings("SystemConsoleNull")
  static Terminal of(@Nullable String descriptors, Map<String, String> environment) {
    if (descriptors == null) {
      java.io.Console console = System.console();
      boolean terminal = console != null && console.isTerminal();
      return new Terminal(terminal, terminal, environment);
    }
    return new Terminal(descriptors.contains("1"), descriptors.contains("2"), environment);
  }

  /** No terminal: a pipe, a file, a test. */
  static Terminal none() {
    return new Terminal(false, false, Map.of());
  }

  /** Whether lines on standard output may be drawn again. */
  boolean live() {
    return out && !dumb();
  }

  boolean coloursOnOut() {
    return out && coloursAllowed();
  }

  boolean coloursOnErr() {
    return err && coloursAllowed();
  }

  /**
   * The columns of a line: {@code COLUMNS} if it is set, else the terminal's own, else {@link
   * #DEFAULT_COLUMNS}. Asked again at most every two seconds.
   */
  synchronized int columns() {
    long now = System.nanoTime();
    if (columns == 0 || now - measuredAt > REMEASURE_NANOS) {
      columns = measure();
      measuredAt = now;
    }
    return columns;
  }

  /** https://no-color.org: any value that is not empty forbids colours. */
  private boolean coloursAllowed() {
    return environment.getOrDefault("NO_COLOR", "").isEmpty() && !dumb();
  }

  private boolean dumb() {
    String kind = environment.getOrDefault("TERM", "");
    return kind.isEmpty() || kind.equals("dumb");
  }

  private int measure() {
    int set = plausible(environment.getOrDefault("COLUMNS", ""));
    if (set != 0 || !(out || err)) {
      return set == 0 ? DEFAULT_COLUMNS : set;
    }
    int asked = plausible(askTerminal());
    return asked == 0 ? DEFAULT_COLUMNS : asked;
  }

  private static int plausible(String text) {
    try {
      int number = Integer.parseInt(text);
      return number < LEAST_COLUMNS || number > MOST_COLUMNS ? 0 : number;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** The columns that {@code stty size} tells; empty if it cannot. */
  private static String askTerminal() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Redirect.from(new File("/dev/tty")))
              .redirectError(Redirect.DISCARD)
              .start();
      if (!stty.waitFor(STTY_MILLIS, TimeUnit.MILLISECONDS)) {
        stty.destroyForcibly();
        return "";
      }
      String answer =
          new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      return answer.substring(answer.indexOf(' ') + 1);
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
