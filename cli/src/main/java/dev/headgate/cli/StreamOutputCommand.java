package dev.headgate.cli;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketEncoder;
import dev.headgate.subunit.Status;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code headgate stream output}: packets for programs that cannot write them, as shell scripts.
 */
@Command(
    name = "output",
    description =
        "Writes packets that say something of a test, or attach a file to it or to the run.",
    footer = {
      "",
      "  headgate stream output inprogress my.test",
      "  headgate stream output fail my.test --file error.log --mime-type text/plain"
    },
    sortOptions = false)
final class StreamOutputCommand implements Callable<ExitCode> {
  private final Invocation invocation;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "STATUS",
      description = "exists, inprogress, success, fail, skip, xfail or uxsuccess.")
  @Nullable String status;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TEST",
      description = "The test's id; without one it is of the run as a whole.")
  @Nullable String test;

  @Option(
      names = "--test",
      paramLabel = "TEST",
      description = "The test to attach a file to, without saying its status.")
  @Nullable String fileOf;

  @Option(names = "--tag", paramLabel = "TAG", description = "A tag. May be repeated.")
  List<String> tags = new ArrayList<>();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A file to attach; '-' is standard input, attached piece by piece as it comes.")
  @Nullable String file;

  @Option(
      names = "--file-name",
      paramLabel = "NAME",
      description = "What the attachment is called; default: the file's own name, or stdin.")
  @Nullable String fileName;

  @Option(names = "--mime-type", paramLabel = "TYPE", description = "The attachment's type.")
  @Nullable String mimeType;

  @Option(names = "--route", paramLabel = "ROUTE", description = "Where it comes from.")
  @Nullable String route;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      description = "When, as in 2026-01-31T12:00:00Z; 'none' for no time. Default: now.")
  String time = "now";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  StreamOutputCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() throws IOException {
    if (status == null && file == null) {
      throw CommandFailure.usage("there is nothing to say", "give a status and a test, or --file");
    }
    if (file == null && (fileName != null || mimeType != null)) {
      throw CommandFailure.usage(
          "--file-name and --mime-type are of an attachment", "name it with --file");
    }
    if (test != null && fileOf != null) {
      throw CommandFailure.usage("the test is named twice, as " + test + " and by --test", "");
    }
    Status known = status == null ? Status.NONE : TestSelection.status("STATUS", status);
    Event.Builder event =
        Event.builder()
            .testId(test == null ? fileOf : test)
            .tags(tags)
            .timestamp(timestamp())
            .routeCode(route);
    try {
      write(event, known);
    } catch (IllegalArgumentException e) {
      throw CommandFailure.usage("no packet can say that: " + e.getMessage(), "");
    }
    return ExitCode.SUCCESS;
  }

  /** The status comes last: a final one ends the test, and the file is part of it. */
  private void write(Event.Builder event, Status known) throws IOException {
    PrintStream out = invocation.console().out();
    if (file != null) {
      try (StreamInput input = StreamInput.openRaw(invocation, file)) {
        CommandFailure cut = StreamFeed.read(input, new Attaching(event, input.isLive(), out));
        if (cut != null) {
          throw cut;
        }
      }
    }
    if (known != Status.NONE) {
      PacketEncoder encoder = new PacketEncoder();
      encoder.append(
          event
              .file(null, Bytes.EMPTY)
              .mimeType(null)
              .eof(false)
              .status(known)
              .runnable(test != null)
              .build());
      encoder.writeTo(out);
    }
    out.flush();
  }

  /** Writes a file's pieces as they come. */
  private final class Attaching implements StreamFeed.Taker {
    private final Event.Builder event;
    private final String name;
    private final PrintStream out;

    Attaching(Event.Builder event, boolean live, PrintStream out) {
      this.event = event;
      this.out = out;
      String given = fileName;
      String own = String.valueOf(file);
      Path last = Path.of(own).getFileName();
      this.name =
          given != null
              ? given
              : live && own.equals(StreamInput.STDIN) ? "stdin" : String.valueOf(last);
    }

    @Override
    public void piece(byte[] bytes, int length) throws IOException {
      write(Bytes.copyOf(bytes, 0, length), false);
    }

    @Override
    public void end() throws IOException {
      write(Bytes.EMPTY, true);
    }

    private void write(Bytes bytes, boolean eof) throws IOException {
      PacketEncoder encoder = new PacketEncoder();
      encoder.append(event.file(name, bytes).mimeType(mimeType).eof(eof).build());
      encoder.writeTo(out);
      out.flush();
    }
  }

  private @Nullable Instant timestamp() {
    return switch (time) {
      case "now" -> Instant.now();
      case "none" -> null;
      default -> {
        try {
          yield Instant.parse(time);
        } catch (DateTimeException e) {
          throw CommandFailure.usage(
              "--time " + time + " is no time", "write it as in 2026-01-31T12:00:00Z");
        }
      }
    };
  }
}
