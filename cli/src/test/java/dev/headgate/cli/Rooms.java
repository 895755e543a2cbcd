package dev.headgate.cli;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** The rooms of this repository, as the root pom lists them: what the guards look at. */
final class Rooms {
  /** The folder with the root pom. */
  static final Path ROOT = root();

  /**
   * A room.
   *
   * @param name its folder below the root, as the pom names it: {@code adapters/git}
   * @param folder that folder
   */
  record Room(String name, Path folder) {
    Path mainSources() {
      return folder.resolve("src/main/java");
    }

    Path testSources() {
      return folder.resolve("src/test/java");
    }

    /** Whether anybody lives in it yet. */
    boolean hasSources() {
      return !javaFiles(mainSources()).isEmpty();
    }

    /** Where its own classes are, once compiled. */
    Path classes() {
      return folder.resolve("target/classes");
    }

    /** The rooms that its pom names, by their artifacts, for all but its tests. */
    List<String> dependencies() {
      List<String> artifacts = new ArrayList<>();
      for (Element dependency : elements(pom(folder), "dependency")) {
        if (text(dependency, "groupId").equals("dev.headgate")
            && !text(dependency, "scope").equals("test")) {
          artifacts.add(text(dependency, "artifactId"));
        }
      }
      return artifacts;
    }

    String artifact() {
      return childText(pom(folder).getDocumentElement(), "artifactId");
    }
  }

  private Rooms() {}

  /** Every room of the pom, in its order. */
  static List<Room> all() {
    return elements(pom(ROOT), "module").stream()
        .map(Element::getTextContent)
        .map(name -> new Room(name, ROOT.resolve(name)))
        .toList();
  }

  /** The rooms that have sources. */
  static List<Room> inhabited() {
    return all().stream().filter(Room::hasSources).toList();
  }

  /** The compiled classes below the folders. */
  static JavaClasses classesIn(Collection<Path> folders) {
    // The rules ask others' classes only for their names; reading the JDK for them takes 20 s.
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    return new ClassFileImporter().importPaths(folders);
  }

  /** The Java files below a folder, sorted; none if there is no such folder. */
  static List<Path> javaFiles(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("headgate")) || !Files.exists(folder.resolve("pom.xml"))) {
      folder = folder.getParent();
    }
    return folder;
  }

  private static Document pom(Path folder) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(folder.resolve("pom.xml").toFile());
    } catch (Exception e) {
      throw new IllegalStateException("cannot read the pom in " + folder, e);
    }
  }

  private static List<Element> elements(Document pom, String name) {
    NodeList nodes = pom.getElementsByTagName(name);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      elements.add((Element) nodes.item(i));
    }
    return elements;
  }

  private static String text(Element element, String name) {
    NodeList nodes = element.getElementsByTagName(name);
    return nodes.getLength() == 0 ? "" : nodes.item(0).getTextContent().strip();
  }

  private static String childText(Element element, String name) {
    for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
      if (child.getNodeName().equals(name)) {
        return child.getTextContent().strip();
      }
    }
    throw new IllegalStateException("no <" + name + "> in " + element.getTagName());
  }
}
