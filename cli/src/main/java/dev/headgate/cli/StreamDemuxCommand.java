package dev.headgate.cli;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.PacketDecoder;
import dev.headgate.subunit.RawOutput;
import dev.headgate.subunit.TestTally;
import dev.headgate.subunit.route.Demux;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code headgate stream demux}: the streams of which one was merged. */
@Command(
    name = "demux",
    description = "Splits a stream by the first step of its routes: a file for each source.",
    footer = {
      "",
      "Writes DIR/STEP.subunit for each step, and DIR/own.subunit for what has no route: events,",
      "text and damage. What 'mux' merged comes out as it went in."
    },
    sortOptions = false)
final class StreamDemuxCommand implements Callable<ExitCode> {
  /** Open files are bounded by the system; of more sources, files are opened for each piece. */
  private static final int MOST_OPEN = 200;

  private static final String OWN = "own";

  private final Invocation invocation;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The stream, version 2; default: standard input.")
  String file = StreamInput.STDIN;

  @Option(
      names = {"-d", "--directory"},
      paramLabel = "DIR",
      required = true,
      description = "Where the files are written; made if it is not there.")
  Path directory = Path.of(".");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  StreamDemuxCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() throws IOException {
    StreamInput.require(invocation, file);
    Path folder = invocation.directory().resolve(directory);
    Files.createDirectories(folder);
    TestTally tally = new TestTally(0);
    CommandFailure cut;
    try (Targets targets = new Targets(folder);
        StreamInput input = StreamInput.open(invocation, file)) {
      cut = StreamFeed.read(input, new Splitting(targets, tally));
      PrintStream out = invocation.console().out();
      targets.paths.forEach(
          (step, path) -> out.println(Wording.printable(step) + "  " + directory.resolve(path)));
    }
    return StreamCommand.exitCode(tally, cut);
  }

  private static final class Splitting extends PacketTaker {
    private final TestTally tally;
    private final Demux demux;

    Splitting(Targets targets, TestTally tally) {
      this.tally = tally;
      this.demux = new Demux(RawOutput.STDOUT, targets::own, targets::of);
    }

    @Override
    void item(PacketDecoder.Next kind) {
      demux.accept(decoder);
      if (kind == PacketDecoder.Next.EVENT) {
        tally.accept(decoder);
      }
    }
  }

  /** The files, opened when their first byte comes. */
  private static final class Targets implements AutoCloseable {
    private final Path folder;
    private final Map<String, Path> paths = new LinkedHashMap<>();
    private final Map<Path, OutputStream> open = new LinkedHashMap<>(16, 0.75f, true);

    Targets(Path folder) {
      this.folder = folder;
    }

    void own(Bytes bytes) {
      write("(no route)", Path.of(OWN + ".subunit"), bytes);
    }

    Consumer<Bytes> of(String step) {
      // A source of that name keeps its stream apart from what has no route.
      String name = step.equals(OWN) ? OWN + "~" : FolderNames.of(step);
      Path path = Path.of(name + ".subunit");
      return bytes -> write(step, path, bytes);
    }

    private void write(String step, Path path, Bytes bytes) {
      try {
        bytes.writeTo(target(step, path));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private OutputStream target(String step, Path path) throws IOException {
      OutputStream known = open.get(path);
      if (known != null) {
        return known;
      }
      if (open.size() == MOST_OPEN) {
        Path oldest = open.keySet().iterator().next();
        @Nullable OutputStream closed = open.remove(oldest);
        if (closed != null) {
          closed.close();
        }
      }
      boolean begun = paths.put(step, path) != null;
      Path file = folder.resolve(path);
      OutputStream made =
          new BufferedOutputStream(
              begun
                  ? Files.newOutputStream(file, java.nio.file.StandardOpenOption.APPEND)
                  : Files.newOutputStream(file));
      open.put(path, made);
      return made;
    }

    @Override
    public void close() throws IOException {
      for (OutputStream out : open.values()) {
        out.close();
      }
    }
  }
}
