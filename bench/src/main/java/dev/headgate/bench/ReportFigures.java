package dev.headgate.bench;

import dev.headgate.reports.Problem;
import dev.headgate.reports.ReportFormat;
import dev.headgate.reports.ReportReader;
import dev.headgate.reports.ReportSink;
import dev.headgate.reports.ReportWriter;
import dev.headgate.reports.Reports;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * Prints the figures of {@code docs/measurements/reports.md}, by the CPU time of the measuring
 * thread: reports that are made as they are read, in pieces of one class of tests each.
 */
public final class ReportFigures {
  /** Bytes of one report; many times the heap that a command has would only take longer. */
  private static final long LENGTH = 40L << 20;

  /** Rounds, of which the last is printed; those before it warm up. */
  private static final int ROUNDS = 3;

  private static final int TESTS = 100;

  private static final String TRACE = trace();

  /** How many events there were, so that no work is optimised away. */
  private static long events;

  private ReportFigures() {}

  /** Takes a regular expression of the workloads' names; all, if there is none. */
  public static void main(String[] args) {
    Pattern wanted = Pattern.compile(args.length == 0 ? "" : args[0]);
    System.out.println("| workload | MB/s | thousand tests/s |\n|---|---:|---:|");
    for (ReportFormat format : List.of(ReportFormat.JUNIT, ReportFormat.TAP)) {
      measure(wanted, "read " + format.code(), format, Optional.empty());
    }
    for (ReportFormat format : ReportFormat.values()) {
      if (format.isWritable()) {
        measure(
            wanted, "read junit, write " + format.code(), ReportFormat.JUNIT, Optional.of(format));
      }
    }
    if (events == 0) {
      throw new IllegalStateException("no work was done");
    }
  }

  private static void measure(
      Pattern wanted, String name, ReportFormat read, Optional<ReportFormat> write) {
    if (!wanted.matcher(name).find()) {
      return;
    }
    for (int round = 1; round <= ROUNDS; round++) {
      Work work = new Work(read, write);
      work.run();
      if (round == ROUNDS) {
        double seconds = work.nanos / 1e9;
        System.out.printf(
            Locale.ROOT,
            "| %s | %.0f | %.0f |%n",
            name,
            work.length / 1e6 / seconds,
            work.tests / 1e3 / seconds);
      }
    }
  }

  /** One report, read and, if a format is given, written to nowhere. */
  private static final class Work implements ReportSink {
    private final ReportReader reader;
    private final IntFunction<String> pieces;
    private final Optional<ReportWriter> writer;
    private final boolean junit;
    long length;
    long tests;
    long nanos;

    Work(ReportFormat read, Optional<ReportFormat> write) {
      reader = Reports.reader(read, this);
      junit = read == ReportFormat.JUNIT;
      pieces = junit ? ReportFigures::suite : ReportFigures::points;
      writer = write.map(format -> Reports.writer(format, OutputStream.nullOutputStream()));
    }

    void run() {
      offer(junit ? "<testsuites>\n" : "TAP version 14\n");
      for (int i = 0; length < LENGTH; i++) {
        offer(pieces.apply(i));
        tests += TESTS;
      }
      Bytes last = Bytes.ofUtf8(junit ? "</testsuites>\n" : "1.." + tests + "\n");
      long before = cpu();
      reader.offer(last);
      reader.end();
      try {
        if (writer.isPresent()) {
          writer.get().end();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      nanos += cpu() - before;
    }

    private void offer(String text) {
      Bytes piece = Bytes.ofUtf8(text);
      length += piece.length();
      long before = cpu();
      reader.offer(piece);
      nanos += cpu() - before;
    }

    @Override
    public void event(Event event) {
      events++;
      try {
        if (writer.isPresent()) {
          writer.get().accept(event);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void problem(Problem problem) {
      throw new IllegalStateException(problem.toString());
    }
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static String trace() {
    StringBuilder trace = new StringBuilder("java.lang.AssertionError: expected 1 but was 2\n");
    for (int i = 0; i < 20; i++) {
      trace.append("\tat org.acme.shop.cart.CartTest.method").append(i);
      trace.append("(CartTest.java:").append(100 + i).append(")\n");
    }
    return trace.toString();
  }

  /** Every second test failed. */
  private static String suite(int number) {
    String name = "org.acme.shop.Part" + number + "Test";
    StringBuilder xml = new StringBuilder("<testsuite name=\"" + name + "\" tests=\"100\">\n");
    for (int i = 0; i < TESTS; i++) {
      xml.append("  <testcase name=\"method").append(i).append("\" classname=\"").append(name);
      xml.append("\" time=\"0.012\"");
      if (i % 2 == 0) {
        xml.append("/>\n");
      } else {
        xml.append("><failure message=\"expected 1 but was 2\" type=\"java.lang.AssertionError\">");
        xml.append(TRACE).append("</failure></testcase>\n");
      }
    }
    return xml.append("</testsuite>\n").toString();
  }

  /** Every second point has diagnostics. */
  private static String points(int piece) {
    StringBuilder tap = new StringBuilder();
    for (int i = 1; i <= TESTS; i++) {
      int number = piece * TESTS + i;
      tap.append(i % 2 == 0 ? "ok " : "not ok ").append(number);
      tap.append(" - shop cart ").append(number).append(" keeps what was put in\n");
      if (i % 2 != 0) {
        tap.append("  ---\n  duration_ms: 12.5\n  location: 'src/cart.test.js:12:3'\n");
        tap.append("  failureType: 'testCodeFailure'\n  error: 'expected 1 but was 2'\n");
        tap.append("  stack: |-\n    TestContext (src/cart.test.js:14:5)\n");
        tap.append("    Test.run (node:internal/test_runner/test:632:9)\n  ...\n");
      }
    }
    return tap.toString();
  }
}
