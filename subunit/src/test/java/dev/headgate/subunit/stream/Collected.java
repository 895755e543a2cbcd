package dev.headgate.subunit.stream;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import java.util.ArrayList;
import java.util.List;

/** A sink that keeps everything. */
final class Collected implements StreamSink {
  final List<Event> events = new ArrayList<>();
  final List<Bytes> text = new ArrayList<>();
  final List<Bytes> damage = new ArrayList<>();
  int ends;

  static Collected through(Stage stage, List<Event> events) {
    Collected collected = new Collected();
    StreamSink sink = stage.into(collected);
    events.forEach(sink::event);
    sink.end();
    return collected;
  }

  @Override
  public void event(Event event) {
    events.add(event);
  }

  @Override
  public void text(Bytes bytes) {
    text.add(bytes);
  }

  @Override
  public void damage(Bytes bytes) {
    damage.add(bytes);
  }

  @Override
  public void end() {
    ends++;
  }

  /** Each event in a few words: route, test id, status, tags and file. */
  List<String> said() {
    return events.stream().map(Collected::words).toList();
  }

  static String words(Event event) {
    String words = event.routeCode() == null ? "" : event.routeCode() + ":";
    words += event.testId() + " " + event.status().word();
    words += event.tags().isEmpty() ? "" : " " + event.tags();
    return event.hasFile()
        ? words + " " + event.fileName() + "=" + event.fileContent().utf8()
        : words;
  }
}
