package dev.headgate.sim.machine;

import dev.headgate.config.Node;
import dev.headgate.config.Words;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads what {@link RecordWriter} writes. The first value that cannot be read ends it. */
final class RecordReader {
  private RecordReader() {}

  /** A value that is not what its place asks for. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1;

    final transient Node node;
    final String hint;

    Unreadable(Node node, String message, String hint) {
      super(message, null, false, false);
      this.node = node;
      this.hint = hint;
    }
  }

  /**
   * A record.
   *
   * @throws Unreadable if the node describes none
   */
  static <R extends Record> R read(Class<R> type, Node node) {
    return type.cast(value(type, node, "the file"));
  }

  private static Object value(Type type, Node node, String what) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic, node, what);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == boolean.class) {
      return flag(node, what);
    }
    if (plain == int.class || plain == Integer.class) {
      return (int) number(node, what, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (plain == long.class || plain == Long.class) {
      return number(node, what, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (plain == String.class) {
      return text(node, what);
    }
    if (plain == Duration.class) {
      return duration(node, what);
    }
    if (plain.isEnum()) {
      return constant(plain, node, what);
    }
    return RecordWriter.isText(plain)
        ? made(plain, node, new Object[] {text(node, what)})
        : record(plain, node, what);
  }

  private static Object generic(ParameterizedType type, Node node, String what) {
    Type[] parts = type.getActualTypeArguments();
    Type raw = type.getRawType();
    if (raw == Optional.class) {
      return node.isNothing() ? Optional.empty() : Optional.of(value(parts[0], node, what));
    }
    if (raw == Map.class) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (Node.Entry entry : mapping(node, what).entries()) {
        Object key = value(parts[0], entry.key(), "a key of " + what);
        map.put(key, value(parts[1], entry.value(), key.toString()));
      }
      return map;
    }
    if (!(node instanceof Node.Sequence sequence)) {
      throw new Unreadable(node, what + " must be a list, not " + node.kind(), "");
    }
    List<Object> items = new ArrayList<>();
    for (Node item : sequence.items()) {
      items.add(value(parts[0], item, "an entry of " + what));
    }
    return raw == List.class ? items : new LinkedHashSet<>(items);
  }

  private static Object record(Class<?> type, Node node, String what) {
    Map<String, Node> fields = new LinkedHashMap<>();
    RecordComponent[] components = type.getRecordComponents();
    List<String> keys = new ArrayList<>();
    for (RecordComponent component : components) {
      keys.add(RecordWriter.key(component.getName()));
    }
    for (Node.Entry entry : mapping(node, what).entries()) {
      String key = text(entry.key(), "a key of " + what);
      if (!keys.contains(key)) {
        throw new Unreadable(
            entry.key(),
            "unknown key " + Words.quote(key) + " in " + what,
            Words.suggest(key, keys, "the keys there are"));
      }
      fields.put(key, entry.value());
    }
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Node field = fields.get(keys.get(i));
      if (field == null) {
        throw new Unreadable(node, what + " has no " + Words.quote(keys.get(i)), "");
      }
      values[i] = value(components[i].getGenericType(), field, Words.quote(keys.get(i)));
    }
    return made(type, node, values);
  }

  private static Object made(Class<?> type, Node node, Object[] values) {
    Class<?>[] types = new Class<?>[values.length];
    RecordComponent[] components = type.getRecordComponents();
    for (int i = 0; i < types.length; i++) {
      types[i] = components[i].getType();
    }
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.trySetAccessible();
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException fault) {
        throw new Unreadable(node, String.valueOf(fault.getMessage()), "");
      }
      throw new IllegalStateException("no way to make a " + type, e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no way to make a " + type, e);
    }
  }

  private static Node.Mapping mapping(Node node, String what) {
    if (node instanceof Node.Mapping mapping) {
      return mapping;
    }
    throw new Unreadable(node, what + " must be a mapping, not " + node.kind(), "");
  }

  private static String text(Node node, String what) {
    if (node instanceof Node.Scalar scalar && !node.isNothing()) {
      return scalar.text();
    }
    throw new Unreadable(node, what + " must be text, not " + node.kind(), "");
  }

  private static boolean flag(Node node, String what) {
    String text = text(node, what);
    if (!text.equals("true") && !text.equals("false")) {
      throw new Unreadable(node, what + " must be true or false", "");
    }
    return text.equals("true");
  }

  private static long number(Node node, String what, long least, long most) {
    String text = text(node, what);
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new Unreadable(node, what + " must be a number, not " + Words.quote(text), "");
    }
    throw new Unreadable(node, what + " cannot be " + text, "");
  }

  private static Duration duration(Node node, String what) {
    try {
      return Duration.parse(text(node, what));
    } catch (DateTimeParseException e) {
      throw new Unreadable(node, what + " must be a duration as in PT1H", "");
    }
  }

  private static Object constant(Class<?> type, Node node, String what) {
    String text = text(node, what);
    List<String> names = new ArrayList<>();
    for (Object value : type.getEnumConstants()) {
      String name = ((Enum<?>) value).name().toLowerCase(Locale.ROOT);
      if (name.equals(text)) {
        return value;
      }
      names.add(name);
    }
    throw new Unreadable(
        node, what + " cannot be " + Words.quote(text), Words.suggest(text, names, "it is one of"));
  }
}
