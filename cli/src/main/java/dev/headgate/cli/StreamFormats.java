package dev.headgate.cli;

import dev.headgate.reports.ReportFormat;
import dev.headgate.reports.ReportWriter;
import dev.headgate.reports.Reports;
import dev.headgate.reports.WriteSettings;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.RawOutput;
import dev.headgate.subunit.reader.Format;
import dev.headgate.subunit.stream.StreamSink;
import dev.headgate.subunit.stream.StreamWriter;
import dev.headgate.subunit.v1.V1Encoder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The formats of test results by the names they have on the command line. */
final class StreamFormats {
  static final String V2 = "v2";
  static final String V1 = "v1";
  private static final RawOutput TEXT = new RawOutput("", RawOutput.STDOUT);

  private StreamFormats() {}

  static void requireReadable(String name) {
    List<String> known = new ArrayList<>(List.of("auto", V2, V1));
    for (ReportFormat format : ReportFormat.values()) {
      if (format.isReadable()) {
        known.add(format.code());
      }
    }
    require("--from", name, known);
  }

  static void requireWritable(String name) {
    List<String> known = new ArrayList<>(List.of(V2, V1));
    for (ReportFormat format : ReportFormat.values()) {
      if (format.isWritable()) {
        known.add(format.code());
      }
    }
    require("--to", name, known);
  }

  private static void require(String option, String name, List<String> known) {
    if (!known.contains(name)) {
      List<String> nearest = Nearest.to(name, known);
      throw CommandFailure.usage(
          option + " cannot be '" + name + "'",
          nearest.isEmpty()
              ? "it is one of " + String.join(", ", known)
              : "did you mean '" + nearest.getFirst() + "'?");
    }
  }

  /** The version of a stream that a name stands for. */
  static Optional<Format> version(String name) {
    return switch (name) {
      case V2 -> Optional.of(Format.V2);
      case V1 -> Optional.of(Format.V1);
      default -> Optional.empty();
    };
  }

  /** A sink that writes; what it has made goes on its way when it is flushed. */
  interface Written extends StreamSink {
    void flush() throws IOException;
  }

  /** A writer of a format that {@link #requireWritable} knows. */
  static Written writer(String name, WriteSettings settings, OutputStream out) {
    return switch (name) {
      case V2 -> new V2Written(new StreamWriter(), out);
      case V1 -> new V1Written(new V1Encoder(), out);
      default ->
          new ReportWritten(
              Reports.writer(ReportFormat.ofCode(name).orElseThrow(), settings, out), out);
    };
  }

  private record V2Written(StreamWriter writer, OutputStream out) implements Written {
    @Override
    public void event(Event event) {
      writer.event(event);
    }

    @Override
    public void text(Bytes bytes) {
      writer.text(bytes);
    }

    @Override
    public void damage(Bytes bytes) {
      writer.damage(bytes);
    }

    @Override
    public void end() {
      writer.end();
    }

    @Override
    public void flush() throws IOException {
      writer.writeTo(out);
      out.flush();
    }
  }

  private record V1Written(V1Encoder encoder, OutputStream out) implements Written {
    @Override
    public void event(Event event) {
      encoder.event(event);
    }

    @Override
    public void text(Bytes bytes) {
      encoder.text(bytes);
    }

    @Override
    public void damage(Bytes bytes) {
      encoder.damage(bytes);
    }

    @Override
    public void end() {
      encoder.end();
    }

    @Override
    public void flush() throws IOException {
      encoder.writeTo(out);
      out.flush();
    }
  }

  /** Text travels to a report as what it is in a stream: output of no test. */
  private record ReportWritten(ReportWriter writer, OutputStream out) implements Written {
    @Override
    public void event(Event event) {
      try {
        writer.accept(event);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void text(Bytes bytes) {
      event(TEXT.wrap(bytes));
    }

    @Override
    public void damage(Bytes bytes) {
      text(bytes);
    }

    @Override
    public void end() {
      try {
        writer.end();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }
}
