package dev.headgate.subunit.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import java.util.ArrayList;
import java.util.List;

/** What the decoder makes of an input, with spans of one kind that follow one another joined. */
record V1Read(List<V1Item> items) {
  static V1Read of(String input) {
    return of(Bytes.ofUtf8(input));
  }

  static V1Read of(Bytes input, int... cuts) {
    V1Decoder decoder = new V1Decoder();
    List<V1Item> items = new ArrayList<>();
    int from = 0;
    for (int cut : cuts) {
      decoder.offer(input.slice(from, cut).toByteArray(), 0, cut - from);
      drain(decoder, items, input);
      from = cut;
    }
    decoder.offer(input.slice(from));
    drain(decoder, items, input);
    decoder.end();
    drain(decoder, items, input);
    assertThat(decoder.offset()).as("bytes accounted for").isEqualTo(input.length());
    return new V1Read(List.copyOf(items));
  }

  private static void drain(V1Decoder decoder, List<V1Item> items, Bytes input) {
    long before = decoder.offset();
    for (V1Item item = decoder.next(); item != null; item = decoder.next()) {
      if (item instanceof V1Item.Text(Bytes text)) {
        assertThat(text).isEqualTo(input.slice((int) before, (int) before + text.length()));
      } else if (item instanceof V1Item.Damage(Bytes damage)) {
        assertThat(damage).isEqualTo(input.slice((int) before, (int) before + damage.length()));
      }
      before = decoder.offset();
      add(items, item);
    }
  }

  private static void add(List<V1Item> items, V1Item item) {
    V1Item last = items.isEmpty() ? null : items.getLast();
    if (last instanceof V1Item.Text(Bytes one) && item instanceof V1Item.Text(Bytes two)) {
      items.set(items.size() - 1, new V1Item.Text(Bytes.concat(List.of(one, two))));
    } else if (last instanceof V1Item.Damage(Bytes one)
        && item instanceof V1Item.Damage(Bytes two)) {
      items.set(items.size() - 1, new V1Item.Damage(Bytes.concat(List.of(one, two))));
    } else {
      items.add(item);
    }
  }

  List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (V1Item item : items) {
      if (item instanceof V1Item.Happened happened) {
        events.add(happened.event());
      }
    }
    return events;
  }

  /** Each event in a few words. */
  List<String> said() {
    return events().stream().map(V1Read::words).toList();
  }

  static String words(Event event) {
    String words = event.testId() + " " + event.status().word();
    if (event.hasFile()) {
      words += " " + event.fileName() + "=" + event.fileContent().utf8() + (event.eof() ? "." : "");
    }
    return event.tags().isEmpty() ? words : words + " " + event.tags();
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (V1Item item : items) {
      if (item instanceof V1Item.Text(Bytes bytes)) {
        text.append(bytes.utf8());
      }
    }
    return text.toString();
  }

  /** How many bytes are text or damage. */
  long textLength() {
    return items.stream()
        .filter(item -> item instanceof V1Item.Text || item instanceof V1Item.Damage)
        .mapToLong(V1Item::length)
        .sum();
  }

  String damage() {
    StringBuilder damage = new StringBuilder();
    for (V1Item item : items) {
      if (item instanceof V1Item.Damage(Bytes bytes)) {
        damage.append(bytes.utf8());
      }
    }
    return damage.toString();
  }
}
