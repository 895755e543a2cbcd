package dev.headgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdInputStream;
import dev.headgate.model.TestCounts;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketEncoder;
import dev.headgate.subunit.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SegmentTests {
  private static final String GOLDEN = "/golden/run-segment-v1.run";

  @TempDir Path folder;

  private static byte[] packets(List<Event> events) {
    PacketEncoder encoder = new PacketEncoder();
    events.forEach(encoder::append);
    return encoder.take().toByteArray();
  }

  /** A small sealed segment of three frames; the golden file was made by this. */
  static Path write(Path file) throws IOException {
    List<Event> events = Runs.smallRun();
    RunTally tally = new RunTally();
    try (SegmentWriter writer = SegmentWriter.create(file, Runs.header("7-2"))) {
      for (int from = 0; from < events.size(); from += 5) {
        List<Event> part = events.subList(from, Math.min(events.size(), from + 5));
        part.forEach(event -> tally.accept(event, writer.frames()));
        writer.frame(
            packets(part),
            part.stream().mapToInt(RunTally::lines).sum(),
            Runs.NOON.plusSeconds(10 + from));
      }
      writer.seal(Runs.end("failed", tally.counts()), tally.tests());
    }
    return file;
  }

  private static byte[] stream(SegmentReader reader) throws IOException {
    try (InputStream stream = new RunStream(reader)) {
      return stream.readAllBytes();
    }
  }

  @Test
  void goldenSegmentOfVersionOneIsReadForEver() throws IOException {
    Path golden = folder.resolve("golden.run");
    try (InputStream resource = SegmentTests.class.getResourceAsStream(GOLDEN)) {
      Files.write(golden, resource.readAllBytes());
    }
    try (SegmentReader reader = SegmentReader.openSealed(golden)) {
      assertThat(reader.header()).isEqualTo(Runs.header("7-2"));
      assertThat(reader.end())
          .contains(
              new RunEnd(
                  Runs.NOON.plusSeconds(90),
                  "failed",
                  "2 tests failed",
                  new TestCounts(2, 1, 0, 1)));
      assertThat(reader.tests())
          .extracting(
              test -> test.key().testId(),
              test -> test.key().attempt(),
              RecordedTest::status,
              RecordedTest::duration,
              RecordedTest::firstFrame,
              RecordedTest::lastFrame,
              RecordedTest::snippet)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(
                  "a.Passes", 1, Status.SUCCESS, Optional.of(Duration.ofSeconds(2)), 0, 0, ""),
              org.assertj.core.groups.Tuple.tuple(
                  "a.Fails",
                  1,
                  Status.FAIL,
                  Optional.of(Duration.ofSeconds(1)),
                  1,
                  1,
                  "expected 1\n  but was 2"),
              org.assertj.core.groups.Tuple.tuple(
                  "a.Fails", 2, Status.SUCCESS, Optional.of(Duration.ofSeconds(1)), 1, 2, ""),
              org.assertj.core.groups.Tuple.tuple(
                  "a.Hangs", 1, Status.INPROGRESS, Optional.empty(), 2, 2, "waiting for a lock"));
      assertThat(reader.frames()).extracting(SegmentIndex.Frame::lines).containsExactly(1, 1, 0);
      assertThat(stream(reader)).isEqualTo(packets(Runs.smallRun()));
    }
  }

  @Test
  void whatIsWrittenTodayHasTheGoldenShape() throws IOException {
    Path today = write(folder.resolve("today.run"));
    Path golden = folder.resolve("golden.run");
    try (InputStream resource = SegmentTests.class.getResourceAsStream(GOLDEN)) {
      Files.write(golden, resource.readAllBytes());
    }
    try (SegmentReader ours = SegmentReader.openAny(today);
        SegmentReader theirs = SegmentReader.openAny(golden)) {
      assertThat(ours.header()).isEqualTo(theirs.header());
      assertThat(ours.tests()).isEqualTo(theirs.tests());
      assertThat(ours.end()).isEqualTo(theirs.end());
      assertThat(ours.frames())
          .extracting(SegmentIndex.Frame::rawLength)
          .isEqualTo(theirs.frames().stream().map(SegmentIndex.Frame::rawLength).toList());
    }
  }

  @Test
  void anyZstandardToolGivesTheStreamBack() throws IOException {
    byte[] file = Files.readAllBytes(write(folder.resolve("s.run")));
    try (ZstdInputStream plain = new ZstdInputStream(new ByteArrayInputStream(file))) {
      assertThat(plain.readAllBytes()).isEqualTo(packets(Runs.smallRun()));
    }
  }

  @Test
  void indexAgreesWithWhatTheStreamSays() throws IOException {
    try (SegmentReader reader = SegmentReader.openSealed(write(folder.resolve("s.run")))) {
      RunTally tally = RunRecovery.tally(reader);
      assertThat(tally.tests()).isEqualTo(reader.tests());
      assertThat(Optional.of(tally.counts())).isEqualTo(reader.end().map(RunEnd::counts));
    }
  }

  @Test
  void everyTruncationRecoversToItsWholeFrames() throws IOException {
    byte[] whole = Files.readAllBytes(write(folder.resolve("whole.run")));
    List<SegmentIndex.Frame> frames;
    long headerLength;
    byte[] all = packets(Runs.smallRun());
    try (SegmentReader reader = SegmentReader.openSealed(folder.resolve("whole.run"))) {
      frames = List.copyOf(reader.frames());
      headerLength = frames.getFirst().offset() - 40;
    }
    int rejected = 0;
    Path cut = folder.resolve("cut.run");
    for (int length = 0; length <= whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      if (length < headerLength) {
        assertThatThrownBy(() -> SegmentReader.openAny(cut)).isInstanceOf(SegmentDamage.class);
        rejected++;
        continue;
      }
      int size = length;
      List<SegmentIndex.Frame> expected =
          frames.stream()
              .filter(frame -> frame.offset() + frame.compressedLength() <= size)
              .toList();
      int raw = expected.stream().mapToInt(SegmentIndex.Frame::rawLength).sum();
      try (SegmentReader reader = SegmentReader.openAny(cut)) {
        assertThat(reader.frames()).as("cut at %d", length).isEqualTo(expected);
        assertThat(reader.end().isPresent()).isEqualTo(length == whole.length);
        assertThat(stream(reader)).isEqualTo(Arrays.copyOf(all, raw));
      }
      if (length % 23 == 0 && length < whole.length) {
        sealAgain(cut, expected);
      }
    }
    assertThat(rejected).isEqualTo((int) headerLength);
  }

  private static void sealAgain(Path cut, List<SegmentIndex.Frame> expected) throws IOException {
    String digest;
    try (SegmentReader reader = SegmentReader.openAny(cut);
        SegmentWriter writer = SegmentWriter.resume(cut, reader)) {
      digest = writer.seal(Runs.end("interrupted", TestCounts.NONE), List.of());
    }
    assertThat(SegmentWriter.digest(cut)).isEqualTo(digest);
    try (SegmentReader sealed = SegmentReader.openSealed(cut)) {
      assertThat(sealed.frames()).isEqualTo(expected);
      assertThat(sealed.end().map(RunEnd::conclusion)).contains("interrupted");
    }
  }

  @Test
  void noFlippedByteChangesTheStreamUnnoticed() throws IOException {
    byte[] whole = Files.readAllBytes(write(folder.resolve("whole.run")));
    byte[] all = packets(Runs.smallRun());
    Path flipped = folder.resolve("flipped.run");
    int noticed = 0;
    for (int at = 0; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x10;
      Files.write(flipped, damaged);
      try (SegmentReader reader = SegmentReader.openSealed(flipped)) {
        assertThat(stream(reader)).as("byte %d", at).isEqualTo(all);
      } catch (SegmentDamage | UnknownSegmentVersion e) {
        noticed++;
      }
      try (SegmentReader reader = SegmentReader.openAny(flipped)) {
        byte[] read = stream(reader);
        assertThat(read).as("byte %d", at).isEqualTo(Arrays.copyOf(all, read.length));
      } catch (SegmentDamage | UnknownSegmentVersion e) {
        noticed++;
      }
    }
    assertThat(noticed).isGreaterThan(whole.length);
  }

  @Test
  void outputThatLooksLikeAnEndDoesNotSealARun() throws IOException {
    byte[] sealed = Files.readAllBytes(write(folder.resolve("s.run")));
    Path open = folder.resolve("open.run");
    try (SegmentWriter writer = SegmentWriter.create(open, Runs.header("8"))) {
      writer.frame(packets(Runs.smallRun()), 0, Runs.NOON);
    }
    byte[] frame = Files.readAllBytes(open);
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(frame, 0, frame.length - 1);
    both.write(sealed, sealed.length - 400, 400);
    Files.write(open, both.toByteArray());

    try (SegmentReader reader = SegmentReader.openAny(open)) {
      assertThat(reader.end()).isEmpty();
      assertThat(reader.frames()).isEmpty();
    }
  }

  @Test
  void newerVersionIsToldApartFromDamage() throws IOException {
    byte[] body = SegmentFormat.encodeHeader(Runs.header("7"));
    body[1] = 2;
    Path newer =
        Files.write(
            folder.resolve("newer.run"), SegmentFormat.record(SegmentFormat.Tag.HEADER, body));
    assertThatThrownBy(() -> SegmentReader.openAny(newer))
        .isInstanceOf(UnknownSegmentVersion.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void snippetKeepsBeginningAndEnd() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      lines.add("line " + i);
    }
    String cut = Snippet.cut(String.join("\n", lines));
    assertThat(cut).startsWith("line 0\nline 1\n").contains("\n[...]\n").endsWith("line 999");
    assertThat(cut.length()).isLessThan(Snippet.HEAD + Snippet.TAIL + 20);
    assertThat(Snippet.cut("short")).isEqualTo("short");
  }

  @Test
  void snippetOfOneEndlessLineCutsNoCharacterInTwo() {
    String pairs = Character.toString(0x1F600).repeat(5000);
    for (String text : List.of(pairs, "x" + pairs)) {
      byte[] utf8 = Snippet.cut(text).getBytes(StandardCharsets.UTF_8);
      assertThat(new String(utf8, StandardCharsets.UTF_8))
          .isEqualTo(Snippet.cut(text))
          .doesNotContain("?");
    }
  }
}
