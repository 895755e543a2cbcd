package dev.headgate.subunit.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.stream.StreamSink;
import java.util.ArrayList;
import java.util.List;

/** What a reader says: items, with spans of one kind that follow one another joined. */
final class StreamRead implements StreamSink {
  final List<String> said = new ArrayList<>();
  final List<Event> events = new ArrayList<>();
  private String kind = "";
  int ends;

  static StreamRead of(Format format, Bytes input, int... cuts) {
    StreamReader reader = new StreamReader(format);
    StreamRead read = new StreamRead();
    int from = 0;
    for (int cut : cuts) {
      reader.offer(input.toByteArray(), from, cut - from);
      assertThat(reader.drainTo(read)).isFalse();
      from = cut;
    }
    reader.offer(input.slice(from));
    reader.drainTo(read);
    reader.end();
    assertThat(reader.drainTo(read)).isTrue();
    assertThat(reader.offset()).as("bytes accounted for").isEqualTo(input.length());
    assertThat(read.ends).isEqualTo(1);
    return read;
  }

  @Override
  public void event(Event event) {
    events.add(event);
    String file = event.hasFile() ? " " + event.fileName() + "=" + event.fileContent().hex() : "";
    said.add(event.testId() + " " + event.status().word() + file);
    kind = "";
  }

  private void span(String word, Bytes bytes) {
    assertThat(bytes.isEmpty()).isFalse();
    if (kind.equals(word)) {
      said.set(said.size() - 1, said.getLast() + bytes.hex());
    } else {
      said.add(word + " " + bytes.hex());
      kind = word;
    }
  }

  @Override
  public void text(Bytes bytes) {
    span("text", bytes);
  }

  @Override
  public void damage(Bytes bytes) {
    span("damage", bytes);
  }

  @Override
  public void end() {
    ends++;
  }
}
