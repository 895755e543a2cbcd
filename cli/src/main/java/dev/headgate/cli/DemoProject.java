package dev.headgate.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The project of {@code headgate demo}: a small Java program with tests of its own, and eight
 * changes to it.
 *
 * <p>It is made as one stream for {@code git fast-import} with fixed names and dates, so that its
 * commits, and with them everything the gate makes of them, are the same on every machine.
 */
final class DemoProject {
  static final String BRANCH = "main";

  /**
   * A change of the demo.
   *
   * @param branch its branch
   * @param title its commit's subject
   * @param what what is special about it, for the announcement
   * @param lands whether it is to land
   * @param files the files it changes
   */
  record Topic(String branch, String title, String what, boolean lands, List<String> files) {}

  private static final String FOLDER = "demo/";
  private static final long EPOCH = 1_780_000_000L;
  private static final String AUTHOR = "Ada Lockkeeper <ada@canal.example>";

  private static final List<String> BASE =
      List.of(
          "README.md",
          "docs/lock.md",
          "src/Lock.java",
          "src/Sluice.java",
          "test/AllTests.java",
          "test/Check.java",
          "test/LockTest.java",
          "test/SluiceTest.java",
          "test/Subunit.java",
          "test/docs.sh",
          "test/style.sh");

  /** The changes in the order in which they enter the queue. */
  static final List<Topic> TOPICS =
      List.of(
          new Topic(
              "three-levels",
              "Join three levels by a staircase of locks",
              "good",
              true,
              List.of(
                  "README.md",
                  "docs/staircase.md",
                  "src/Staircase.java",
                  "test/StaircaseTest.java")),
          new Topic(
              "broken-drain",
              "Leave a little water when draining",
              "broken: a test fails",
              false,
              List.of("src/Lock.java")),
          new Topic(
              "four-levels",
              "Announce four levels",
              "conflicts with three-levels in the text of README.md",
              false,
              List.of("README.md")),
          new Topic(
              "rename-flow",
              "Call a sluice's flow its discharge",
              "good alone, and breaks daily-flow",
              true,
              List.of("src/Lock.java", "src/Sluice.java", "test/SluiceTest.java")),
          new Topic(
              "daily-flow",
              "Report the flow of a day",
              "good alone, and broken by rename-flow: no text conflicts",
              false,
              List.of("docs/report.md", "src/Report.java", "test/ReportTest.java")),
          new Topic(
              "lock-docs",
              "Say when a boat waits",
              "good: words only",
              true,
              List.of("docs/lock.md")),
          new Topic(
              "slow-season",
              "Test a whole season",
              "good, and slow: three seconds of test",
              true,
              List.of("test/SeasonTest.java")),
          new Topic(
              "wind-gauge",
              "Measure the wind",
              "flaky: its first build fails, the retry passes",
              true,
              List.of("docs/wind.md", "src/WindGauge.java", "test/WindGaugeTest.java")));

  private DemoProject() {}

  /** The whole repository as {@code git fast-import} reads it. */
  static byte[] fastImport() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Map<String, byte[]> base = new TreeMap<>();
    base.put(".headgate.yaml", resource("base/headgate.yaml"));
    BASE.forEach(file -> base.put(file, resource("base/" + file)));
    commit(out, BRANCH, 1, 0, EPOCH, "Build a lock", base);
    int mark = 2;
    for (Topic topic : TOPICS) {
      Map<String, byte[]> files = new TreeMap<>();
      topic.files().forEach(file -> files.put(file, resource(topic.branch() + "/" + file)));
      commit(out, topic.branch(), mark, 1, EPOCH + mark * 60L, topic.title(), files);
      mark++;
    }
    return out.toByteArray();
  }

  private static void commit(
      ByteArrayOutputStream out,
      String branch,
      int mark,
      int parent,
      long seconds,
      String title,
      Map<String, byte[]> files) {
    line(out, "commit refs/heads/" + branch);
    line(out, "mark :" + mark);
    line(out, "author " + AUTHOR + " " + seconds + " +0000");
    line(out, "committer " + AUTHOR + " " + seconds + " +0000");
    data(out, (title + "\n").getBytes(StandardCharsets.UTF_8));
    if (parent > 0) {
      line(out, "from :" + parent);
    }
    files.forEach((path, content) -> {
      line(out, "M 100644 inline " + path);
      data(out, content);
    });
    line(out, "");
  }

  private static void line(ByteArrayOutputStream out, String text) {
    out.writeBytes((text + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private static void data(ByteArrayOutputStream out, byte[] content) {
    line(out, "data " + content.length);
    out.writeBytes(content);
    line(out, "");
  }

  private static byte[] resource(String name) {
    try (InputStream in = DemoProject.class.getResourceAsStream(FOLDER + name)) {
      if (in == null) {
        throw new IllegalStateException("the demo's file " + name + " is not in the program");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
