package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.cli.Rooms.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages say is so. */
class DocsTests {
  private static final Pattern ROOM_ROW =
      Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\|$");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s#]+)(#[^)]*)?\\)");

  @Test
  void thePageOfRoomsListsTheRoomsOfThePom() {
    assertThat(roomRows().keySet())
        .containsExactlyInAnyOrderElementsOf(Rooms.all().stream().map(Room::name).toList());
  }

  @Test
  void thePageOfRoomsGivesTheArrowsThatAreGuarded() {
    Map<String, String> rows = roomRows();
    int checked = 0;
    for (Map.Entry<String, Set<String>> arrows : ArchitectureTests.MAY_USE.entrySet()) {
      if (rows.containsKey(arrows.getKey())) {
        Set<String> expected = new TreeSet<>(arrows.getValue());
        expected.retainAll(rows.keySet());
        assertThat(roomsNamedIn(rows.get(arrows.getKey())))
            .as("what %s may use", arrows.getKey())
            .isEqualTo(expected);
        checked++;
      }
    }
    assertThat(checked).isPositive();
  }

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Rooms.read(page));
      while (link.find()) {
        String target = link.group(1);
        if (!target.contains("://") && !target.startsWith("mailto:")) {
          links++;
          if (!Files.exists(page.resolveSibling(target))) {
            broken.add(Rooms.ROOT.relativize(page) + ": " + target);
          }
        }
      }
    }
    assertThat(links).isPositive();
    assertThat(broken).isEmpty();
  }

  @Test
  void theLicenseIsTheWholeOne() {
    assertThat(Rooms.read(Rooms.ROOT.resolve("LICENSE")))
        .contains("Apache License", "Version 2.0, January 2004", "END OF TERMS AND CONDITIONS");
  }

  /** The third column of each room's row. */
  private static Map<String, String> roomRows() {
    Map<String, String> rows = new TreeMap<>();
    Matcher row = ROOM_ROW.matcher(Rooms.read(Rooms.ROOT.resolve("docs/architecture/rooms.md")));
    while (row.find()) {
      rows.put(row.group(1), row.group(3));
    }
    return rows;
  }

  private static Set<String> roomsNamedIn(String cell) {
    return cell.equals("the JDK") ? Set.of() : new TreeSet<>(List.of(cell.split(", ")));
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> top = Files.list(Rooms.ROOT);
        Stream<Path> docs = Files.walk(Rooms.ROOT.resolve("docs"))) {
      return Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).toList();
    }
  }
}
