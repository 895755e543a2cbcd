package dev.headgate.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteLockTests {
  @TempDir Path folder;

  /** Takes the lock if it can, says how that went, and keeps it until a line comes in. */
  static final class Holder {
    public static void main(String[] arguments) throws IOException {
      switch (SiteLock.acquire(Path.of(arguments[0]), arguments[1])) {
        case SiteLock.Acquired acquired -> {
          System.out.println("acquired");
          System.in.read();
          acquired.close();
        }
        case SiteLock.HeldBy holder -> System.out.println("held by " + holder.describe());
      }
    }
  }

  private ChildJvm holder() throws IOException {
    ChildJvm child = ChildJvm.start(Holder.class, folder, "headgate gate a b");
    assertThat(child.readLine()).isEqualTo("acquired");
    return child;
  }

  private SiteLock.Acquired acquired(SiteLock attempt) {
    assertThat(attempt).isInstanceOf(SiteLock.Acquired.class);
    return (SiteLock.Acquired) attempt;
  }

  @Test
  void lockOfAnotherProcessNamesIt() throws Exception {
    Instant before = Instant.now();
    try (ChildJvm child = holder()) {
      SiteLock attempt = SiteLock.acquire(folder, "late");
      assertThat(attempt)
          .isInstanceOfSatisfying(
              SiteLock.HeldBy.class,
              held -> {
                assertThat(held.pid()).isEqualTo(child.pid());
                assertThat(held.command()).isEqualTo("headgate gate a b");
                assertThat(held.since()).isBetween(before.minusSeconds(1), Instant.now());
                assertThat(held.describe()).contains("headgate gate a b", "" + child.pid());
              });
    }
  }

  @Test
  void lockOfThisProcessExcludesItselfAndStaysAgainstOthers() throws Exception {
    try (SiteLock.Acquired mine = acquired(SiteLock.acquire(folder, "first"))) {
      Path sameFolder = folder.resolve("../" + folder.getFileName());
      assertThat(SiteLock.acquire(sameFolder, "second"))
          .isInstanceOfSatisfying(
              SiteLock.HeldBy.class,
              held -> {
                assertThat(held.pid()).isEqualTo(ProcessHandle.current().pid());
                assertThat(held.command()).isEqualTo("first");
              });
      try (ChildJvm child = ChildJvm.start(Holder.class, folder, "third")) {
        assertThat(child.readLine()).startsWith("held by `first`");
      }
      assertThat(mine).isNotNull();
    }
    acquired(SiteLock.acquire(folder, "after")).close();
  }

  @Test
  void killedHolderLeavesNothingInTheWay() throws Exception {
    try (ChildJvm child = holder()) {
      child.kill();
      assertThat(folder.resolve("lock.holder")).exists();
      acquired(SiteLock.acquire(folder, "next")).close();
    }
    assertThat(folder.resolve("lock.holder")).doesNotExist();
  }

  @Test
  void textOfADeadHolderIsIgnoredWhileAnotherHolds() throws Exception {
    try (ChildJvm dead = ChildJvm.start(Holder.class, folder, "dead")) {
      assertThat(dead.readLine()).isEqualTo("acquired");
      dead.kill();
      String deadText = Files.readString(folder.resolve("lock.holder"));
      try (ChildJvm alive = holder()) {
        Files.writeString(folder.resolve("lock.holder"), deadText);
        assertThat(SiteLock.acquire(folder, "late")).isEqualTo(SiteLock.HeldBy.UNKNOWN);
        Files.writeString(folder.resolve("lock.holder"), "nonsense");
        assertThat(SiteLock.acquire(folder, "late")).isEqualTo(SiteLock.HeldBy.UNKNOWN);
        assertThat(alive.pid()).isPositive();
      }
    }
  }

  @Test
  void waitingEndsWhenTheHolderDoes() throws Exception {
    try (ChildJvm child = holder()) {
      Thread release = Thread.ofVirtual().unstarted(() -> child.writeLine("release"));
      assertThat(SiteLock.waitFor(folder, "waiter", Duration.ofMillis(1)))
          .isInstanceOf(SiteLock.HeldBy.class);
      release.start();
      acquired(SiteLock.waitFor(folder, "waiter", Duration.ofMinutes(1))).close();
    }
  }

  @Test
  void commandOfSeveralLinesIsToldInOne() {
    try (SiteLock.Acquired mine = acquired(SiteLock.acquire(folder, "gate\na\r\nb"))) {
      assertThat(mine).isNotNull();
      assertThat(((SiteLock.HeldBy) SiteLock.acquire(folder, "x")).command()).isEqualTo("gate a b");
    }
  }

  @Test
  void closingTwiceDoesNotDropTheLockOfTheNext() {
    SiteLock.Acquired first = acquired(SiteLock.acquire(folder, "first"));
    first.close();
    try (SiteLock.Acquired second = acquired(SiteLock.acquire(folder, "second"))) {
      first.close();
      assertThat(second).isNotNull();
      assertThat(SiteLock.acquire(folder, "third")).isInstanceOf(SiteLock.HeldBy.class);
    }
  }

  @Test
  void folderThatCannotBeMadeIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> SiteLock.acquire(file, "x"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString());
  }
}
