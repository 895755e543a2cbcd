package dev.headgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store with real processes, real kills and real limits. */
class SiteStoreProcessTests {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("headgate.db");
  }

  @Test
  void whatWasAcknowledgedSurvivesKillsInTheMiddleOfCommits() throws Exception {
    long seed = 7;
    Random random = new Random(seed);
    for (int kill = 1; kill <= 5; kill++) {
      long acknowledged = 0;
      try (ChildJvm child = ChildJvm.start(SiteStoreChildren.Committer.class, file())) {
        for (int lines = 20 + random.nextInt(60); lines > 0; lines--) {
          acknowledged = Long.parseLong(child.readLine());
        }
        child.kill();
        for (String line : child.remainingLines()) {
          acknowledged = Long.parseLong(line);
        }
      }
      try (SiteStore store = SqliteSiteStore.open(file())) {
        long count = SiteStoreChildren.wholeCount(store);
        assertThat(count)
            .as("seed %d kill %d", seed, kill)
            .isBetween(acknowledged, acknowledged + 1);
        assertThat(store.seen("event " + count)).isTrue();
        assertThat(store.seen("event " + (count + 1))).isFalse();
        assertThat(store.history("count")).hasSize((int) count);
      }
    }
  }

  @Test
  void anotherProcessReadsWholeTransactionsWhileTheyAreWritten() throws Exception {
    try (SiteStore store = SqliteSiteStore.open(file());
        ChildJvm child = ChildJvm.start(SiteStoreChildren.Watcher.class, file())) {
      assertThat(child.readLine()).isEqualTo("watching");
      for (long number = 1; number <= 200; number++) {
        store.commit(SiteStoreChildren.numbered(number));
      }
      assertThat(Long.parseLong(child.readLine())).isGreaterThan(1);
      assertThat(child.exitCode()).isZero();
    }
  }

  @Test
  void fullDiskIsAnEnvironmentFaultAndTheStoreGoesOnWhenThereIsSpace() throws Exception {
    List<String> smallDisk =
        List.of(
            "unshare",
            "--mount",
            "sh",
            "-c",
            "mount -t tmpfs -o size=3m tmpfs \"$0\" && exec \"$@\"",
            folder.toString());
    Process probe =
        new ProcessBuilder(Stream.concat(smallDisk.stream(), Stream.of("true")).toList()).start();
    assumeThat(probe.waitFor()).as("a file system of our own can be mounted").isZero();
    try (ChildJvm child =
        ChildJvm.start(smallDisk, List.of(), SiteStoreChildren.Filler.class, folder, true)) {
      assertThat(child.readLine())
          .startsWith("cannot write the store " + file())
          .contains("the disk is full")
          .contains("free some space");
      assertThat(child.remainingLines()).containsExactly("whole", "went on");
      assertThat(child.exitCode()).isZero();
    }
  }

  @Test
  void fileSizeLimitIsAnEnvironmentFaultAndNothingIsTorn() throws Exception {
    List<String> limited = List.of("bash", "-c", "ulimit -f 1500; exec \"$0\" \"$@\"");
    try (ChildJvm child =
        ChildJvm.start(limited, List.of(), SiteStoreChildren.Filler.class, folder, false)) {
      assertThat(child.readLine()).startsWith("cannot write the store " + file());
      assertThat(child.remainingLines()).containsExactly("whole");
      assertThat(child.exitCode()).isZero();
    }
  }

  @Test
  void unwritableFolderAndUnwritableFileAreNamed() throws Exception {
    Path sealed = Files.createDirectory(folder.resolve("sealed"));
    Files.setPosixFilePermissions(sealed, PosixFilePermissions.fromString("r-xr-xr-x"));
    assertThat(openAsOrdinaryUser(sealed.resolve("headgate.db")))
        .startsWith("cannot open the store " + sealed.resolve("headgate.db"))
        .contains("check that " + sealed + " is a folder that this user can read and write");
    assertThat(openAsOrdinaryUser(sealed.resolve("deeper/headgate.db")))
        .contains("no permission for " + sealed.resolve("deeper"));

    SqliteSiteStore.open(file()).close();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--r--r--"));
    assertThat(openAsOrdinaryUser(file())).startsWith("cannot write the store " + file());
  }

  @Test
  void libraryThatCannotBeLoadedIsAnEnvironmentFault() throws Exception {
    List<String> tooSmallForTheLibrary = List.of("bash", "-c", "ulimit -f 100; exec \"$0\" \"$@\"");
    try (ChildJvm child =
        ChildJvm.start(
            tooSmallForTheLibrary,
            List.of("-Djava.io.tmpdir=" + folder),
            SiteStoreChildren.Opener.class,
            file())) {
      assertThat(child.readLine()).startsWith("cannot load SQLite's native library");
      assertThat(child.exitCode()).isZero();
    }
  }

  /** The superuser may write anywhere, so it gives up that right first. */
  private static String openAsOrdinaryUser(Path file) throws Exception {
    List<String> wrapper =
        System.getProperty("user.name").equals("root")
            ? List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search")
            : List.of();
    try (ChildJvm child =
        ChildJvm.start(wrapper, List.of(), SiteStoreChildren.Opener.class, file)) {
      String said = child.readLine();
      assertThat(child.exitCode()).isZero();
      return said;
    }
  }

  @Test
  void nativeLibrariesAreUnpackedOnceAndNowhereElse() throws Exception {
    Path cache = folder.resolve("cache");
    Path temporary = Files.createDirectory(folder.resolve("tmp"));
    List<String> unpacked = startWithCache(cache, temporary, "a");
    assertThat(unpacked).hasSize(2);
    assertThat(startWithCache(cache, temporary, "b")).isEqualTo(unpacked);
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  /** The files in the cache with their times, after a process has used it. */
  private List<String> startWithCache(Path cache, Path temporary, String name) throws Exception {
    try (ChildJvm child =
        ChildJvm.start(
            List.of(),
            List.of("-Djava.io.tmpdir=" + temporary),
            SiteStoreChildren.Starter.class,
            cache,
            folder.resolve(name))) {
      assertThat(child.readLine()).startsWith("prepare");
      assertThat(child.exitCode()).isZero();
    }
    try (Stream<Path> files = Files.walk(cache)) {
      return files.filter(Files::isRegularFile).map(SiteStoreProcessTests::stamp).sorted().toList();
    }
  }

  private static String stamp(Path file) {
    try {
      return file + " " + Files.getLastModifiedTime(file) + " " + Files.size(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void nativeLibraryThatCannotBeUnpackedIsAnEnvironmentFault() throws IOException {
    Path inTheWay = Files.writeString(folder.resolve("file"), "");
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> SqliteNative.prepare(inTheWay))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(inTheWay.toString());
  }
}
