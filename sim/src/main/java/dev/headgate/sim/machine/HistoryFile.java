package dev.headgate.sim.machine;

import dev.headgate.config.Node;
import dev.headgate.config.Place;
import dev.headgate.config.Problem;
import dev.headgate.config.Problems;
import dev.headgate.config.YamlText;
import dev.headgate.sim.Histories;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * A file that holds a history in full: how the site is set up, what is proposed, and every
 * decision. It means the same whatever later versions draw from a seed. {@code headgate simulate
 * scenario} plays it (docs/reference/scenarios.md).
 */
public sealed interface HistoryFile {
  /** The version of the format of histories of the machine alone. */
  String SCHEMA = "gate-history/1";

  /** The version of the format of histories through the conductor: what chance decided in them. */
  String THROWN = "gate-throws/1";

  /** The file can be played. */
  record Valid(SavedHistory history) implements HistoryFile {}

  /**
   * The file cannot be used, which is the fault of whoever wrote it.
   *
   * @param problems what is wrong with it; never empty
   */
  record Invalid(List<Problem> problems) implements HistoryFile {
    public Invalid {
      problems = List.copyOf(problems);
    }
  }

  /** Whether a file says of itself that it holds a history, of whatever version. */
  static boolean isClaimedBy(byte[] content) {
    return new String(content, StandardCharsets.ISO_8859_1)
        .lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .findFirst()
        .filter(line ->
            line.startsWith("schema: gate-history/") || line.startsWith("schema: gate-throws/"))
        .isPresent();
  }

  /**
   * Reads a file. Never throws on its content.
   *
   * @param fileName how problems name the file
   * @param content its bytes
   */
  static HistoryFile parse(String fileName, byte[] content) {
    Problems problems = new Problems(fileName);
    Optional<Node> root = YamlText.read(content, problems);
    if (root.isPresent() && problems.isEmpty()) {
      try {
        return new Valid(saved(root.get(), content));
      } catch (RecordReader.Unreadable e) {
        problems.add(e.node.at(), String.valueOf(e.getMessage()), e.hint);
      }
    } else if (problems.isEmpty()) {
      problems.add(Place.START, "the file is empty", "");
    }
    return new Invalid(problems.inOrder());
  }

  private static SavedHistory saved(Node root, byte[] content) {
    boolean thrown =
        new String(content, StandardCharsets.ISO_8859_1)
            .lines()
            .anyMatch(line -> line.startsWith("schema: gate-throws/"));
    return thrown
        ? new ThrownHistory(RecordReader.read(ThrownDocument.class, root))
        : new MachineHistory(RecordReader.read(HistoryDocument.class, root));
  }

  /** The text of a file of a history through the conductor. */
  static String written(Histories.Broken broken) {
    return written(ThrownDocument.of(broken.seed(), broken.how(), broken.thrown()), broken.trail());
  }

  /**
   * The text of a file.
   *
   * @param broken what broke when it was written
   * @param story what happened, one thing a line; kept as comments
   */
  static String written(History history, String broken, List<String> story) {
    return written(
        new HistoryDocument(SCHEMA, broken, history.setup(), history.decisions()), story);
  }

  private static String written(Record document, List<String> story) {
    StringBuilder text = new StringBuilder();
    text.append("# A history that broke an invariant of the gate. To see whether it still does:\n");
    text.append("#   headgate simulate scenario FILE\n");
    text.append(RecordWriter.written(document));
    text.append("\n# What happened:\n");
    story.forEach(
        line -> line.lines().forEach(part -> text.append("# ").append(part).append('\n')));
    return text.toString();
  }
}
