package dev.headgate.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.cli.Commands.Subcommand;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketDecoder;
import dev.headgate.subunit.PacketEncoder;
import dev.headgate.subunit.Status;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code headgate stream ...}: what each command reads, writes and how it ends. */
final class StreamCommandTests {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path folder;
  private Capture capture = new Capture();

  /** What a run of the command gave. */
  private record Called(ExitCode code, String out, String err, byte[] bytes) {}

  private Called call(byte[] in, String... arguments) {
    capture = new Capture();
    capture.in(in);
    String[] all = new String[arguments.length + 1];
    all[0] = "stream";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    ExitCode code =
        capture.run(
            List.of(new Subcommand("stream", _ -> StreamCommand.describe(), StreamCommand.parts())),
            all);
    return new Called(code, capture.out(), capture.err(), capture.outBytes());
  }

  private Called call(Bytes in, String... arguments) {
    return call(in.toByteArray(), arguments);
  }

  private String file(String name, byte[] content) {
    try {
      return Files.write(folder.resolve(name), content).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Event.Builder test(String id, Status status, int second) {
    return Event.test(id, status).timestamp(BEGIN.plusSeconds(second));
  }

  private static Bytes packets(Event... events) {
    PacketEncoder encoder = new PacketEncoder();
    for (Event event : events) {
      encoder.append(event);
    }
    return encoder.take();
  }

  /** One test passes on one worker, one fails on another, with text between them. */
  private static Bytes mixed() {
    return Bytes.concat(
        List.of(
            packets(
                test("bridge.opens", Status.INPROGRESS, 0).routeCode("w1").build(),
                test("bridge.holds", Status.INPROGRESS, 0).routeCode("w2").build()),
            Bytes.ofUtf8("rust on the hinge\n"),
            packets(
                test("bridge.opens", Status.FAIL, 3)
                    .routeCode("w1")
                    .tags("slow")
                    .file("traceback", Bytes.ofUtf8("expected open\nbut was shut\n"))
                    .mimeType("text/plain;charset=utf8")
                    .build(),
                test("bridge.holds", Status.SUCCESS, 1).routeCode("w2").build())));
  }

  private static Bytes good() {
    return packets(test("a", Status.SUCCESS, 0).build(), test("b", Status.SKIP, 1).build());
  }

  private static List<String> tests(byte[] stream) {
    PacketDecoder decoder = new PacketDecoder();
    decoder.offer(stream);
    decoder.end();
    List<String> found = new ArrayList<>();
    for (var next = decoder.next(); next != PacketDecoder.Next.END; next = decoder.next()) {
      found.add(
          next == PacketDecoder.Next.EVENT
              ? decoder.status().word() + " " + decoder.testId() + " " + decoder.event().tags()
              : next + " " + decoder.span().utf8());
    }
    return found;
  }

  // ls

  @Test
  void testsAreListedOnceInTheOrderInWhichTheyAreHeardOf() {
    Called called = call(mixed(), "ls");
    assertThat(called.out()).isEqualTo("bridge.opens\nbridge.holds\n");
    assertThat(called.code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aListingOfSomeHasTheirExitCode() {
    Called called = call(mixed(), "ls", "--status", "success");
    assertThat(called.out()).isEqualTo("bridge.holds\n");
    assertThat(called.code()).isEqualTo(ExitCode.SUCCESS);
  }

  @Test
  void durationsAndRoutesAreListedOnDemand() {
    assertThat(call(mixed(), "ls", "--times", "--routes").out())
        .isEqualTo(
            "   3.000 s  fail        w1  bridge.opens\n   1.000 s  success     w2  bridge.holds\n");
  }

  @Test
  void idsCanBeTakenAsTheyAre() {
    Bytes stream = packets(Event.test("a\nb\u0007", Status.SUCCESS).build());
    assertThat(call(stream, "ls", "-0").out()).isEqualTo("a\nb\u0007\0");
    assertThat(call(stream, "ls").out()).isEqualTo("a\uFFFDb\uFFFD\n");
  }

  @Test
  void aListingAsJsonHasALineForEachAttempt() {
    List<String> lines = call(mixed(), "ls", "--json").out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(JsonText.parse(lines.getFirst()))
        .containsEntry("test", "bridge.opens")
        .containsEntry("status", "fail")
        .containsEntry("route", "w1")
        .containsEntry("attempt", 1L)
        .containsEntry("tags", List.of("slow"))
        .containsEntry("micros", 3_000_000L);
  }

  // stats

  @Test
  void whatIsCountedIsHowTestsEnded() {
    Called called = call(mixed(), "stats");
    assertThat(called.out())
        .contains("       2  run\n       1  passed\n       1  failed\n       0  skipped\n")
        .contains("in 3.0s, 4.0s of tests\n")
        .contains("routes w1, w2\ntags slow\n18 bytes of text\n")
        .contains("     3.000 s  bridge.opens\n     1.000 s  bridge.holds\n");
    assertThat(called.code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aTestThatNeverEndsIsLostAndAnUnexpectedSuccessIsNoSuccess() {
    Bytes lost = packets(test("x", Status.INPROGRESS, 0).build());
    assertThat(call(lost, "stats").out()).contains("       1  hung or lost\n");
    assertThat(call(lost, "stats").code()).isEqualTo(ExitCode.FAILED);
    Bytes unexpected = packets(test("x", Status.UXSUCCESS, 0).build());
    assertThat(call(unexpected, "stats").out()).contains("       1  passed unexpectedly\n");
    assertThat(call(unexpected, "stats").code()).isEqualTo(ExitCode.FAILED);
    assertThat(call(good(), "stats").code()).isEqualTo(ExitCode.SUCCESS);
  }

  @Test
  void severalInputsAreCountedAsOneStream() {
    String one = file("one", mixed().toByteArray());
    String two = file("two", good().toByteArray());
    assertThat(call(packets(test("c", Status.SUCCESS, 9).build()), "stats", one, "-", two).out())
        .contains("       5  run\n       3  passed\n       1  failed\n       1  skipped\n")
        .contains("in 9.0s");
    assertThat(call(mixed(), "stats", "--slowest", "1", "--format", "V2").out())
        .contains("bridge.opens")
        .doesNotContain("bridge.holds");
    assertThat(call(mixed(), "stats", "--slowest", "-1").code()).isEqualTo(ExitCode.USAGE);
    assertThat(call(mixed(), "stats", "--format", "v9").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void theFiguresAreTheSameInTheDocument() {
    Map<String, Object> document = JsonText.parse(call(mixed(), "stats", "--json").out());
    assertThat(document)
        .containsEntry("v", 1L)
        .containsEntry("run", 2L)
        .containsEntry("good", false)
        .containsEntry("span-micros", 3_000_000L)
        .containsEntry("test-micros", 4_000_000L)
        .containsEntry("text-bytes", 18L)
        .containsEntry("routes", List.of("w1", "w2"));
  }

  @Test
  void aSecondAttemptIsCountedAndToldApart() {
    Bytes twice =
        packets(
            test("x", Status.INPROGRESS, 0).build(),
            test("x", Status.FAIL, 1).build(),
            test("x", Status.INPROGRESS, 2).build(),
            test("x", Status.SUCCESS, 3).build());
    assertThat(call(twice, "stats").out())
        .contains("       2  run\n       1  passed\n       1  failed\n")
        .contains("       1  of those run were run again\n");
  }

  @Test
  void anythingCanBeRead() {
    assertThat(call(new byte[0], "stats").code()).isEqualTo(ExitCode.SUCCESS);
    byte[] garbage = new byte[100_000];
    new java.util.Random(7).nextBytes(garbage);
    assertThat(call(garbage, "stats").code()).isEqualTo(ExitCode.SUCCESS);
    assertThat(call(garbage, "stats").err()).contains("no test result");
  }

  // where it is read from

  @Test
  void compressedFilesAreSeenThroughAndSeveralAreOne() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      mixed().writeTo(out);
    }
    byte[] zstd = com.github.luben.zstd.Zstd.compress(good().toByteArray());
    Called called = call(new byte[0], "ls", file("one.gz", gzip.toByteArray()), file("two", zstd));
    assertThat(called.out()).isEqualTo("bridge.opens\nbridge.holds\na\nb\n");
  }

  @Test
  void whatCameBeforeTheDamageOfACompressedFileIsUsed() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      good().writeTo(out);
    }
    byte[] cut = Arrays.copyOf(gzip.toByteArray(), gzip.size() - 10);
    Called called = call(new byte[0], "ls", file("cut.gz", cut));
    assertThat(called.code()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(called.err()).contains("cut.gz is compressed, and damaged or cut off");
    assertThat(call(new byte[0], "stats", file("cut.gz", cut)).out()).contains("run");
  }

  @Test
  void aFileThatCannotBeReadIsSaidBeforeAnythingIsWritten() {
    String there = file("there", good().toByteArray());
    Called called = call(new byte[0], "filter", there, folder.resolve("not").toString());
    assertThat(called.code()).isEqualTo(ExitCode.USAGE);
    assertThat(called.err()).contains("not does not exist");
    assertThat(called.bytes()).isEmpty();
    assertThat(call(new byte[0], "ls", folder.toString()).err()).contains("is a folder");
  }

  @Test
  void versionOneIsReadToo() {
    String old = "test: one\nsuccess: one\ntest: two\nfailure: two [\nno\n]\n";
    assertThat(call(old.getBytes(UTF_8), "ls", "--times").out())
        .contains("success     one", "fail        two");
    assertThat(call(old.getBytes(UTF_8), "ls", "--format", "v2").out()).isEmpty();
  }

  /** The same line for ever. */
  private static final class Endless extends InputStream {
    private static final byte[] LINE = "hello\n".getBytes(UTF_8);
    private long at;

    @Override
    public int read() {
      return LINE[(int) (at++ % LINE.length)];
    }
  }

  /** A pipe into a program that has ended. */
  private static final class Closed extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("Broken pipe");
    }
  }

  @Test
  @Timeout(60)
  void whenNobodyReadsAnyMoreNothingMoreIsRead() {
    for (List<String> arguments :
        List.of(
            List.of("cat"),
            List.of("filter"),
            List.of("trace"),
            List.of("convert", "--to", "v2"))) {
      Invocation invocation =
          new Invocation(
              new Endless(),
              new Console(new Closed(), OutputStream.nullOutputStream(), Terminal.none()),
              folder,
              Map.of(),
              new Interruption(() -> {}));
      List<String> all = new ArrayList<>(List.of("stream"));
      all.addAll(arguments);
      Commands commands =
          new Commands(
              List.of(
                  new Subcommand("stream", _ -> StreamCommand.describe(), StreamCommand.parts())));
      assertThat(new Main(commands, invocation).run(all.toArray(String[]::new)))
          .as("%s", arguments)
          .isEqualTo(ExitCode.SUCCESS);
    }
  }

  // filter and tag

  @Test
  void aFilteredStreamHasTheWholeOfTheTestsThatAreWanted() {
    Called called = call(mixed(), "filter", "--failing", "--no-text");
    assertThat(tests(called.bytes()))
        .containsExactly("inprogress bridge.opens []", "fail bridge.opens [slow]");
    assertThat(called.code()).isEqualTo(ExitCode.FAILED);
    assertThat(call(mixed(), "filter", "--not-status", "fail").code()).isEqualTo(ExitCode.SUCCESS);
  }

  @Test
  void testsAreSelectedByIdTextTagRouteAndList() {
    String list = file("list", "bridge.holds\r\n\nother\n".getBytes(UTF_8));
    assertThat(selected("--match", "^bridge\\.o")).containsExactly("bridge.opens");
    assertThat(selected("--not-match", "opens")).containsExactly("bridge.holds");
    assertThat(selected("--match-text", "was shut")).containsExactly("bridge.opens");
    assertThat(selected("--tag", "slow")).containsExactly("bridge.opens");
    assertThat(selected("--not-tag", "slow")).containsExactly("bridge.holds");
    assertThat(selected("--route", "w2")).containsExactly("bridge.holds");
    assertThat(selected("--tests-from", list)).containsExactly("bridge.holds");
    assertThat(selected("--match", "opens", "--match", "holds"))
        .containsExactly("bridge.opens", "bridge.holds");
    assertThat(selected("--match", "opens", "--status", "success")).isEmpty();
  }

  private List<String> selected(String... options) {
    String[] all = new String[options.length + 1];
    all[0] = "filter";
    System.arraycopy(options, 0, all, 1, options.length);
    return call(call(mixed(), all).bytes(), "ls").out().lines().toList();
  }

  @Test
  void knownFailuresAreExpectedAndTheirSuccessIsNot() {
    String known = file("known", "bridge.opens\nbridge.holds\n".getBytes(UTF_8));
    Called called = call(mixed(), "filter", "--no-text", "--expect-failures", known);
    assertThat(tests(called.bytes()))
        .contains("xfail bridge.opens [slow]", "uxsuccess bridge.holds []");
    assertThat(called.code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void testsAreRenamed() {
    assertThat(call(call(mixed(), "filter", "--rename", "bridge\\.(.*)=$1.x").bytes(), "ls").out())
        .isEqualTo("opens.x\nholds.x\n");
    Called wrong = call(mixed(), "filter", "--rename", "bridge=$7");
    assertThat(wrong.code()).isEqualTo(ExitCode.USAGE);
    assertThat(wrong.err()).contains("--rename bridge=$7 cannot be done");
    assertThat(call(mixed(), "filter", "--rename", "bridge").code()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void wrongSelectionsAreTheCallers() {
    assertThat(call(mixed(), "ls", "--status", "sucess").err()).contains("did you mean 'success'?");
    Called regex = call(mixed(), "ls", "--match", "(");
    assertThat(regex.code()).isEqualTo(ExitCode.USAGE);
    assertThat(regex.err()).contains("( is no regular expression");
  }

  @Test
  void tagsAreAddedAndTakenAway() {
    Called called = call(mixed(), "tag", "--add", "ci,linux", "--remove", "slow");
    assertThat(tests(called.bytes()))
        .contains("fail bridge.opens [ci, linux]", "success bridge.holds [ci, linux]");
    assertThat(call(mixed(), "tag").code()).isEqualTo(ExitCode.USAGE);
  }

  // mux and demux

  @Test
  void whatIsMergedComesApartAgainAsItWas() throws IOException {
    String one = file("one", mixed().toByteArray());
    String two = file("two", good().toByteArray());
    Called merged = call(new byte[0], "mux", "a=" + one, "b=" + two);
    assertThat(merged.code()).isEqualTo(ExitCode.FAILED);
    assertThat(call(merged.bytes(), "ls", "--routes").out().lines())
        .containsExactlyInAnyOrder("a/w1  bridge.opens", "a/w2  bridge.holds", "b  a", "b  b");
    Path parts = folder.resolve("parts");
    Called split = call(merged.bytes(), "demux", "-d", parts.toString());
    assertThat(split.code()).isEqualTo(ExitCode.FAILED);
    assertThat(parts.resolve("a.subunit")).hasBinaryContent(mixed().toByteArray());
    assertThat(parts.resolve("b.subunit")).hasBinaryContent(good().toByteArray());
  }

  @Test
  void whatHasNoRouteIsKeptApart() {
    Path parts = folder.resolve("parts");
    call(mixed(), "demux", "-d", parts.toString());
    assertThat(parts.resolve("own.subunit")).hasContent("rust on the hinge\n");
    assertThat(parts.resolve("w1.subunit")).exists();
  }

  @Test
  void noRouteLeadsOutOfTheFolder() throws IOException {
    Bytes evil = packets(Event.test("x", Status.SUCCESS).routeCode("..").build());
    Path parts = folder.resolve("deep").resolve("parts");
    call(evil, "demux", "-d", parts.toString());
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile).toList())
          .allSatisfy(path -> assertThat(path).startsWithRaw(parts))
          .hasSize(1);
    }
  }

  @Test
  void sourcesOfAMergeAreNamedOnceEach() {
    String one = file("one", good().toByteArray());
    assertThat(call(new byte[0], "mux", one).err()).contains("names no step and file");
    assertThat(call(new byte[0], "mux", "a=" + one, "a=" + one).err())
        .contains("two streams are called a");
  }

  // diff

  @Test
  void whatDiffersIsToldByItsKind() {
    String before =
        file(
            "before",
            packets(
                    test("fixed", Status.FAIL, 0).build(),
                    test("broken", Status.SUCCESS, 0).build(),
                    test("gone", Status.SUCCESS, 0).build(),
                    test("slow", Status.INPROGRESS, 0).build(),
                    test("slow", Status.SUCCESS, 1).build())
                .toByteArray());
    String after =
        file(
            "after",
            packets(
                    test("fixed", Status.SUCCESS, 0).build(),
                    test("broken", Status.FAIL, 0).build(),
                    test("new", Status.SUCCESS, 0).build(),
                    test("slow", Status.INPROGRESS, 0).build(),
                    test("slow", Status.SUCCESS, 5).build())
                .toByteArray());
    Called called = call(new byte[0], "diff", before, after);
    assertThat(called.out())
        .isEqualTo(
            """
            broken (1)
              broken
            fixed (1)
              fixed
            new (1)
              new: passed
            gone (1)
              gone: was passed
            slower (1)
              slow: 1.000 s, now 5.000 s
            """);
    assertThat(called.code()).isEqualTo(ExitCode.FAILED);
    assertThat(call(new byte[0], "diff", before, before).out()).isEqualTo("no test differs\n");
    assertThat(call(new byte[0], "diff", before, before).code()).isEqualTo(ExitCode.SUCCESS);
    assertThat(call(new byte[0], "diff", "--json", before, after).out())
        .contains("{\"kind\":\"broken\",\"test\":\"broken\",\"route\":\"\"");
    assertThat(call(new byte[0], "diff", "--ratio", "1", before, after).code())
        .isEqualTo(ExitCode.USAGE);
  }

  // output

  @Test
  void packetsCanBeMadeInAShell() {
    Called called =
        call(
            "boom\n".getBytes(UTF_8),
            "output",
            "fail",
            "a.b",
            "--file",
            "-",
            "--file-name",
            "log",
            "--mime-type",
            "text/plain",
            "--tag",
            "x",
            "--route",
            "w1",
            "--time",
            "2026-01-01T00:00:00Z");
    PacketDecoder decoder = new PacketDecoder();
    decoder.offer(called.bytes());
    decoder.end();
    List<Event> events = new ArrayList<>();
    while (decoder.next() == PacketDecoder.Next.EVENT) {
      events.add(decoder.event());
    }
    assertThat(decoder.current()).isEqualTo(PacketDecoder.Next.END);
    assertThat(events.getLast())
        .isEqualTo(
            Event.test("a.b", Status.FAIL).tags("x").timestamp(BEGIN).routeCode("w1").build());
    StringBuilder log = new StringBuilder();
    events.forEach(event -> log.append(event.fileContent().utf8()));
    assertThat(log).hasToString("boom\n");
    assertThat(events.get(events.size() - 2).eof()).isTrue();
    assertThat(called.code()).isEqualTo(ExitCode.SUCCESS);
  }

  @Test
  void whatSaysNothingIsNoPacket() {
    assertThat(call(new byte[0], "output").code()).isEqualTo(ExitCode.USAGE);
    assertThat(call(new byte[0], "output", "passed", "x").err()).contains("no status is called");
    assertThat(call(new byte[0], "output", "success", "x", "--time", "noon").err())
        .contains("--time noon is no time");
    assertThat(call(new byte[0], "output", "success", "x", "--mime-type", "a/b").code())
        .isEqualTo(ExitCode.USAGE);
    Called early = call(new byte[0], "output", "success", "x", "--time", "1960-01-01T00:00:00Z");
    assertThat(early.code()).isEqualTo(ExitCode.USAGE);
    assertThat(early.err()).contains("no packet can say that").contains("1970");
  }

  // cat

  @Test
  void aStreamIsShownAsText() {
    assertThat(call(mixed(), "cat").out())
        .isEqualTo(
            """
            rust on the hinge
            fail bridge.opens
                | expected open
                | but was shut
            success bridge.holds
            """);
    assertThat(call(mixed(), "cat", "--raw").out()).isEqualTo("rust on the hinge\n");
    assertThat(call(mixed(), "cat", "--status", "success", "--route", "w2").out())
        .contains("success bridge.holds");
  }

  @Test
  void attachmentsBecomeFilesAndNoNameLeadsOut() throws IOException {
    Bytes stream =
        packets(
            test("../../evil", Status.INPROGRESS, 0).build(),
            test("../../evil", Status.NONE, 0)
                .file("../../../x", Bytes.ofUtf8("one"))
                .eof(true)
                .build(),
            test("../../evil", Status.NONE, 0).file("../../../x", Bytes.ofUtf8("two")).build(),
            test("../../evil", Status.FAIL, 1).file("test.json", Bytes.ofUtf8("{}")).build());
    Path target = folder.resolve("deep").resolve("files");
    Called called = call(stream, "cat", "--files", target.toString());
    assertThat(called.out()).startsWith("1 test, 3 files in ");
    List<Path> files;
    try (var walked = Files.walk(folder)) {
      files = walked.filter(Files::isRegularFile).toList();
    }
    assertThat(files).hasSize(4).allSatisfy(path -> assertThat(path).startsWithRaw(target));
    assertThat(files.stream().map(path -> read(path)).toList()).contains("one", "two", "{}");
    Path record =
        files.stream().filter(path -> path.endsWith("test.json")).findFirst().orElseThrow();
    Map<String, Object> document = JsonText.parse(read(record));
    assertThat(document).containsEntry("test", "../../evil").containsEntry("status", "fail");
    assertThat((List<?>) document.get("files")).hasSize(3);
    assertThat(call(stream, "cat", "--files", target.toString()).err()).contains("is not empty");
  }

  private static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // verify

  @Test
  void everyByteIsAccountedFor() {
    byte[] stream = mixed().toByteArray();
    int at =
        packets(
                test("bridge.opens", Status.INPROGRESS, 0).routeCode("w1").build(),
                test("bridge.holds", Status.INPROGRESS, 0).routeCode("w2").build())
            .length();
    stream[at - 1] ^= 1;
    Called called = call(stream, "verify", "--json");
    List<Map<String, Object>> lines = called.out().lines().map(JsonText::parse).toList();
    long total = 0;
    for (Map<String, Object> line : lines.subList(0, lines.size() - 1)) {
      assertThat(line).containsEntry("offset", total);
      total += (Long) line.get("length");
    }
    assertThat(lines.getLast())
        .containsEntry("bytes", (long) stream.length)
        .containsEntry("packets", 3L)
        .containsEntry("text-bytes", 18L)
        .containsEntry("damage-parts", 1L);
    assertThat(total).isEqualTo(stream.length);
    assertThat(lines).anySatisfy(line -> assertThat(line).containsEntry("reason", "checksum"));
    assertThat(called.code()).isEqualTo(ExitCode.FAILED);
    assertThat(call(stream, "verify").out()).contains("damage: the checksum is wrong");
  }

  @Test
  void aSoundStreamIsSaidToBe() {
    Called called = call(good(), "verify");
    assertThat(called.out()).contains("0 damaged in 0 parts");
    assertThat(called.code()).isEqualTo(ExitCode.SUCCESS);
    byte[] text = Bytes.concat(List.of(good(), Bytes.ofUtf8("x\n"))).toByteArray();
    assertThat(call(text, "verify").code()).isEqualTo(ExitCode.SUCCESS);
    assertThat(call(text, "verify", "--no-text").code()).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aPacketThatIsCutOffIsDamageWithThatReason() {
    byte[] whole = good().toByteArray();
    byte[] cut = Arrays.copyOf(whole, whole.length - 3);
    assertThat(call(cut, "verify").out()).contains("the input ends before the packet does");
  }

  // convert

  @Test
  void reportsBecomeStreamsAndStreamsReports() {
    byte[] junit = call(mixed(), "convert", "--to", "junit").bytes();
    assertThat(new String(junit, UTF_8)).contains("<testcase classname=\"bridge\" name=\"opens\"");
    Called back = call(junit, "convert");
    assertThat(call(back.bytes(), "ls", "--times").out())
        .contains("fail        bridge.opens", "success     bridge.holds");
    assertThat(back.code()).isEqualTo(ExitCode.FAILED);
    String tap = "TAP version 14\n1..2\nok 1 - a\nnot ok 2 - b\n";
    assertThat(call(call(tap.getBytes(UTF_8), "convert").bytes(), "ls").out()).isEqualTo("a\nb\n");
  }

  @Test
  void everyWrittenFormatIsWritten() {
    for (String format : List.of("v2", "v1", "junit", "tap", "ctrf", "csv", "markdown", "github")) {
      Called called = call(mixed(), "convert", "--to", format);
      assertThat(called.out()).as(format).contains("bridge").contains("opens");
      assertThat(called.err()).as(format).isEmpty();
    }
  }

  @Test
  void aReportThatIsCutOffIsSaidAndItsTestsCount() {
    String xml = "<testsuite name='s'><testcase classname='a' name='b'/><testcase classname='a' na";
    Called called = call(xml.getBytes(UTF_8), "convert");
    assertThat(called.err()).contains("standard input:").contains("truncated");
    assertThat(call(called.bytes(), "ls").out()).contains("a.b");
  }

  @Test
  void formatsAreKnownByName() {
    assertThat(call(good(), "convert", "--to", "junti").err()).contains("did you mean 'junit'?");
    assertThat(call(good(), "convert", "--to", "go").code()).isEqualTo(ExitCode.USAGE);
    assertThat(call(good(), "convert", "--from", "csv").code()).isEqualTo(ExitCode.USAGE);
    assertThat(call(good(), "convert", "--to", "markdown", "--limit", "3").code())
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void aConversionGoesIntoAFileOnDemand() {
    Path target = folder.resolve("report.xml");
    Called called = call(good(), "convert", "--to", "junit", "-o", target.toString());
    assertThat(called.bytes()).isEmpty();
    assertThat(read(target)).contains("</testsuites>");
  }

  // trace

  @Test
  void whoWatchesSeesEachTestAndFailuresInFull() {
    Called called = call(mixed(), "trace");
    assertThat(called.out())
        .isEqualTo(
            """
            rust on the hinge
               3.000 s  FAILED  bridge.opens  w1
                traceback
                | expected open
                | but was shut
               1.000 s  passed  bridge.holds  w2

            slowest
               3.000 s  bridge.opens
               1.000 s  bridge.holds

            workers
               3.000 s       1  w1
               1.000 s       1  w2

            failed
              bridge.opens

            2 tests, 1 passed, 1 failed in 3.0s
            """);
    assertThat(called.code()).isEqualTo(ExitCode.FAILED);
    assertThat(call(mixed(), "trace", "--failures", "--no-text", "--slowest", "0").out())
        .doesNotContain("passed  bridge", "rust", "slowest");
  }

  @Test
  void onATerminalWhatRunsIsDrawnInPlace() {
    capture = new Capture(Terminal.of("12", Map.of("TERM", "xterm", "COLUMNS", "60")));
    capture.in(
        packets(test("long.running", Status.INPROGRESS, 0).routeCode("w1").build()).toByteArray());
    capture.run(
        List.of(new Subcommand("stream", _ -> StreamCommand.describe(), StreamCommand.parts())),
        "stream",
        "trace");
    assertThat(capture.out())
        .contains("\u001b[?25l", "w1", "long.running", "A\r\u001b[J")
        .endsWith("\u001b[?25h");
  }

  // exit codes

  /** The exit code of every command that reads one stream for its tests; they are of one mind. */
  private ExitCode codeOf(Event... events) throws IOException {
    Bytes stream = packets(events);
    String input = file("input", stream.toByteArray());
    List<List<String>> readers =
        List.of(
            List.of("ls"),
            List.of("ls", "--json"),
            List.of("filter", "--match", ""),
            List.of("tag", "--add", "x"),
            List.of("cat"),
            List.of("convert", "--to", "tap"),
            List.of("trace"),
            List.of("verify"),
            List.of("demux", "-d", folder.resolve("parts").toString()),
            List.of("mux", "a=" + input));
    ExitCode code = call(stream, "stats").code();
    for (List<String> reader : readers) {
      assertThat(call(stream, reader.toArray(String[]::new)).code())
          .as(String.join(" ", reader))
          .isEqualTo(code);
    }
    return code;
  }

  @Test
  void aFailedUnexpectedlySuccessfulOrLostTestIsSaidByTheExitCode() throws IOException {
    assertThat(codeOf(test("x", Status.FAIL, 0).build())).isEqualTo(ExitCode.FAILED);
    assertThat(codeOf(test("x", Status.UXSUCCESS, 0).build())).isEqualTo(ExitCode.FAILED);
    assertThat(codeOf(test("x", Status.INPROGRESS, 0).build())).isEqualTo(ExitCode.FAILED);
    assertThat(codeOf(test("x", Status.SUCCESS, 0).build())).isEqualTo(ExitCode.SUCCESS);
    assertThat(codeOf(test("x", Status.XFAIL, 0).build())).isEqualTo(ExitCode.SUCCESS);
    assertThat(codeOf(test("x", Status.SKIP, 0).build())).isEqualTo(ExitCode.SUCCESS);
    assertThat(codeOf(test("x", Status.EXISTS, 0).build())).isEqualTo(ExitCode.SUCCESS);
    assertThat(codeOf()).isEqualTo(ExitCode.SUCCESS);
  }

  @Test
  void aRunThatSaysOfItselfThatItFailedIsSaidByTheExitCode() throws IOException {
    Event passed = test("x", Status.SUCCESS, 0).build();
    Event failed = Event.builder().status(Status.FAIL).routeCode("w1").build();
    assertThat(codeOf(passed, failed)).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void anAttemptThatFailedIsSaidByTheExitCodeThoughTheNextPassed() throws IOException {
    assertThat(
            codeOf(
                test("x", Status.INPROGRESS, 0).build(),
                test("x", Status.FAIL, 1).build(),
                test("x", Status.INPROGRESS, 2).build(),
                test("x", Status.SUCCESS, 3).build()))
        .isEqualTo(ExitCode.FAILED);
  }

  @Test
  void theAttemptThatIsLostIsSaidByTheExitCodeThoughTheOneBeforePassed() throws IOException {
    assertThat(
            codeOf(test("x", Status.SUCCESS, 1).build(), test("x", Status.INPROGRESS, 2).build()))
        .isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aFailureIsNeitherTakenBackNorTooLate() throws IOException {
    Event passed = test("x", Status.SUCCESS, 0).build();
    Event failed = test("x", Status.FAIL, 1).build();
    assertThat(codeOf(failed, passed)).isEqualTo(ExitCode.FAILED);
    assertThat(codeOf(passed, failed)).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void theSameTestOnAnotherRouteIsAnother() throws IOException {
    assertThat(
            codeOf(
                test("x", Status.INPROGRESS, 0).routeCode("w1").build(),
                test("x", Status.SUCCESS, 1).routeCode("w2").build()))
        .isEqualTo(ExitCode.FAILED);
  }
}
