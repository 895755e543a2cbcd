package dev.headgate.reports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds one value of bounded size: what does not fit any more is left out. */
final class JsonTree implements JsonHandler {
  /** The most characters of one value's texts, of which a test has few. */
  private static final int MAX_CHARACTERS = 1 << 22;

  private static final int MAX_VALUES = 1 << 16;

  private static final class Level {
    private final @Nullable Map<String, JsonValue> members;
    private final List<JsonValue> items = new ArrayList<>();
    private String name = "";

    Level(boolean object) {
      members = object ? new LinkedHashMap<>() : null;
    }

    void add(JsonValue value) {
      if (members == null) {
        items.add(value);
      } else {
        members.put(name, value);
      }
    }

    JsonValue value() {
      return members == null ? new JsonValue.Items(items) : new JsonValue.Members(members);
    }
  }

  private final List<Level> levels = new ArrayList<>();
  private @Nullable JsonValue root;
  private long characters;
  private int values;

  /** The whole value, once it is complete. */
  @Nullable JsonValue root() {
    return root;
  }

  /** What there is so far of a value that is not complete; null if there is nothing. */
  @Nullable JsonValue partial() {
    return levels.isEmpty() ? root : levels.getFirst().value();
  }

  /** True if something was left out. */
  boolean isCut() {
    return characters > MAX_CHARACTERS || values > MAX_VALUES;
  }

  /** The value that a text is, or null if it is none. */
  static @Nullable JsonValue parse(String text) {
    JsonTree tree = new JsonTree();
    JsonScanner scanner = new JsonScanner(tree);
    for (int i = 0; i < text.length(); i++) {
      if (!scanner.take(text.charAt(i))) {
        return null;
      }
    }
    scanner.end();
    return scanner.isDone() ? tree.root() : null;
  }

  @Override
  public void open(boolean object) {
    levels.add(new Level(object));
  }

  @Override
  public void close() {
    add(levels.removeLast().value(), 0);
  }

  @Override
  public void name(String name) {
    levels.getLast().name = name;
    characters += name.length();
  }

  @Override
  public void text(String value) {
    add(new JsonValue.Text(value), value.length());
  }

  @Override
  public void literal(String word) {
    add(new JsonValue.Literal(word), word.length());
  }

  private void add(JsonValue value, int length) {
    characters += length;
    values++;
    if (levels.isEmpty()) {
      root = value;
    } else if (!isCut()) {
      levels.getLast().add(value);
    }
  }
}
