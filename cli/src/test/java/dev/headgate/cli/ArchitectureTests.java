package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.headgate.cli.Rooms.Room;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between rooms, and what the cores never touch (DESIGN §3, STYLE "Cores"). */
class ArchitectureTests {
  /** DESIGN §3, the column "may use". A room that is not here may not be in the pom. */
  static final Map<String, Set<String>> MAY_USE = new LinkedHashMap<>();

  static {
    MAY_USE.put("subunit", Set.of());
    MAY_USE.put("model", Set.of());
    MAY_USE.put("picocli", Set.of());
    MAY_USE.put("gate", Set.of("model"));
    MAY_USE.put("plan", Set.of("model", "subunit"));
    MAY_USE.put("fleet", Set.of("model"));
    MAY_USE.put("insight", Set.of("model", "subunit"));
    MAY_USE.put("reports", Set.of("subunit"));
    MAY_USE.put("api", Set.of("model"));
    MAY_USE.put("config", Set.of("model"));
    MAY_USE.put("store", Set.of("model", "subunit"));
    MAY_USE.put("conduct", Set.of("model", "gate", "fleet", "plan", "api", "config", "store"));
    MAY_USE.put("runner", Set.of("model", "subunit", "reports", "plan", "api"));
    MAY_USE.put("adapters/git", Set.of("conduct", "store", "api", "model"));
  }

  /** Rooms that put others together, or watch them; nothing uses them, and they may use all. */
  private static final Set<String> EDGES = Set.of("cli", "server", "sim", "bench");

  private static final Set<String> CORES =
      Set.of("subunit", "model", "gate", "plan", "fleet", "insight", "reports");

  /**
   * docs/decisions/0003: what conduct's ports are called with and answer, which who implements a
   * port sees without using the room.
   */
  private static final Set<String> PORT_LANGUAGE =
      Set.of("dev.headgate.gate.Effect", "dev.headgate.gate.Event");

  /**
   * docs/intentional.md: a codec that hands its bytes to a stream that the caller opened and
   * closes.
   */
  private static final Map<String, Set<String>> SINKS =
      Map.of(
          "subunit", Set.of("java.io.OutputStream", "java.io.IOException"),
          "reports", Set.of("java.io.OutputStream", "java.io.IOException"));

  /** Rooms whose code is not ours. */
  private static final Set<String> FOREIGN = Set.of("picocli");

  /** Rooms that no command needs, so that a build of the command alone leaves them uncompiled. */
  private static final Set<String> BESIDE_THE_COMMAND = Set.of("bench");

  private static final Set<String> NO_NAMES =
      Set.of("util", "utils", "common", "helper", "helpers", "impl", "manager", "managers", "misc");

  private static final Map<Room, JavaClasses> CLASSES = new LinkedHashMap<>();
  private static final Map<String, Room> ROOM_OF_PACKAGE = new TreeMap<>();

  @BeforeAll
  static void compiledClasses() {
    for (Room room : Rooms.inhabited()) {
      JavaClasses classes = Rooms.classesIn(List.of(room.classes()));
      if (classes.isEmpty() && BESIDE_THE_COMMAND.contains(room.name())) {
        continue;
      }
      CLASSES.put(room, classes);
      for (JavaClass type : classes) {
        Room other = ROOM_OF_PACKAGE.put(type.getPackageName(), room);
        assertThat(other)
            .as("the other room with classes in %s", type.getPackageName())
            .isIn(null, room);
      }
    }
  }

  static Stream<Room> rooms() {
    return CLASSES.keySet().stream();
  }

  static Stream<Room> ownRooms() {
    return rooms().filter(room -> !FOREIGN.contains(room.name()));
  }

  static Stream<Room> innerRooms() {
    return rooms().filter(room -> !EDGES.contains(room.name()));
  }

  static Stream<Room> cores() {
    return rooms().filter(room -> CORES.contains(room.name()));
  }

  @Test
  void everyRoomOfThePomHasItsArrows() {
    assertThat(Rooms.all())
        .isNotEmpty()
        .allSatisfy(room ->
            assertThat(MAY_USE.containsKey(room.name()) || EDGES.contains(room.name()))
                .as("arrows of %s", room.name())
                .isTrue());
  }

  @ParameterizedTest
  @MethodSource("rooms")
  void everyRoomWithSourcesIsLookedAt(Room room) {
    long sources =
        Rooms.javaFiles(room.mainSources()).stream()
            .filter(file -> !file.endsWith("module-info.java"))
            .filter(file -> !file.endsWith("package-info.java"))
            .count();
    assertThat(CLASSES.get(room))
        .hasSizeGreaterThanOrEqualTo(Math.toIntExact(sources))
        .isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("innerRooms")
  void arrowsPointDown(Room room) {
    Set<String> wrong = new TreeSet<>();
    for (JavaClass type : CLASSES.get(room)) {
      for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
        Room target = ROOM_OF_PACKAGE.get(dependency.getTargetClass().getPackageName());
        boolean spoken = mayUse(room, "conduct") && isPortLanguage(dependency.getTargetClass());
        if (target != null && !target.equals(room) && !mayUse(room, target.name()) && !spoken) {
          wrong.add(dependency.getDescription());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void nothingUsesAnEdge() {
    Map<String, String> names = new TreeMap<>();
    Rooms.all().forEach(room -> names.put(room.artifact(), room.name()));
    for (Room room : Rooms.all()) {
      for (String artifact : room.dependencies()) {
        String used = names.get(artifact);
        assertThat(used).as("the room of %s, used by %s", artifact, room.name()).isNotNull();
        boolean simulate = room.name().equals("cli") && Set.of("sim", "server").contains(used);
        assertThat(EDGES.contains(used) && !simulate && !room.name().equals("bench"))
            .as("%s uses the edge %s", room.name(), used)
            .isFalse();
      }
    }
  }

  @Test
  void packagesHaveNoCycles() {
    JavaClasses ours = Rooms.classesIn(ownRooms().map(Room::classes).toList());
    assertThat(ours).isNotEmpty();
    SlicesRuleDefinition.slices()
        .matching("dev.headgate.(**)")
        .should()
        .beFreeOfCycles()
        .check(ours);
  }

  @Test
  void thereAreCores() {
    assertThat(cores()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("cores")
  void coresKnowNoOutside(Room room) {
    assertThat(ClassRules.outsideUsed(CLASSES.get(room), SINKS.getOrDefault(room.name(), Set.of())))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cores")
  void coresAskForNoTimeAndNoChance(Room room) {
    assertThat(ClassRules.timeAndChanceUsed(CLASSES.get(room))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ownRooms")
  void publicTypesShowNoThirdParty(Room room) {
    assertThat(CLASSES.get(room).stream().filter(ClassRules::isPublic)).isNotEmpty();
    assertThat(ClassRules.thirdPartyShown(CLASSES.get(room))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ownRooms")
  void everyPackageIsNullMarkedAndDescribed(Room room) {
    Set<String> packages = new TreeSet<>();
    CLASSES.get(room).forEach(type -> packages.add(type.getPackageName()));
    assertThat(packages).isNotEmpty();
    for (String name : packages) {
      assertThat(CLASSES.get(room).getPackage(name).isAnnotatedWith(NullMarked.class.getName()))
          .as("package %s has a package-info.java with @NullMarked", name)
          .isTrue();
    }
  }

  @Test
  void noPackageIsNamedForAPattern() {
    List<Path> files = new ArrayList<>();
    for (Room room : Rooms.inhabited()) {
      Stream.of(room.mainSources(), room.testSources())
          .flatMap(sources -> Rooms.javaFiles(sources).stream().map(sources::relativize))
          .forEach(files::add);
    }
    assertThat(files).isNotEmpty();
    for (Path file : files) {
      for (Path step : file) {
        assertThat(NO_NAMES).as("a step of %s", file).doesNotContain(step.toString());
      }
    }
  }

  private static boolean mayUse(Room room, String target) {
    Set<String> allowed = MAY_USE.get(room.name());
    return allowed != null && allowed.contains(target);
  }

  private static boolean isPortLanguage(JavaClass type) {
    return PORT_LANGUAGE.stream()
        .anyMatch(name -> type.getName().equals(name) || type.getName().startsWith(name + "$"));
  }
}
