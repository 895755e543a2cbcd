package dev.headgate.cli;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.PacketDecoder;
import dev.headgate.subunit.RawOutput;
import dev.headgate.subunit.TestTally;
import dev.headgate.subunit.route.Mux;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code headgate stream mux}: several live streams as one. */
@Command(
    name = "mux",
    description = "Merges streams, each under its step of the route, while they come.",
    footer = {"", "  headgate stream mux unit=unit.subunit ui=<(ssh host run-tests)"},
    sortOptions = false)
final class StreamMuxCommand implements Callable<ExitCode> {
  /** Pieces that wait to be merged, over all sources: 16 MiB at most. */
  private static final int WAITING = 64;

  private final Invocation invocation;

  @Parameters(
      paramLabel = "STEP=FILE",
      arity = "1..*",
      description = "A stream and the step before its routes; '-' is standard input.")
  List<String> sources = new ArrayList<>();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  StreamMuxCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  /** What a source's thread has to say. */
  private record News(String step, Bytes bytes, boolean last, @Nullable CommandFailure failure) {}

  @Override
  public ExitCode call() throws IOException {
    Map<String, String> names = new LinkedHashMap<>();
    Set<String> files = new HashSet<>();
    for (String source : sources) {
      int at = source.indexOf('=');
      if (at <= 0 || at == source.length() - 1 || source.substring(0, at).indexOf('\0') >= 0) {
        throw CommandFailure.usage(source + " names no step and file", "write STEP=FILE");
      }
      String step = source.substring(0, at);
      String file = source.substring(at + 1);
      if (names.put(step, file) != null) {
        throw CommandFailure.usage("two streams are called " + step, "give each a step of its own");
      }
      if (file.equals(StreamInput.STDIN) && !files.add(file)) {
        throw CommandFailure.usage("standard input cannot be read twice", "");
      }
      StreamInput.require(invocation, file);
    }
    return new Merging(names).run();
  }

  /** All inputs are read at once; one thread merges. */
  private final class Merging {
    private final Map<String, String> names;
    private final BlockingQueue<News> news = new ArrayBlockingQueue<>(WAITING);
    private final Map<String, Mux.Source> open = new LinkedHashMap<>();
    private final Mux mux = new Mux(RawOutput.STDOUT);
    private final TestTally tally = new TestTally(0);
    private final PacketDecoder merged = new PacketDecoder();
    private @Nullable CommandFailure cut;

    Merging(Map<String, String> names) {
      this.names = names;
    }

    ExitCode run() throws IOException {
      List<Thread> threads = new ArrayList<>();
      names.forEach((step, file) -> {
        open.put(step, mux.open(step));
        threads.add(Thread.ofVirtual().name("input " + step).start(() -> read(step, file)));
      });
      try {
        while (!open.isEmpty() && !invocation.console().readerLeft()) {
          take(news.take());
          write();
        }
      } catch (InterruptedException e) {
        cut = CommandFailure.interrupted("interrupted");
        threads.forEach(Thread::interrupt);
        open.values().forEach(Mux.Source::end);
        write();
      }
      return StreamCommand.exitCode(tally, cut);
    }

    private void take(News next) throws IOException {
      Mux.Source source = open.get(next.step);
      if (source == null) {
        return;
      }
      if (next.failure != null && cut == null) {
        cut = next.failure;
      }
      if (next.last) {
        source.end();
        open.remove(next.step);
        return;
      }
      Bytes rest = next.bytes;
      while (!rest.isEmpty()) {
        int length = Math.min(rest.length(), source.wants());
        source.offer(rest.slice(0, length));
        rest = rest.slice(length);
        write();
      }
    }

    private void write() throws IOException {
      PrintStream out = invocation.console().out();
      while (mux.turn()) {
        Bytes bytes = mux.take();
        count(bytes);
        bytes.writeTo(out);
      }
      out.flush();
    }

    /** Counts the tests of whole packets, which is all that a mux gives. */
    private void count(Bytes packets) {
      merged.offer(packets);
      while (merged.next() != PacketDecoder.Next.NEED_MORE) {
        if (merged.current() == PacketDecoder.Next.EVENT) {
          tally.accept(merged);
        }
      }
    }

    private void read(String step, String file) {
      try (StreamInput input = StreamInput.open(invocation, file)) {
        byte[] buffer = new byte[StreamFeed.PIECE];
        for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
          news.put(new News(step, Bytes.copyOf(buffer, 0, read), false, null));
        }
        news.put(new News(step, Bytes.EMPTY, true, null));
      } catch (CommandFailure e) {
        give(new News(step, Bytes.EMPTY, true, e));
      } catch (IOException e) {
        give(
            new News(
                step,
                Bytes.EMPTY,
                true,
                CommandFailure.environment(file + ": " + e.getMessage(), "", e)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void give(News last) {
      try {
        news.put(last);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
