package dev.headgate.cli;

import dev.headgate.store.RecordedRun;
import dev.headgate.store.RecordedTest;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketDecoder;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code headgate log}: what a build wrote, and what its tests said. */
@Command(
    name = "log",
    description = "Shows what a build wrote and what its tests said.",
    sortOptions = false)
final class LogCommand implements Callable<ExitCode> {
  private static final int CHUNK = 64 * 1024;

  private final Invocation invocation;

  @Parameters(paramLabel = "BUILD", description = "The build's number.")
  String build = "";

  @ArgGroup(exclusive = true)
  Form form = new Form();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  /** In which form; text for people unless one is chosen. */
  static final class Form {
    @Option(names = "--raw", description = "The bytes it wrote that are no packets, unchanged.")
    boolean raw;

    @Option(names = "--subunit", description = "The recorded stream itself, subunit version 2.")
    boolean subunit;

    @Option(names = "--json", description = "One JSON document: how it ended, and its tests.")
    boolean json;
  }

  LogCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() throws IOException {
    try (Site site = Site.look(invocation)) {
      RecordedRun run = Runs.newest(site.runs(), build);
      PrintStream out = invocation.console().out();
      String id = run.header().runId();
      if (form.json) {
        out.println(JsonText.of(document(site, run)));
        return ExitCode.SUCCESS;
      }
      try (InputStream stream = site.runs().open(id)) {
        if (form.subunit) {
          stream.transferTo(out);
        } else {
          show(run, stream, out);
        }
      }
      return ExitCode.SUCCESS;
    }
  }

  private void show(RecordedRun run, InputStream stream, PrintStream out) throws IOException {
    Style style = new Style(invocation.console().terminal().coloursOnOut());
    if (!form.raw) {
      out.println(style.strong(Wording.printable(Runs.title(run.header()))));
      out.println(style.faint("commit " + run.header().content()));
    }
    LogText text = new LogText(out, style, form.raw, invocation.console().terminal().live());
    PacketDecoder decoder = new PacketDecoder();
    byte[] chunk = new byte[CHUNK];
    for (int n = stream.read(chunk); n >= 0; n = stream.read(chunk)) {
      decoder.offer(chunk, 0, n);
      drain(decoder, text);
    }
    decoder.end();
    drain(decoder, text);
    if (!form.raw) {
      text.endLine();
      out.println(
          Runs.conclusion(run, style)
              + run.end()
                  .map(end ->
                      (end.reason().isEmpty() ? "" : ": " + Wording.printable(end.reason()))
                          + (Wording.tests(end.counts()).isEmpty()
                              ? ""
                              : ", " + Wording.tests(end.counts())))
                  .orElse("")
              + (Runs.elapsed(run).isEmpty() ? "" : ", " + Runs.elapsed(run)));
    }
  }

  private static void drain(PacketDecoder decoder, LogText text) throws IOException {
    for (PacketDecoder.Next next = decoder.next(); ; next = decoder.next()) {
      switch (next) {
        case EVENT -> {
          Event event = decoder.event();
          text.take(event);
        }
        case TEXT, DAMAGE -> {
          // A recorded stream holds packets only; anything else is damage of the file, and the
          // store reports that.
        }
        case NEED_MORE, END -> {
          return;
        }
      }
    }
  }

  private static Map<String, Object> document(Site site, RecordedRun run) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("v", 1);
    tree.putAll(Runs.document(run));
    List<Map<String, Object>> tests = new ArrayList<>();
    for (RecordedTest test : site.runs().tests(run.header().runId())) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("test", test.key().testId());
      one.put("status", test.status().word());
      test.duration().ifPresent(duration -> one.put("elapsed-ms", duration.toMillis()));
      if (!test.snippet().isEmpty()) {
        one.put("details", test.snippet());
      }
      tests.add(one);
    }
    tree.put("results", tests);
    return tree;
  }
}
