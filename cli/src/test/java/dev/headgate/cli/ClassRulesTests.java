package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** A guard that never bites guards nothing: each rule finds its sinner. */
public class ClassRulesTests {
  static final class Pure {
    Instant later(Instant now) {
      return now.plusSeconds("later".getBytes(StandardCharsets.UTF_8).length);
    }
  }

  static final class ReadsFiles {
    Object read(String name) throws Exception {
      return Files.readAllBytes(Path.of(name));
    }
  }

  static final class HasThreads {
    final ThreadLocal<String> local = new ThreadLocal<>();
    final ReentrantLock lock = new ReentrantLock();
  }

  static final class Rolls {
    final Random dice = new Random(1);
  }

  static final class AsksTheTime {
    final List<Object> times = List.of(Instant.now(), System.nanoTime());
  }

  static final class AsksForChance {
    final List<Object> chances = List.of(UUID.randomUUID(), Math.random());
  }

  static final class Prints {
    void print() {
      System.out.println("here");
    }
  }

  /** Public, so that what it shows is shown to all. */
  public static final class ShowsPicocli {
    /** A third party's type inside a type of the JDK. */
    public List<CommandLine> parsers() {
      return List.of();
    }

    CommandLine hidden() {
      throw new IllegalStateException();
    }
  }

  /** Public, and shows nothing but the JDK. */
  public static final class HidesPicocli {
    CommandLine hidden() {
      throw new IllegalStateException();
    }
  }

  @Test
  void pureCodePasses() {
    assertThat(ClassRules.outsideUsed(classes(Pure.class), Set.of())).isEmpty();
    assertThat(ClassRules.timeAndChanceUsed(classes(Pure.class))).isEmpty();
  }

  @Test
  void filesThreadsAndDiceAreFound() {
    assertThat(ClassRules.outsideUsed(classes(ReadsFiles.class), Set.of()))
        .anySatisfy(place -> assertThat(place).contains("java.nio.file.Files"));
    assertThat(ClassRules.outsideUsed(classes(HasThreads.class), Set.of()))
        .anySatisfy(place -> assertThat(place).contains("java.lang.ThreadLocal"))
        .anySatisfy(place -> assertThat(place).contains("ReentrantLock"));
    assertThat(ClassRules.outsideUsed(classes(Rolls.class), Set.of())).isNotEmpty();
  }

  @Test
  void whatIsAllowedIsAllowedAlone() {
    assertThat(
            ClassRules.outsideUsed(
                classes(HasThreads.class), Set.of("java.util.concurrent.locks.ReentrantLock")))
        .allSatisfy(place -> assertThat(place).contains("ThreadLocal"))
        .isNotEmpty();
  }

  @Test
  void timeChanceAndPrintingAreFound() {
    assertThat(ClassRules.timeAndChanceUsed(classes(AsksTheTime.class))).hasSize(2);
    assertThat(ClassRules.timeAndChanceUsed(classes(AsksForChance.class))).hasSize(2);
    assertThat(ClassRules.timeAndChanceUsed(classes(Prints.class))).hasSize(1);
  }

  @Test
  void thirdPartyTypesAreFoundInsideOthersAndOnlyWhereTheyAreShown() {
    assertThat(ClassRules.thirdPartyShown(classes(ShowsPicocli.class)))
        .singleElement()
        .asString()
        .contains("picocli.CommandLine");
    assertThat(ClassRules.thirdPartyShown(classes(HidesPicocli.class))).isEmpty();
  }

  private static Set<JavaClass> classes(Class<?> type) {
    // With its enclosing class, which decides whether it is public.
    return Set.of(new ClassFileImporter().importClasses(ClassRulesTests.class, type).get(type));
  }
}
