package dev.headgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.model.TestCounts;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRepositoryTests {
  @TempDir Path folder;

  private RunRepository runs;

  private Path database() {
    return folder.resolve("headgate.db");
  }

  @BeforeEach
  void open() {
    runs = RunRepository.open(folder, database());
  }

  @AfterEach
  void close() {
    runs.close();
  }

  private void reopen() {
    runs.close();
    open();
  }

  private RunWriter record(String runId, List<Event> events) {
    RunWriter writer = runs.begin(Runs.header(runId));
    events.forEach(writer::append);
    return writer;
  }

  private List<Path> files(String glob) throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("runs"))) {
      return all.filter(file -> file.toString().endsWith(glob)).toList();
    }
  }

  @Test
  void sealedRunComesBackWhole() throws Exception {
    RunEnd end = Runs.end("failed", new TestCounts(2, 1, 0, 1));
    record("7", Runs.smallRun()).seal(end);

    RecordedRun run = runs.find("7").orElseThrow();
    assertThat(run.header()).isEqualTo(Runs.header("7"));
    assertThat(run.end()).contains(end);
    assertThat(Runs.events(runs.open("7"))).isEqualTo(Runs.smallRun());
    assertThat(runs.tests("7"))
        .extracting(test -> test.key().testId() + " " + test.key().attempt())
        .containsExactly("a.Passes 1", "a.Fails 1", "a.Fails 2", "a.Hangs 1");
    assertThat(runs.failures("7"))
        .extracting(RecordedTest::status, RecordedTest::snippet)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Status.FAIL, "expected 1\n  but was 2"),
            org.assertj.core.groups.Tuple.tuple(Status.INPROGRESS, "waiting for a lock"));
    assertThat(runs.lastOutput("7", 10)).containsExactly("compiling", "running tests");
  }

  @Test
  void sealedSegmentIsNamedByItsDigestAndNothingElseIsLeft() throws Exception {
    record("7", Runs.smallRun()).seal(Runs.end("passed", TestCounts.NONE));

    assertThat(files(".run")).hasSize(1);
    byte[] bytes = Files.readAllBytes(files(".run").getFirst());
    String digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    assertThat(files(".run").getFirst())
        .isEqualTo(folder.resolve("runs/" + digest.substring(0, 2) + "/" + digest + ".run"));
    assertThat(runs.find("7").orElseThrow().digest()).isEqualTo(digest);
    runs.close();
    try (Stream<Path> sessions = Files.list(folder.resolve("runs/open"))) {
      assertThat(sessions).isEmpty();
    }
  }

  @Test
  void runBeingRecordedCanBeReadUpToItsLastFlush() throws IOException {
    try (RunWriter writer = record("7", Runs.smallRun());
        RunRepository reader = RunRepository.openReadOnly(folder, database())) {
      writer.flush();
      writer.append(Runs.output("unit", "not flushed"));
      assertThat(Runs.events(reader.open("7"))).isEqualTo(Runs.smallRun());
      assertThat(reader.find("7").orElseThrow().end()).isEmpty();
      assertThat(reader.failures("7")).hasSize(2);
      assertThat(reader.lastOutput("7", 1)).containsExactly("running tests");
      writer.seal(Runs.end("passed", TestCounts.NONE));
      assertThat(Runs.events(reader.open("7"))).hasSize(Runs.smallRun().size() + 1);
    }
  }

  @Test
  void streamOpenedBeforeTheSealIsReadToItsEnd() throws IOException {
    RunWriter writer = record("7", Runs.smallRun());
    writer.flush();
    try (var stream = runs.open("7")) {
      writer.seal(Runs.end("passed", TestCounts.NONE));
      assertThat(Runs.events(stream)).isEqualTo(Runs.smallRun());
    }
  }

  @Test
  void eventsReachTheFileByThemselvesBeforeListenersSeeThem() throws Exception {
    CountDownLatch told = new CountDownLatch(1);
    List<Event> inFile = new ArrayList<>();
    List<Event> seen = new ArrayList<>();
    try (RunWriter writer =
        runs.begin(
            Runs.header("7"),
            events -> {
              seen.addAll(events);
              try {
                inFile.addAll(Runs.events(runs.open("7")));
              } catch (IOException e) {
                throw new AssertionError(e);
              }
              told.countDown();
            })) {
      Runs.smallRun().forEach(writer::append);
      assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(seen).isEqualTo(Runs.smallRun());
      assertThat(inFile).isEqualTo(Runs.smallRun());
    }
  }

  @Test
  void listenerThatThrowsDoesNotBreakRecording() throws IOException {
    AtomicInteger calls = new AtomicInteger();
    List<Throwable> reported = new ArrayList<>();
    Thread.UncaughtExceptionHandler before = Thread.currentThread().getUncaughtExceptionHandler();
    Thread.currentThread().setUncaughtExceptionHandler((thread, fault) -> reported.add(fault));
    try {
      RunWriter writer =
          runs.begin(
              Runs.header("7"),
              events -> {
                calls.incrementAndGet();
                throw new IllegalStateException("a display broke");
              });
      Runs.smallRun().forEach(writer::append);
      writer.flush();
      writer.append(Runs.output("unit", "more\n"));
      writer.seal(Runs.end("passed", TestCounts.NONE));
    } finally {
      Thread.currentThread().setUncaughtExceptionHandler(before);
    }
    assertThat(calls).hasValue(1);
    assertThat(reported).hasSize(1);
    assertThat(Runs.events(runs.open("7"))).hasSize(Runs.smallRun().size() + 1);
  }

  @Test
  void largeContentIsSplitOverFramesOfTheUsualSize() throws IOException {
    byte[] content = new byte[3 << 20];
    new Random(1).nextBytes(content);
    Event large =
        Event.test("a.Large", Status.FAIL)
            .tags("slow")
            .mimeType("application/octet-stream")
            .file("core", Bytes.copyOf(content))
            .eof(true)
            .routeCode("unit")
            .timestamp(Runs.NOON)
            .build();
    record("7", List.of(large)).seal(Runs.end("failed", new TestCounts(0, 1, 0, 0)));

    List<Event> events = Runs.events(runs.open("7"));
    assertThat(Bytes.concat(events.stream().map(Event::fileContent).toList()).toByteArray())
        .isEqualTo(content);
    assertThat(events).extracting(Event::eof).last().isEqualTo(true);
    assertThat(events.stream().filter(Event::eof)).hasSize(1);
    assertThat(events.getFirst().status()).isEqualTo(Status.FAIL);
    assertThat(events.stream().filter(event -> event.status() != Status.NONE)).hasSize(1);
    assertThat(runs.tests("7")).hasSize(1);
    try (SegmentReader reader = SegmentReader.openSealed(files(".run").getFirst())) {
      assertThat(reader.frames())
          .extracting(SegmentIndex.Frame::rawLength)
          .allMatch(length -> length <= 256 << 10);
    }
  }

  @Test
  void eventThatCannotBeWrittenIsRefusedAndRecordingGoesOn() throws IOException {
    RunWriter writer = record("7", Runs.smallRun());
    Event broken = Event.test("nul\u0000", Status.SUCCESS).build();
    assertThatThrownBy(() -> writer.append(broken)).isInstanceOf(IllegalArgumentException.class);
    writer.append(Event.builder().testId("").routeCode("").status(Status.SUCCESS).build());
    writer.seal(Runs.end("passed", TestCounts.NONE));

    assertThat(Runs.events(runs.open("7"))).hasSize(Runs.smallRun().size() + 1);
    assertThat(runs.tests("7")).hasSize(4);
  }

  @Test
  void severalThreadsAppendWithoutLoss() throws Exception {
    RunWriter writer = runs.begin(Runs.header("7"));
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      String route = "w" + t;
      threads.add(
          Thread.ofVirtual()
              .start(() -> {
                for (int i = 0; i < 2000; i++) {
                  writer.append(Runs.output(route, route + " line " + i + "\n"));
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    writer.seal(Runs.end("passed", TestCounts.NONE));

    List<String> lines = runs.lastOutput("7", 100_000);
    assertThat(lines).hasSize(8000);
    for (int t = 0; t < 4; t++) {
      String route = "w" + t + " ";
      List<String> own = lines.stream().filter(line -> line.startsWith(route)).toList();
      for (int i = 0; i < own.size(); i++) {
        assertThat(own.get(i)).isEqualTo(route + "line " + i);
      }
    }
  }

  @Test
  void interruptOfAnAppendingThreadDoesNotCloseTheFile() throws Exception {
    RunWriter writer = runs.begin(Runs.header("7"));
    Thread pump =
        Thread.ofPlatform()
            .start(() -> {
              Thread.currentThread().interrupt();
              writer.append(Runs.output("unit", "interrupted\n"));
              writer.flush();
            });
    pump.join();
    writer.append(Runs.output("unit", "went on\n"));
    writer.seal(Runs.end("passed", TestCounts.NONE));

    assertThat(runs.lastOutput("7", 5)).containsExactly("interrupted", "went on");
  }

  @Test
  void runsOfABuildAreListedNewestFirstUnderFreshIds() {
    assertThat(runs.freshRunId(7)).isEqualTo("7");
    record("7", List.of()).seal(Runs.end(RunEnd.INTERRUPTED, TestCounts.NONE));
    assertThat(runs.freshRunId(7)).isEqualTo("7-2");
    record("7-2", List.of()).seal(Runs.end("passed", TestCounts.NONE));
    assertThat(runs.freshRunId(7)).isEqualTo("7-3");

    assertThat(runs.ofBuild(7)).extracting(run -> run.header().runId()).containsExactly("7-2", "7");
    assertThat(runs.ofBuild(8)).isEmpty();
    assertThat(runs.find("9")).isEmpty();
  }

  @Test
  void listTakesFiltersAndALimit() {
    String[] jobs = {"unit", "style", "unit", "style"};
    for (int i = 0; i < jobs.length; i++) {
      RunHeader header = Runs.header("r" + i, i + 1, jobs[i], "topic/" + i % 3);
      RunWriter writer = runs.begin(header);
      if (i < 3) {
        writer.seal(Runs.end(i == 0 ? "failed" : "passed", TestCounts.NONE));
      }
    }

    assertThat(ids(10, RunFilter.ALL)).containsExactly("r3", "r2", "r1", "r0");
    assertThat(ids(2, RunFilter.ALL)).containsExactly("r3", "r2");
    assertThat(ids(0, RunFilter.ALL)).isEmpty();
    assertThat(ids(10, RunFilter.ALL.ofJob("unit"))).containsExactly("r2", "r0");
    assertThat(ids(10, RunFilter.ALL.ofChange("topic/0"))).containsExactly("r3", "r0");
    assertThat(ids(10, RunFilter.ALL.endedAs("passed"))).containsExactly("r2", "r1");
    assertThat(ids(10, RunFilter.ALL.ofJob("unit").endedAs("failed"))).containsExactly("r0");
    assertThat(ids(10, RunFilter.ALL.ofItem("item 4"))).isEmpty();
    assertThat(ids(1, RunFilter.ALL.ofItem("item 3"))).containsExactly("r3");
  }

  private List<String> ids(int limit, RunFilter filter) {
    return runs.list(limit, filter).stream().map(run -> run.header().runId()).toList();
  }

  @Test
  void runIdIsUsedOnceAndARefusedBeginLeavesNothing() throws IOException {
    record("7", Runs.smallRun()).seal(Runs.end("passed", TestCounts.NONE));
    assertThatThrownBy(() -> runs.begin(Runs.header("7")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("7");
    assertThat(files(".run")).hasSize(1);
  }

  @Test
  void endedRunTakesNothingMore() {
    RunWriter writer = record("7", Runs.smallRun());
    writer.seal(Runs.end("passed", TestCounts.NONE));
    writer.close();
    assertThatThrownBy(() -> writer.append(Runs.output("unit", "late")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> writer.seal(Runs.end("failed", TestCounts.NONE)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(runs.find("7").orElseThrow().end().map(RunEnd::conclusion)).contains("passed");
  }

  @Test
  void runThatWasNotSealedIsFoundInterrupted() throws IOException {
    record("7", Runs.smallRun());
    record("8", List.of());
    reopen();

    RunEnd end = runs.find("7").orElseThrow().end().orElseThrow();
    assertThat(end.conclusion()).isEqualTo(RunEnd.INTERRUPTED);
    assertThat(end.counts()).isEqualTo(new TestCounts(2, 1, 0, 1));
    assertThat(Runs.events(runs.open("7"))).isEqualTo(Runs.smallRun());
    assertThat(runs.failures("7")).hasSize(2);
    assertThat(Runs.events(runs.open("8"))).isEmpty();
    assertThat(runs.find("8").orElseThrow().end().orElseThrow().endedAt())
        .isEqualTo(Runs.header("8").startedAt());
    assertThat(files(".run")).hasSize(2).noneMatch(file -> file.toString().contains("open"));
  }

  @Test
  void runsOfALivingRecorderAreLeftAlone() throws IOException {
    RunWriter writer = record("7", Runs.smallRun());
    writer.flush();
    try (RunRepository other = RunRepository.open(folder, database())) {
      assertThat(other.find("7").orElseThrow().end()).isEmpty();
      RunWriter second = other.begin(Runs.header("8"));
      second.append(Runs.output("unit", "beside\n"));
      second.seal(Runs.end("passed", TestCounts.NONE));
    }
    writer.seal(Runs.end("failed", TestCounts.NONE));

    assertThat(runs.find("7").orElseThrow().end().map(RunEnd::conclusion)).contains("failed");
    assertThat(runs.lastOutput("8", 1)).containsExactly("beside");
  }

  @Test
  void crashBetweenTheTablesAndTheNameIsMended() throws IOException {
    record("7", Runs.smallRun()).seal(Runs.end("passed", new TestCounts(4, 0, 0, 0)));
    RecordedRun before = runs.find("7").orElseThrow();
    runs.close();
    Path unnamed = folder.resolve("runs/open/1-dead/1.run");
    Files.createDirectories(unnamed.getParent());
    Files.move(files(".run").getFirst(), unnamed);
    open();

    assertThat(runs.find("7")).contains(before);
    assertThat(unnamed).doesNotExist();
    assertThat(Runs.events(runs.open("7"))).isEqualTo(Runs.smallRun());
  }

  @Test
  void crashBetweenTheEndOfTheFileAndTheTablesIsMended() throws Exception {
    RunWriter writer = record("7", Runs.smallRun());
    writer.flush();
    Path unsealed = files(".run").getFirst();
    Path copy = folder.resolve("copy.run");
    Files.copy(unsealed, copy);
    RunEnd end = Runs.end("passed", new TestCounts(4, 0, 0, 0));
    try (SegmentReader reader = SegmentReader.openAny(copy);
        SegmentWriter sealing = SegmentWriter.resume(copy, reader)) {
      sealing.seal(end, RunRecovery.tally(reader).tests());
    }
    writer.close();
    runs.close();
    Files.move(copy, unsealed, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    open();

    assertThat(runs.find("7").orElseThrow().end()).contains(end);
    assertThat(runs.tests("7")).hasSize(4);
  }

  @Test
  void segmentWithoutAHeaderWasNeverEnteredAndGoes() throws IOException {
    Path torn = folder.resolve("runs/open/1-dead/1.run");
    Files.createDirectories(torn.getParent());
    Files.write(torn, new byte[] {0x5D, 0x2A, 0x4D});
    reopen();

    assertThat(torn.getParent()).doesNotExist();
    assertThat(runs.list(10, RunFilter.ALL)).isEmpty();
  }

  @Test
  void segmentOfANewerHeadgateIsLeftAlone() throws IOException {
    byte[] body = SegmentFormat.encodeHeader(Runs.header("7"));
    body[1] = 2;
    Path newer = folder.resolve("runs/open/1-dead/1.run");
    Files.createDirectories(newer.getParent());
    Files.write(newer, SegmentFormat.record(SegmentFormat.Tag.HEADER, body));
    reopen();

    assertThat(newer).exists();
  }

  @Test
  void runWhoseSegmentIsGoneSaysSo() throws IOException {
    RunWriter writer = record("7", Runs.smallRun());
    writer.close();
    runs.close();
    Files.delete(files(".run").getFirst());
    open();
    assertThat(runs.find("7").orElseThrow().end().orElseThrow().reason()).contains("lost");
    assertThatThrownBy(() -> runs.open("7"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("7");

    record("8", Runs.smallRun()).seal(Runs.end("passed", TestCounts.NONE));
    Path sealed = files(".run").getFirst();
    Files.delete(sealed);
    assertThatThrownBy(() -> runs.open("8"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(sealed.toString());
    assertThatThrownBy(() -> runs.open("9"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("9");
  }

  private record Rows(List<RecordedRun> runs, List<List<RecordedTest>> tests) {}

  private Rows rows() {
    List<RecordedRun> all = runs.list(100, RunFilter.ALL);
    return new Rows(all, all.stream().map(run -> runs.tests(run.header().runId())).toList());
  }

  private Rows recordFiveRuns() {
    for (int i = 1; i <= 5; i++) {
      RunWriter writer = runs.begin(Runs.header("run " + i, i, "unit", "topic/" + i));
      Runs.smallRun().forEach(writer::append);
      if (i != 4) {
        writer.seal(Runs.end("passed", new TestCounts(i, 0, 0, 0)));
      }
    }
    reopen();
    return rows();
  }

  @Test
  void rebuiltIndexHasTheSameRows() {
    Rows before = recordFiveRuns();
    assertThat(before.runs()).hasSize(5);

    RunRepository.Rebuild rebuild = runs.rebuildIndex();

    assertThat(rebuild).isEqualTo(new RunRepository.Rebuild(5, List.of()));
    assertThat(rows()).isEqualTo(before);
    reopen();
    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void lostDatabaseIsMadeAnewFromTheSegments() throws IOException {
    Rows before = recordFiveRuns();
    runs.close();
    Files.delete(database());
    open();

    assertThat(rows()).isEqualTo(before);
  }

  @Test
  void damagedSegmentIsLeftOutOfARebuildAndNamed() throws IOException {
    Rows before = recordFiveRuns();
    String digest = before.runs().getFirst().digest();
    Path damaged = folder.resolve("runs/" + digest.substring(0, 2) + "/" + digest + ".run");
    byte[] bytes = Files.readAllBytes(damaged);
    Files.write(damaged, java.util.Arrays.copyOf(bytes, bytes.length - 3));

    RunRepository.Rebuild rebuild = runs.rebuildIndex();

    assertThat(rebuild.runs()).isEqualTo(4);
    assertThat(rebuild.problems()).singleElement().asString().contains(digest);
    assertThat(rows().runs()).isEqualTo(before.runs().subList(1, 5));
  }

  @Test
  void indexIsNotRebuiltUnderARecording() {
    try (RunWriter writer = record("7", Runs.smallRun())) {
      assertThatThrownBy(() -> runs.rebuildIndex()).isInstanceOf(IllegalStateException.class);
      assertThat(writer.header().runId()).isEqualTo("7");
    }
  }

  @Test
  void manyTestsAreIndexedInOrder() {
    RunWriter writer = runs.begin(Runs.header("7"));
    for (int i = 0; i < 12_000; i++) {
      writer.append(Runs.test("t" + i, Status.SUCCESS, 1));
    }
    writer.seal(Runs.end("passed", new TestCounts(12_000, 0, 0, 0)));

    List<RecordedTest> tests = runs.tests("7");
    assertThat(tests).hasSize(12_000);
    assertThat(tests.get(11_999).key().testId()).isEqualTo("t11999");
    assertThat(runs.failures("7")).isEmpty();
  }

  @Test
  void lastLinesAreTheLastLinesWhateverTheFrames() {
    long seed = 11;
    Random random = new Random(seed);
    for (int round = 0; round < 20; round++) {
      List<StringBuilder> partial =
          List.of(new StringBuilder(), new StringBuilder(), new StringBuilder());
      int[] lastWrite = new int[3];
      TreeMap<Integer, String> expectedByStep = new TreeMap<>();
      RunWriter writer = runs.begin(Runs.header("round " + round));
      for (int step = 0; step < 60; step++) {
        int route = random.nextInt(3);
        String text =
            random.nextInt(4) == 0 ? "\n" : "x" + step + (random.nextBoolean() ? "\n" : "");
        writer.append(Runs.output("w" + route, text));
        partial.get(route).append(text);
        lastWrite[route] = step;
        if (text.endsWith("\n")) {
          expectedByStep.put(step, partial.get(route).toString().strip());
          partial.get(route).setLength(0);
        }
        if (random.nextInt(5) == 0) {
          writer.flush();
        }
      }
      for (int route = 0; route < 3; route++) {
        if (!partial.get(route).isEmpty()) {
          expectedByStep.put(lastWrite[route], partial.get(route).toString());
        }
      }
      List<String> expected = List.copyOf(expectedByStep.values());
      writer.seal(Runs.end("passed", TestCounts.NONE));
      for (int n = 0; n < expected.size() + 2; n++) {
        List<String> last = expected.subList(Math.max(0, expected.size() - n), expected.size());
        assertThat(runs.lastOutput("round " + round, n))
            .as("seed %d round %d lines %d", seed, round, n)
            .isEqualTo(last);
      }
    }
  }

  @Test
  void endlessLineIsCutAndCarriageReturnsGo() {
    RunWriter writer = runs.begin(Runs.header("7"));
    writer.append(Runs.output("w", "a\r\nb\n"));
    writer.append(Runs.output("w", "x".repeat(1 << 20)));
    writer.seal(Runs.end("passed", TestCounts.NONE));

    List<String> lines = runs.lastOutput("7", 3);
    assertThat(lines.subList(0, 2)).containsExactly("a", "b");
    assertThat(lines.get(2))
        .startsWith("xxxx")
        .endsWith(" [" + ((1 << 20) - OutputTail.LONGEST_LINE) + " bytes not kept]");
  }

  @Test
  void readerBeginsNothing() {
    try (RunRepository reader = RunRepository.openReadOnly(folder, database())) {
      assertThatThrownBy(() -> reader.begin(Runs.header("7")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("read only");
    }
  }

  @Test
  void closedRepositoryRefusesEverythingButClosing() {
    runs.close();
    runs.close();
    assertThatThrownBy(() -> runs.begin(Runs.header("7")))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> runs.find("7")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void siteStoreAndRunsShareOneFile() {
    try (SiteStore store = SqliteSiteStore.open(database())) {
      for (int i = 1; i <= 20; i++) {
        store.commit(SiteStoreChildren.numbered(i));
        record("run " + i, Runs.smallRun()).seal(Runs.end("passed", TestCounts.NONE));
      }
      assertThat(SiteStoreChildren.wholeCount(store)).isEqualTo(20);
      assertThat(runs.list(100, RunFilter.ALL)).hasSize(20);
    }
  }
}
