package dev.headgate.cli;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketEncoder;
import dev.headgate.subunit.Status;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the launcher records to make the AOT cache: the ways through the program that a command
 * takes before it does its own work. It changes nothing and prints nothing.
 */
final class TrainingRun {
  private TrainingRun() {}

  /** Enough for every kind of event. */
  private static final int TESTS = 20;

  /** Makes each call in this process; the arguments are ignored. */
  public static void main(String[] args) {
    Interruption interruption = Interruption.ofProcess();
    byte[] stream = stream(TESTS);
    for (List<String> call : calls()) {
      call(new ByteArrayInputStream(stream), interruption, call);
    }
    interruption.commandEnded(ExitCode.SUCCESS);
    // Not by returning: an exit looks for a logger, whose classes belong into the cache too.
    System.exit(0);
  }

  private static void call(InputStream in, Interruption interruption, List<String> call) {
    OutputStream nowhere = OutputStream.nullOutputStream();
    Console console = new Console(nowhere, nowhere, Terminal.of("", System.getenv()));
    Invocation invocation =
        new Invocation(in, console, Path.of("").toAbsolutePath(), System.getenv(), interruption);
    new Main(Commands.ALL, invocation).run(call.toArray(String[]::new));
  }

  private static byte[] stream(int tests) {
    PacketEncoder encoder = new PacketEncoder();
    Instant time = Instant.EPOCH;
    for (int i = 0; i < tests; i++) {
      String id = "some.package.SomeClass.someTest" + i;
      Event.Builder event = Event.test(id, Status.INPROGRESS).routeCode("worker-" + i % 4);
      encoder.append(event.timestamp(time).build());
      time = time.plusMillis(7);
      boolean fails = i % 10 == 9;
      event.status(fails ? Status.FAIL : Status.SUCCESS).tags("some");
      if (fails) {
        event.file("traceback", Bytes.ofUtf8("expected\nfound\n")).mimeType("text/plain");
      }
      encoder.append(event.timestamp(time).build());
    }
    return Bytes.concat(List.of(encoder.take(), Bytes.ofUtf8("some text\n"))).toByteArray();
  }

  private static List<List<String>> calls() {
    List<List<String>> calls = new ArrayList<>();
    calls.add(List.of("--version"));
    calls.add(List.of("--help"));
    calls.add(List.of("--no-such-option"));
    Commands.ALL.names().forEach(name -> calls.add(List.of(name, "--help")));
    for (String part : List.of("stats", "ls", "trace", "cat", "verify")) {
      calls.add(List.of("stream", part));
    }
    // A file that is surely there, though no stream: the ways to read one.
    calls.add(List.of("stream", "stats", System.getProperty("java.class.path")));
    calls.add(List.of("stream", "filter", "--failing"));
    calls.add(List.of("stream", "tag", "--add", "x"));
    for (String format : List.of("junit", "v1", "tap", "csv")) {
      calls.add(List.of("stream", "convert", "--to", format));
    }
    return calls;
  }
}
