package dev.headgate.runner;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The shell that ends an attempt's processes when told to, and when we are gone ({@code
 * supervisor.sh}).
 *
 * <p>It is the job's sibling and not its parent. A shell's background child would have interrupts
 * ignored and the shell could not both wait for it and listen; and as the job's parent we learn its
 * status at first hand. In return the job does not begin before the supervisor has been told of it.
 *
 * <p>Commands may be given by one thread; answers arrive in the mailbox.
 */
final class Supervisor implements AutoCloseable {
  private static final String SCRIPT = script();

  /** Where grep, cat and mkfifo are, after what our own path says. */
  private static final String USUAL_PATH = "/usr/local/bin:/usr/bin:/bin";

  /** A job can leave any number of processes; this many are enough to know it by. */
  private static final int MOST_LISTED = 64;

  /** More than its rounds of killing take; then something waits for a device. */
  private static final Duration END = Duration.ofSeconds(20);

  private final Process process;
  private final OutputStream control;

  private Supervisor(Process process) {
    this.process = process;
    this.control = process.getOutputStream();
  }

  /** Starts it for an attempt; what it says is posted. */
  static Supervisor start(AttemptFolder folder, Mark mark, Mailbox mailbox) throws IOException {
    Supervisor supervisor = new Supervisor(spawn(folder, mark));
    // Not a virtual one: a blocked read holds a carrier, of which a JVM has 256 at most.
    Thread.ofPlatform()
        .daemon()
        .name("supervisor " + mark.own())
        .start(() -> supervisor.listen(mailbox));
    return supervisor;
  }

  private static Process spawn(AttemptFolder folder, Mark mark) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            "setsid",
            "/bin/sh",
            "-c",
            SCRIPT,
            "headgate-supervisor",
            folder.path().toString(),
            mark.value());
    Map<String, String> environment = builder.environment();
    String path = environment.get("PATH");
    String outerMark = environment.get(Mark.VARIABLE);
    environment.clear();
    environment.put("PATH", path == null ? USUAL_PATH : path + ":" + USUAL_PATH);
    environment.put("LC_ALL", "C");
    if (outerMark != null) {
      environment.put(Mark.VARIABLE, outerMark);
    }
    try {
      return builder.redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new IOException(
          "no job can be started (it takes /bin/sh, and setsid of util-linux): " + e.getMessage(),
          e);
    }
  }

  private void listen(Mailbox mailbox) {
    String complaint = "";
    List<LiveProcess> listed = new ArrayList<>();
    try (BufferedReader answers = process.inputReader(ISO_8859_1)) {
      for (String line = answers.readLine(); line != null; line = answers.readLine()) {
        if (line.equals("ready")) {
          mailbox.post(new Signal.PipesReady());
        } else if (line.equals("listed")) {
          mailbox.post(new Signal.Listed(List.copyOf(listed)));
          listed.clear();
        } else if (!line.startsWith("left ")) {
          complaint = line;
        } else if (listed.size() < MOST_LISTED) {
          listed.add(LiveProcess.parse(line.substring("left ".length())));
        }
      }
    } catch (IOException e) {
      complaint = complaint.isEmpty() ? String.valueOf(e.getMessage()) : complaint;
    } finally {
      mailbox.post(new Signal.SupervisorGone(complaint));
    }
  }

  /** Makes the named pipes; answered by {@link Signal.PipesReady}. */
  void makePipes() {
    tell("pipes");
  }

  /** Says who leads the job's session. */
  void watch(long leader) {
    tell("watch " + leader);
  }

  /** Asks what runs; answered by {@link Signal.Listed}. */
  void list() {
    tell("list");
  }

  /** Asks every process of the job to end. */
  void terminate() {
    tell("signal TERM");
  }

  /** Ends every process of the job. */
  void kill() {
    tell("kill");
  }

  /** Lets it go, when nothing of the job is left. */
  void dismiss() {
    tell("quit");
  }

  private void tell(String command) {
    try {
      control.write((command + "\n").getBytes(UTF_8));
      control.flush();
    } catch (IOException e) {
      // It is gone, which its listener finds out and posts.
    }
  }

  /**
   * Closes the pipe to it and waits for its end: unless dismissed, it first ends all that runs, and
   * removes the attempt's folder.
   */
  @Override
  public void close() {
    try {
      control.close();
      if (!process.waitFor(END.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      // It is gone, which its listener finds out and posts.
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this wait", e);
    }
  }

  /**
   * Ends all processes of an attempt whose supervisor is lost, and waits for that.
   *
   * @param leader who leads their session, or 0 if that is not certain: then only those are found
   *     that bear the mark, and their children
   * @return what ran, as far as it was listed
   */
  static List<LiveProcess> endAll(AttemptFolder folder, Mark mark, long leader)
      throws IOException, InterruptedException {
    Mailbox mailbox = new Mailbox();
    try (Supervisor supervisor = start(folder, mark, mailbox)) {
      if (leader != 0) {
        supervisor.watch(leader);
      }
      supervisor.list();
      Signal answer = mailbox.poll(END);
      return answer instanceof Signal.Listed listed ? listed.processes() : List.of();
    }
  }

  private static String script() {
    try (InputStream resource = Supervisor.class.getResourceAsStream("supervisor.sh")) {
      if (resource == null) {
        throw new IllegalStateException("supervisor.sh is not beside its class");
      }
      return new String(resource.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("supervisor.sh cannot be read", e);
    }
  }
}
