package dev.headgate.sim.machine;

import dev.headgate.config.Node;
import dev.headgate.config.Place;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Writes records as YAML: one that holds a single text as that text, any other as a mapping of its
 * components. {@link RecordReader} reads it. What fits on a line stands on one.
 *
 * <p>By reflection, because a history holds most of the gate's settings: written out by hand, a
 * setting that is new would be left out of the file, and the history would be another.
 */
final class RecordWriter {
  private static final int LINE = 110;

  private final StringBuilder text = new StringBuilder();

  private RecordWriter() {}

  /** A record's components, one below the other. */
  static String written(Record record) {
    RecordWriter writer = new RecordWriter();
    writer.mapping(components(record), 0);
    return writer.text.toString();
  }

  static String key(String component) {
    return component.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private void mapping(Map<String, Object> entries, int indent) {
    entries.forEach((key, value) -> {
      text.append(" ".repeat(indent)).append(key).append(':');
      value(value, indent + 2, indent);
    });
  }

  private void value(Object value, int indent, int ofLists) {
    String line = flow(value);
    if (line.length() + indent <= LINE || isScalar(value)) {
      text.append(' ').append(line).append('\n');
    } else if (value instanceof Collection<?> items) {
      text.append('\n');
      items.forEach(item -> item(item, ofLists));
    } else {
      text.append('\n');
      mapping(entries(value), indent);
    }
  }

  private void item(Object item, int indent) {
    String line = flow(item);
    text.append(" ".repeat(indent)).append('-');
    if (line.length() + indent <= LINE || isScalar(item) || item instanceof Collection) {
      text.append(' ').append(line).append('\n');
    } else {
      int begin = text.length();
      mapping(entries(item), indent + 2);
      text.replace(begin, begin + indent + 2, " ");
    }
  }

  private static boolean isScalar(Object value) {
    boolean whole = value instanceof Record record && !isText(record);
    return !whole
        && !(value instanceof Collection || value instanceof Map || value instanceof Optional);
  }

  private static String flow(Object value) {
    return switch (value) {
      case Collection<?> items ->
          "[" + String.join(", ", items.stream().map(RecordWriter::flow).toList()) + "]";
      case Optional<?> optional -> optional.map(RecordWriter::flow).orElse("null");
      case Duration duration -> scalar(duration.toString());
      case Enum<?> constant -> scalar(key(constant.name().toLowerCase(Locale.ROOT)));
      case String word -> scalar(word);
      case Number number -> number.toString();
      case Boolean flag -> flag.toString();
      case Record record when isText(record) -> scalar(textOf(record));
      default -> {
        List<String> pairs = new ArrayList<>();
        entries(value).forEach((key, entry) -> pairs.add(key + ": " + flow(entry)));
        yield "{" + String.join(", ", pairs) + "}";
      }
    };
  }

  private static Map<String, Object> entries(Object value) {
    if (value instanceof Optional<?> optional && optional.isPresent()) {
      return entries(optional.get());
    }
    if (value instanceof Record record) {
      return components(record);
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw new IllegalStateException("no way to write " + value.getClass());
    }
    Map<String, Object> entries = new LinkedHashMap<>();
    map.forEach((key, entry) ->
        entries.put(scalar(key instanceof Record record ? textOf(record) : key.toString()), entry));
    return entries;
  }

  private static Map<String, Object> components(Record record) {
    Map<String, Object> components = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      components.put(key(component.getName()), component(record, component));
    }
    return components;
  }

  private static boolean isText(Record record) {
    return isText(record.getClass());
  }

  /** Whether records of a type are written as their only component. */
  static boolean isText(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    return components != null && components.length == 1 && components[0].getType() == String.class;
  }

  private static String textOf(Record record) {
    return (String) component(record, record.getClass().getRecordComponents()[0]);
  }

  private static Object component(Record record, RecordComponent component) {
    try {
      component.getAccessor().trySetAccessible();
      return component.getAccessor().invoke(record);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("no way to write " + component, e);
    }
  }

  /** A text, in quotes unless it is a plain word. */
  private static String scalar(String word) {
    boolean plain =
        word.matches("[A-Za-z][A-Za-z0-9.+/-]*")
            && new Node.Scalar(Place.START, word, true).type() == Node.ScalarType.TEXT;
    return plain ? word : quoted(word);
  }

  static String quoted(String word) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        quoted.append(c);
      } else {
        quoted.append("\\u%04x".formatted((int) c));
      }
    }
    return quoted.append('"').toString();
  }
}
