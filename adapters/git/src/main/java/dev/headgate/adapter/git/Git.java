package dev.headgate.adapter.git;

import dev.headgate.conduct.EnvironmentException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs the native git program in one folder; immutable, safe for any thread.
 *
 * <p>What the caller's environment says of repositories, indexes and work trees is dropped, since
 * we may be called from a hook of another one; nothing is ever asked of a person; hooks are off
 * unless {@link #withHooks} turns them on; git starts no background work of its own.
 */
final class Git {
  /** More than any local command takes; a larger one means that the process hangs. */
  static final Duration LOCAL_TIMEOUT = Duration.ofMinutes(2);

  /** Commands that write a whole tree of files, perhaps through filters. */
  static final Duration CHECKOUT_TIMEOUT = Duration.ofMinutes(15);

  /** Commands that talk to a remote. */
  static final Duration REMOTE_TIMEOUT = Duration.ofMinutes(10);

  /** The most that one command may say: a listing of a million long paths. */
  private static final int MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

  /** The end of the error output that is kept for messages. */
  private static final int MAX_ERROR_BYTES = 16 * 1024;

  /** How long a pipe may stay open after git ended; an ssh master process may hold it for ever. */
  private static final Duration PIPE_GRACE = Duration.ofSeconds(2);

  private static final List<String> PINNED =
      List.of(
          "gc.auto=0",
          "maintenance.auto=false",
          "core.fsmonitor=false",
          "core.quotePath=false",
          "core.askPass=",
          "color.ui=false",
          "submodule.recurse=false",
          "trailer.separators=:",
          "log.showSignature=false",
          "advice.detachedHead=false");

  private final String program;
  private final Path folder;
  private final Map<String, String> environment;
  private final List<String> options;
  private final boolean hooks;
  private final Duration timeout;

  private Git(
      String program,
      Path folder,
      Map<String, String> environment,
      List<String> options,
      boolean hooks,
      Duration timeout) {
    this.program = program;
    this.folder = folder;
    this.environment = environment;
    this.options = options;
    this.hooks = hooks;
    this.timeout = timeout;
  }

  /** The git that the search path gives, run in the given folder. */
  static Git in(Path folder) {
    return of("git", folder);
  }

  static Git of(String program, Path folder) {
    return new Git(program, folder, Map.of(), List.of(), false, LOCAL_TIMEOUT);
  }

  /** The same in another folder. */
  Git at(Path other) {
    return new Git(program, other, environment, options, hooks, timeout);
  }

  /** The same with one more environment variable. */
  Git env(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new Git(program, folder, more, options, hooks, timeout);
  }

  /** The same with one more option before the command's name. */
  Git option(String... more) {
    List<String> all = new ArrayList<>(options);
    all.addAll(List.of(more));
    return new Git(program, folder, environment, all, hooks, timeout);
  }

  /** The same, running the user's hooks. */
  Git withHooks() {
    return new Git(program, folder, environment, options, true, timeout);
  }

  Git within(Duration limit) {
    return new Git(program, folder, environment, options, hooks, limit);
  }

  Path folder() {
    return folder;
  }

  /** Runs a command that has nothing to read. Its exit status is for the caller to judge. */
  Finished run(String... arguments) {
    return run(null, List.of(arguments));
  }

  /** As {@link #run(String...)}, with something to read, as UTF-8. */
  Finished feed(String input, String... arguments) {
    return run(input.getBytes(StandardCharsets.UTF_8), List.of(arguments));
  }

  Finished feed(byte[] input, String... arguments) {
    return run(input, List.of(arguments));
  }

  /** Runs a command that fails only if something around it is broken. */
  Finished must(String... arguments) {
    return succeeded(run(arguments), arguments);
  }

  /** As {@link #must}, with something to read. */
  Finished mustFeed(String input, String... arguments) {
    return succeeded(feed(input, arguments), arguments);
  }

  Finished mustFeed(byte[] input, String... arguments) {
    return succeeded(feed(input, arguments), arguments);
  }

  private Finished succeeded(Finished finished, String... arguments) {
    if (!finished.succeeded()) {
      throw failure(finished, arguments);
    }
    return finished;
  }

  /** The exception for a command that should not have failed. */
  EnvironmentException failure(Finished finished, String... arguments) {
    return GitFailure.of(folder, List.of(arguments), finished);
  }

  private Finished run(byte @Nullable [] input, List<String> arguments) {
    Process process = start(input == null, arguments);
    try {
      Pump error = Pump.of(process.getErrorStream(), MAX_ERROR_BYTES, true);
      Pump output = Pump.of(process.getInputStream(), MAX_OUTPUT_BYTES, false);
      if (input != null) {
        Thread.startVirtualThread(() -> write(process.getOutputStream(), input));
      }
      if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new EnvironmentException(
            "git "
                + String.join(" ", arguments)
                + " in "
                + folder
                + " did not end within "
                + timeout.toSeconds()
                + " s and was stopped");
      }
      return new Finished(
          process.exitValue(), output.finish(), new String(error.finish(), StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnvironmentException("interrupted while git " + arguments.getFirst() + " ran", e);
    } finally {
      end(process);
    }
  }

  private static void end(Process process) {
    if (process.isAlive()) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  private static void write(OutputStream to, byte[] input) {
    try (to) {
      to.write(input);
    } catch (IOException e) {
      // The process ended before it read all; its exit status says why.
    }
  }

  private Process start(boolean withoutInput, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(program);
    command.add("--no-pager");
    for (String pinned : PINNED) {
      command.add("-c");
      command.add(pinned);
    }
    if (!hooks) {
      command.add("-c");
      command.add("core.hooksPath=/dev/null");
    }
    command.addAll(options);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    GitEnvironment.scrub(builder.environment());
    builder.environment().putAll(environment);
    if (withoutInput) {
      builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw notStarted(e);
    }
  }

  private EnvironmentException notStarted(IOException e) {
    // The system reports a missing folder and a missing program by the same error.
    if (!Files.isDirectory(folder)) {
      return new EnvironmentException("the folder " + folder + " is gone or is not a folder", e);
    }
    return new EnvironmentException(
        "git could not be started ("
            + e.getMessage()
            + "): install git "
            + GitVersion.NEEDED
            + " or newer, and see that it is on the PATH",
        e);
  }

  /** Reads one pipe to its end, so that the process never waits for us. */
  private static final class Pump {
    private final InputStream from;
    private final int limit;
    private final boolean keepEnd;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final Thread thread;
    private boolean overflowed;

    private Pump(InputStream from, int limit, boolean keepEnd) {
      this.from = from;
      this.limit = limit;
      this.keepEnd = keepEnd;
      this.thread = Thread.ofVirtual().unstarted(this::pump);
    }

    static Pump of(InputStream from, int limit, boolean keepEnd) {
      Pump pump = new Pump(from, limit, keepEnd);
      pump.thread.start();
      return pump;
    }

    private void pump() {
      byte[] buffer = new byte[8192];
      try (from) {
        int n = from.read(buffer);
        while (n >= 0) {
          keep(buffer, n);
          n = from.read(buffer);
        }
      } catch (IOException e) {
        // Closed by finish(), or the process was killed: what was read is what there is.
      }
    }

    private synchronized void keep(byte[] buffer, int n) {
      if (kept.size() + n > limit) {
        if (!keepEnd) {
          overflowed = true;
          return;
        }
        kept.reset();
      }
      kept.write(buffer, 0, n);
    }

    byte[] finish() throws InterruptedException {
      if (!thread.join(PIPE_GRACE)) {
        thread.interrupt();
      }
      synchronized (this) {
        if (overflowed) {
          throw new EnvironmentException("git wrote more than " + limit + " bytes");
        }
        return kept.toByteArray();
      }
    }
  }
}
