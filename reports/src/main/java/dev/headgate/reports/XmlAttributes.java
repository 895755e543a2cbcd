package dev.headgate.reports;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The attributes of one element, by local name without regard to case. */
final class XmlAttributes {
  private final List<String> names = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private int length;

  /** Adds one; false if there was one of that name, which then stays as it is. */
  boolean add(String name, String value) {
    if (get(name) != null) {
      return false;
    }
    names.add(name);
    values.add(value);
    length += name.length() + value.length();
    return true;
  }

  int size() {
    return names.size();
  }

  /** How many characters there are in all. */
  int length() {
    return length;
  }

  /** The value, or null if there is none. */
  @Nullable String get(String name) {
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return values.get(i);
      }
    }
    return null;
  }

  /** The value, or an empty text if there is none. */
  String text(String name) {
    String value = get(name);
    return value == null ? "" : value;
  }
}
