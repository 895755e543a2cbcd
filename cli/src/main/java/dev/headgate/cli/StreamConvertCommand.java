package dev.headgate.cli;

import dev.headgate.reports.Problem;
import dev.headgate.reports.ReadSettings;
import dev.headgate.reports.ReportFormat;
import dev.headgate.reports.ReportReader;
import dev.headgate.reports.ReportSink;
import dev.headgate.reports.Reports;
import dev.headgate.reports.WriteSettings;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.TestTally;
import dev.headgate.subunit.reader.Format;
import dev.headgate.subunit.reader.StreamReader;
import dev.headgate.subunit.stream.StreamSink;
import dev.headgate.subunit.stream.Tee;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code headgate stream convert}: results of one format as another. */
@Command(
    name = "convert",
    description = "Turns test results of one format into another.",
    footer = {
      "",
      "Formats that are read: v2, v1, junit, tap, go, libtest, ctrf.",
      "Formats that are written: v2, v1, junit, tap, ctrf, csv, markdown, github."
    },
    sortOptions = false)
final class StreamConvertCommand implements Callable<ExitCode> {
  /** What a reader says is wrong with a report that is wrong everywhere. */
  private static final int MOST_PROBLEMS = 20;

  private final Invocation invocation;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Results, read one after the other; default: standard input.")
  List<String> files = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "FORMAT",
      description = "The format that is read; default: seen from the name and the first bytes.")
  String from = "auto";

  @Option(
      names = "--to",
      paramLabel = "FORMAT",
      description = "The format that is written. Default: ${DEFAULT-VALUE}.")
  String to = StreamFormats.V2;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write; default: standard output.")
  @Nullable Path output;

  @Option(names = "--title", paramLabel = "TEXT", description = "The title of a report.")
  String title = WriteSettings.defaults().title();

  @Option(
      names = "--root",
      paramLabel = "DIR",
      description = "github: cut from the beginning of the paths of files. Default: this folder.")
  @Nullable String root;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "markdown: at most so many characters. Default: ${DEFAULT-VALUE}.")
  int limit = WriteSettings.defaults().limit();

  @Option(
      names = "--no-formula-guard",
      description = "csv: cells that a spreadsheet would take for formulas stay as they are.")
  boolean noFormulaGuard;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  private int problems;

  StreamConvertCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() throws IOException {
    StreamFormats.requireReadable(from);
    StreamFormats.requireWritable(to);
    StreamSource source = new StreamSource(files, Format.AUTO);
    source.requireReadable(invocation);
    Path file = output == null ? null : invocation.directory().resolve(output);
    OutputStream target = file == null ? invocation.console().out() : Files.newOutputStream(file);
    try (OutputStream out = file == null ? new Unclosed(target) : target) {
      return convert(source, out);
    }
  }

  private ExitCode convert(StreamSource source, OutputStream out) throws IOException {
    StreamFormats.Written written = StreamFormats.writer(to, settings(), out);
    TestTally tally = new TestTally(0);
    StreamSink sink = new Tee(StreamSink.ofEvents(tally::accept), written);
    CommandFailure cut = source.readInto(invocation, name -> new Conversion(name, sink, written));
    sink.end();
    written.flush();
    if (problems > MOST_PROBLEMS) {
      invocation.console().err().println("and " + (problems - MOST_PROBLEMS) + " more problems");
    }
    return StreamCommand.exitCode(tally, cut);
  }

  private WriteSettings settings() {
    String directory = root == null ? invocation.directory().toString() : root;
    try {
      return WriteSettings.defaults()
          .withTitle(title)
          .withRoot(
              directory.endsWith("/") ? directory.substring(0, directory.length() - 1) : directory)
          .withLimit(limit)
          .withGuardFormulas(!noFormulaGuard);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("--limit: " + e.getMessage(), "");
    }
  }

  /** One input, whose format is decided by its first bytes. */
  private final class Conversion implements StreamFeed.Taker, ReportSink {
    private final String name;
    private final StreamSink sink;
    private final StreamFormats.Written written;
    private @Nullable StreamReader stream;
    private @Nullable ReportReader report;
    private Bytes head = Bytes.EMPTY;

    Conversion(String name, StreamSink sink, StreamFormats.Written written) {
      this.name = name;
      this.sink = sink;
      this.written = written;
    }

    @Override
    public boolean wantsMore() {
      return output != null || !invocation.console().readerLeft();
    }

    @Override
    public void piece(byte[] bytes, int length) throws IOException {
      take(Bytes.copyOf(bytes, 0, length));
    }

    private void take(Bytes piece) throws IOException {
      if (stream == null && report == null) {
        head = Bytes.concat(List.of(head, piece));
        if (head.length() >= Reports.HEAD || !from.equals("auto")) {
          begin();
        }
        return;
      }
      pass(piece);
    }

    private void begin() throws IOException {
      Optional<ReportFormat> format =
          from.equals("auto") ? Reports.detect(name, head) : ReportFormat.ofCode(from);
      if (format.isPresent()) {
        report = Reports.reader(format.get(), ReadSettings.defaults(), this);
      } else {
        stream = new StreamReader(StreamFormats.version(from).orElse(Format.AUTO));
      }
      Bytes first = head;
      head = Bytes.EMPTY;
      pass(first);
    }

    private void pass(Bytes piece) throws IOException {
      if (report != null) {
        report.offer(piece);
      } else if (stream != null) {
        stream.offer(piece);
        drain(stream);
      }
      written.flush();
    }

    private void drain(StreamReader reader) {
      reader.drainTo(new StreamSource.Endless(sink));
    }

    @Override
    public void silence() throws IOException {
      if (stream == null && report == null && !head.isEmpty()) {
        begin();
      } else if (stream != null && stream.rescan()) {
        drain(stream);
        written.flush();
      }
    }

    @Override
    public void end() throws IOException {
      if (stream == null && report == null) {
        begin();
      }
      if (report != null) {
        report.end();
      } else if (stream != null) {
        stream.end();
        drain(stream);
      }
      written.flush();
    }

    @Override
    public void event(Event event) {
      sink.event(event);
    }

    @Override
    public void problem(Problem problem) {
      problems++;
      if (problems <= MOST_PROBLEMS) {
        String line = name + ":" + problem;
        invocation.console().err().println("headgate: " + Wording.printable(line));
      }
    }
  }

  /** Passes on all but the close. */
  private static final class Unclosed extends OutputStream {
    private final OutputStream target;

    Unclosed(OutputStream target) {
      this.target = target;
    }

    @Override
    public void write(int b) throws IOException {
      target.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      target.write(bytes, from, length);
    }

    @Override
    public void flush() throws IOException {
      target.flush();
    }

    @Override
    public void close() throws IOException {
      target.flush();
    }
  }
}
