package dev.headgate.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.subunit.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which version of which file is told, and when; each test looks when it wants to. */
class ReportWatchTests {
  private static final String HEAD = "<testsuite name='s'>";
  private static final String PASSES = "<testcase classname='c' name='passes' time='2'/>";
  private static final String FAILS =
      "<testcase classname='c' name='fails' time='1'><failure message='no'/></testcase>";
  private static final String TAIL = "</testsuite>\n";

  @TempDir Path folder;
  private Instant written = Instant.parse("2026-11-21T10:00:00Z");
  private Instant now = written.plus(Duration.ofHours(1));
  private long nanos = Long.MAX_VALUE - 5;
  private final Told told = new Told();

  /** Keeps what is told. */
  private static class Told implements ReportWatch.Listener, ReportTelling.Output {
    final List<Event> events = new ArrayList<>();
    final List<String> notes = new ArrayList<>();

    @Override
    public void report(ReportTelling telling) {
      try {
        telling.tell(this);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void event(Event event) throws IOException {
      events.add(event);
    }

    @Override
    public void note(String text) {
      notes.add(text);
    }

    /** The ends of tests since this was last asked. */
    List<String> ends() {
      List<String> ends =
          events.stream()
              .filter(event -> event.testId() != null && event.status().isFinal())
              .map(event -> event.testId() + " " + event.status().word())
              .toList();
      events.clear();
      return ends;
    }
  }

  private ReportWatch watch(String... globs) {
    return new ReportWatch(
        folder, List.of(globs), Duration.ofDays(1), () -> nanos, () -> now, told);
  }

  /** Writes in place; each time is later than the one before. */
  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    written = written.plusSeconds(1);
    Files.setLastModifiedTime(file, FileTime.from(written));
  }

  @Test
  void fileIsToldWhenItsRootIsClosedAndNotBefore() throws IOException {
    ReportWatch watch = watch("*.xml");
    for (String part : List.of("", "<?xml", HEAD, HEAD + PASSES, HEAD + PASSES + "</testsui")) {
      write("a.xml", part);
      watch.look(false);
      assertThat(told.events).as(part).isEmpty();
    }
    write("a.xml", HEAD + PASSES + FAILS + TAIL);
    watch.look(false);
    assertThat(told.ends()).containsExactly("c.passes success", "c.fails fail");
    watch.look(false);
    watch.look(true);
    assertThat(told.events).isEmpty();
    assertThat(told.notes).isEmpty();
    assertThat(watch.missing() + watch.incomplete()).isEmpty();
  }

  @Test
  void jsonDocumentIsToldWhenItIsWhole() throws IOException {
    ReportWatch watch = watch("**/ctrf.json");
    String text =
        "{\"results\":{\"tool\":{\"name\":\"t\"},\"tests\":"
            + "[{\"name\":\"a\",\"status\":\"passed\",\"duration\":5}]}}";
    write("out/ctrf.json", text.substring(0, text.length() - 1));
    watch.look(false);
    assertThat(told.events).isEmpty();
    write("out/ctrf.json", text);
    watch.look(false);
    assertThat(told.ends()).containsExactly("a success");
  }

  @Test
  void fileThatGrowsByLinesIsToldWhenItRestsAndLacksNothing() throws IOException {
    ReportWatch watch = watch("*.tap");
    write("a.tap", "1..2\nok 1 - one\n");
    watch.look(false);
    nanos += Duration.ofSeconds(60).toNanos();
    watch.look(false);
    assertThat(told.events).as("a plan is not kept").isEmpty();
    write("a.tap", "1..2\nok 1 - one\nnot ok 2 - two\n");
    watch.look(false);
    assertThat(told.events).as("it may still grow").isEmpty();
    nanos += Duration.ofSeconds(2).toNanos();
    watch.look(false);
    assertThat(told.ends()).hasSize(2).last().asString().endsWith("fail");
  }

  @Test
  void fileThatGrowsByLinesIsToldAtTheEndInAnyCase() throws IOException {
    ReportWatch watch = watch("*.tap");
    write("a.tap", "ok 1 - one\n1..1\n");
    watch.look(true);
    assertThat(told.ends()).hasSize(1);
    assertThat(watch.incomplete()).isEmpty();
  }

  @Test
  void whatWasThereBeforeDoesNotCount() throws IOException {
    write("a.xml", HEAD + FAILS + TAIL);
    write("b.xml", HEAD);
    ReportWatch watch = watch("*.xml");
    watch.look(false);
    watch.look(true);
    assertThat(told.events).isEmpty();
    assertThat(watch.missing()).isEqualTo("*.xml (2 files from before the job began do not count)");
    assertThat(watch.incomplete()).isEmpty();
  }

  @Test
  void whatWasThereBeforeCountsWhenItIsWrittenAgainEvenAlike() throws IOException {
    write("a.xml", HEAD + PASSES + TAIL);
    ReportWatch watch = watch("*.xml");
    write("a.xml", HEAD + PASSES + TAIL);
    watch.look(false);
    assertThat(told.ends()).containsExactly("c.passes success");
    assertThat(watch.missing()).isEmpty();
  }

  @Test
  void whatWasThereBeforeCountsWhenAnotherFileTookItsPlace() throws IOException {
    write("a.xml", HEAD + PASSES + TAIL);
    ReportWatch watch = watch("*.xml");
    Path other = Files.writeString(folder.resolve("other"), HEAD + PASSES + TAIL);
    Files.setLastModifiedTime(other, FileTime.from(written));
    Files.move(other, folder.resolve("a.xml"), StandardCopyOption.REPLACE_EXISTING);
    watch.look(false);
    assertThat(told.ends()).containsExactly("c.passes success");
  }

  @Test
  void whatWasThereBeforeAndComesBackDoesNotCount() throws IOException {
    write("a.xml", HEAD + PASSES + TAIL);
    ReportWatch watch = watch("*.xml");
    Files.move(folder.resolve("a.xml"), folder.resolve("aside"));
    watch.look(false);
    Files.move(folder.resolve("aside"), folder.resolve("a.xml"));
    watch.look(true);
    assertThat(told.events).isEmpty();
  }

  @Test
  void fileThatIsWrittenAgainTellsOnlyWhatIsNew() throws IOException {
    ReportWatch watch = watch("*.xml");
    write("a.xml", HEAD + PASSES + "<system-out>up</system-out>" + TAIL);
    watch.look(false);
    assertThat(told.events).hasSizeGreaterThan(1);
    told.events.clear();
    write("a.xml", HEAD + PASSES + FAILS + "<system-out>up</system-out>" + TAIL);
    watch.look(false);
    assertThat(told.events).allMatch(event -> "c.fails".equals(event.testId()));
    assertThat(told.ends()).containsExactly("c.fails fail");
    write("a.xml", HEAD + FAILS + TAIL);
    watch.look(false);
    write("a.xml", HEAD + PASSES.replace("2", "3") + FAILS + TAIL);
    watch.look(true);
    assertThat(told.ends()).isEmpty();
  }

  @Test
  void fileThatIsWrittenAgainWithinTheStepOfTheClockIsReadAgainAtTheEnd() throws IOException {
    ReportWatch watch = watch("*.xml");
    write("a.xml", HEAD + PASSES + TAIL);
    now = written.plusSeconds(1);
    watch.look(false);
    assertThat(told.ends()).containsExactly("c.passes success");
    Files.writeString(folder.resolve("a.xml"), HEAD + PASSES.replace("passes", "others") + TAIL);
    Files.setLastModifiedTime(folder.resolve("a.xml"), FileTime.from(written));
    watch.look(false);
    assertThat(told.events).isEmpty();
    watch.look(true);
    assertThat(told.ends()).containsExactly("c.others success");
  }

  @Test
  void testThatEndsOtherwiseInALaterVersionHasAFurtherAttempt() throws IOException {
    ReportWatch watch = watch("*.xml");
    write("a.xml", HEAD + PASSES + FAILS + TAIL);
    watch.look(false);
    told.events.clear();
    write("a.xml", HEAD + PASSES + PASSES.replace("passes", "fails") + TAIL);
    watch.look(true);
    assertThat(told.ends()).containsExactly("c.fails success");
  }

  @Test
  void attemptThatIsAppendedIsToldAlone() throws IOException {
    ReportWatch watch = watch("*.json");
    String run = goEvent("run", ",\"Test\":\"T\"");
    String start = goEvent("start", "");
    write("go.json", start + run + goEvent("fail", ",\"Test\":\"T\"") + goEvent("fail", ""));
    watch.look(false);
    nanos += Duration.ofSeconds(2).toNanos();
    watch.look(false);
    assertThat(told.ends()).contains("p.T fail");
    write(
        "go.json",
        Files.readString(folder.resolve("go.json"))
            + start
            + run
            + goEvent("pass", ",\"Test\":\"T\"")
            + goEvent("pass", ""));
    watch.look(true);
    assertThat(told.ends()).contains("p.T success").doesNotContain("p.T fail");
  }

  private static String goEvent(String action, String more) {
    return "{\"Time\":\"2026-11-21T10:00:00Z\",\"Action\":\""
        + action
        + "\",\"Package\":\"p\""
        + more
        + "}\n";
  }

  @Test
  void reportThatIsCutOffAtTheEndIsIncompleteAndToldAsFarAsItGoes() throws IOException {
    ReportWatch watch = watch("**/*.xml");
    write("t/a.xml", HEAD + FAILS + "<testcase classname='c' name='open'");
    write("t/b.xml", HEAD + PASSES + TAIL);
    watch.look(true);
    assertThat(told.ends()).containsExactly("c.fails fail", "c.passes success");
    assertThat(watch.incomplete()).startsWith("t/a.xml: ").contains("ends within");
    assertThat(told.notes).hasSize(1).first().asString().startsWith("t/a.xml:").contains("truncat");
    assertThat(watch.missing()).isEmpty();
  }

  @Test
  void emptyReportAtTheEndIsIncomplete() throws IOException {
    ReportWatch watch = watch("*.xml");
    write("a.xml", "");
    write("b.xml", "");
    watch.look(true);
    assertThat(watch.incomplete()).isEqualTo("a.xml: the report is empty, and 1 more");
  }

  @Test
  void reportThatWasWholeAndIsCutOffLaterIsIncomplete() throws IOException {
    ReportWatch watch = watch("*.xml");
    write("a.xml", HEAD + PASSES + TAIL);
    watch.look(false);
    write("a.xml", HEAD + PASSES);
    watch.look(true);
    assertThat(told.ends()).containsExactly("c.passes success");
    assertThat(watch.incomplete()).startsWith("a.xml: ");
  }

  @Test
  void whatIsNoReportIsNotedAndDoesNotCount() throws IOException {
    ReportWatch watch = watch("*");
    write("pom.xml", "<project><a/></project>");
    write("notes\u001b.txt", "nothing");
    watch.look(false);
    assertThat(told.notes).as("it may become one").isEmpty();
    watch.look(true);
    assertThat(told.notes)
        .containsExactlyInAnyOrder(
            "pom.xml is no report; not read", "notes\uFFFD.txt is no report; not read");
    assertThat(told.events).isEmpty();
    assertThat(watch.missing()).isEqualTo("*");
    assertThat(watch.incomplete()).isEmpty();
  }

  @Test
  void everyPatternMustMatch() throws IOException {
    ReportWatch watch = watch("a/*.xml", "b/*.xml", "c/*.tap");
    write("a/a.xml", HEAD + PASSES + TAIL);
    watch.look(true);
    assertThat(watch.missing()).isEqualTo("b/*.xml, c/*.tap");
  }

  @Test
  void reportThatIsGoneAfterItWasToldCounts() throws IOException {
    ReportWatch watch = watch("*.xml");
    write("a.xml", HEAD + PASSES + TAIL);
    watch.look(false);
    Files.delete(folder.resolve("a.xml"));
    watch.look(true);
    assertThat(watch.missing() + watch.incomplete()).isEmpty();
  }

  @Test
  void linksAreNotFollowedAndGitIsNotSearched() throws IOException {
    ReportWatch watch = watch("**/*.xml");
    write("real/a.xml", HEAD + PASSES + TAIL);
    write(".git/b.xml", HEAD + FAILS + TAIL);
    Files.createSymbolicLink(folder.resolve("real/loop"), folder);
    Files.createSymbolicLink(folder.resolve("link.xml"), folder.resolve("real/a.xml"));
    Files.createSymbolicLink(folder.resolve("dangling.xml"), folder.resolve("none"));
    Files.createDirectories(folder.resolve("folder.xml"));
    watch.look(false);
    watch.look(true);
    assertThat(told.ends()).containsExactly("c.passes success");
    assertThat(told.notes).isEmpty();
  }

  @Test
  void workspaceMayBeNamedByALink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("w"));
    Files.createDirectories(folder.resolve("w"));
    ReportWatch watch =
        new ReportWatch(link, List.of("a.xml"), Duration.ZERO, () -> nanos, () -> now, told);
    write("w/a.xml", HEAD + PASSES + TAIL);
    watch.look(false);
    assertThat(told.ends()).hasSize(1);
  }

  @Test
  void largeFileIsReadWhenItDoesNotChangeBetweenTwoLooks() throws IOException {
    ReportWatch watch = watch("*.xml");
    write("a.xml", HEAD + PASSES + "<!--" + " ".repeat(1 << 20) + "-->" + TAIL);
    watch.look(false);
    assertThat(told.events).isEmpty();
    watch.look(false);
    assertThat(told.ends()).hasSize(1);
  }

  @Tag("slow")
  @Test
  void reportOfMoreTestsThanAreRememberedIsToldAtTheEnd() throws IOException {
    ReportWatch watch = watch("*.xml");
    StringBuilder text = new StringBuilder(HEAD);
    for (int i = 0; i <= ReportTally.MOST_TESTS; i++) {
      text.append("<testcase name='").append(i).append("'/>");
    }
    write("large.xml", text + TAIL);
    write("small.xml", HEAD + PASSES + TAIL);
    watch.look(false);
    watch.look(false);
    assertThat(told.ends()).containsExactly("c.passes success");
    watch.look(true);
    assertThat(told.ends()).hasSize(ReportTally.MOST_TESTS + 1);
    assertThat(watch.incomplete()).isEmpty();
  }

  @Test
  void eachFileHasARouteOfItsOwn() throws IOException {
    ReportWatch watch = watch("**/*.xml");
    write("one/a.xml", HEAD + PASSES + TAIL);
    write("two/a.xml", HEAD + PASSES + TAIL);
    watch.look(false);
    assertThat(told.events)
        .extracting(Event::routeCode)
        .containsOnly("report/one/a.xml", "report/two/a.xml");
    assertThat(told.ends()).hasSize(2);
  }

  @Test
  void testsWithoutTimesEndWhenTheFileWasWritten() throws IOException {
    ReportWatch watch = watch("*.xml");
    write("a.xml", HEAD + PASSES + FAILS + TAIL);
    watch.look(false);
    assertThat(told.events.getFirst().timestamp()).isEqualTo(written.minusSeconds(3));
    assertThat(told.events.getLast().timestamp()).isEqualTo(written);
    told.events.clear();
    write("b.xml", "<testsuite><testcase name='x'/></testsuite>");
    watch.look(false);
    assertThat(told.events).isNotEmpty().allMatch(event -> written.equals(event.timestamp()));
  }

  @Test
  void timesOfTheReportAreKept() throws IOException {
    ReportWatch watch = watch("*.xml");
    write("a.xml", "<testsuite timestamp='2020-01-02T03:04:05Z'>" + PASSES + TAIL);
    watch.look(false);
    assertThat(told.events.getLast().timestamp()).isEqualTo("2020-01-02T03:04:07Z");
  }

  @Test
  void whatAnOutputThrowsComesThroughAndIsNoFaultOfTheReport() throws IOException {
    List<Exception> thrown = new ArrayList<>();
    Told failing =
        new Told() {
          @Override
          public void report(ReportTelling telling) {
            assertThatThrownBy(() -> telling.tell(this)).satisfies(e -> thrown.add((Exception) e));
            assertThat(telling.isDone()).isFalse();
          }

          @Override
          public void event(Event event) throws IOException {
            if (thrown.isEmpty()) {
              throw new IOException("full");
            }
            throw new IllegalStateException("bug");
          }
        };
    ReportWatch watch =
        new ReportWatch(folder, List.of("*.xml"), Duration.ZERO, () -> nanos, () -> now, failing);
    write("a.xml", HEAD + PASSES + TAIL);
    write("b.xml", HEAD + PASSES + TAIL);
    watch.look(true);
    assertThat(thrown).extracting(Exception::getMessage).containsExactly("full", "bug");
    assertThat(failing.notes).isEmpty();
  }

  @Test
  void endOfAPatternDismissesNothingThatThePatternMatches() {
    Random random = new Random(20_261_121);
    String[] parts = {"*", "**", "**/", "?", "a", "b", "/", "x.xml"};
    int matches = 0;
    for (int i = 0; i < 50_000; i++) {
      String glob = parts[random.nextInt(parts.length)];
      String path = "";
      for (int j = random.nextInt(4); j >= 0; j--) {
        glob += parts[random.nextInt(parts.length)];
        path += parts[4 + random.nextInt(4)];
      }
      boolean expected = dev.headgate.model.PathGlob.matches(glob, path);
      assertThat(ResultGlob.of(glob).matches(path)).as("%s on %s", glob, path).isEqualTo(expected);
      matches += expected ? 1 : 0;
    }
    assertThat(matches).isGreaterThan(1000);
  }
}
