package dev.headgate.subunit.stream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is remembered of tests: of those used last, as far as memory allows. */
final class RecentTests<V> {
  /** The most that it may weigh, in bytes, roughly: some 30,000 tests. */
  static final int MAX_WEIGHT = 8 << 20;

  /** What an entry weighs beside the characters of its name: two objects and a link. */
  private static final int ENTRY_WEIGHT = 180;

  private static final int TEXT_WEIGHT = 48;

  private final Map<Name, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long weight;

  private record Entry<V>(V value, long weight) {}

  @Nullable V get(Name name) {
    Entry<V> entry = entries.get(name);
    return entry == null ? null : entry.value;
  }

  /** Remembers a value that weighs so many bytes by itself. */
  void put(Name name, V value, long valueWeight) {
    Entry<V> entry = new Entry<>(value, ENTRY_WEIGHT + 2L * name.length() + valueWeight);
    Entry<V> former = entries.put(name, entry);
    weight += entry.weight - (former == null ? 0 : former.weight);
    var oldest = entries.values().iterator();
    while (weight > MAX_WEIGHT && oldest.hasNext()) {
      weight -= oldest.next().weight;
      oldest.remove();
    }
  }

  void remove(Name name) {
    Entry<V> former = entries.remove(name);
    weight -= former == null ? 0 : former.weight;
  }

  /** Roughly how many bytes texts take. */
  static long weightOf(List<String> texts) {
    long sum = 0;
    for (String text : texts) {
      sum += TEXT_WEIGHT + 2L * text.length();
    }
    return sum;
  }
}
