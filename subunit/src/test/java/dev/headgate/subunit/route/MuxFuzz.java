package dev.headgate.subunit.route;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketDecoderFuzz;
import dev.headgate.subunit.RawOutput;
import dev.headgate.subunit.SeededStreams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whatever live sources send, merging and splitting gives each source's stream back. */
public final class MuxFuzz {
  private static final int SOURCES = 3;

  private MuxFuzz() {}

  /** Called by the fuzzer: pieces of the input are sent by the sources in turn, the rest by all. */
  public static void fuzzerTestOneInput(byte[] input) {
    Bytes stream = Bytes.copyOf(input);
    int[] cuts = PacketDecoderFuzz.cuts(input);
    Mux mux = new Mux(RawOutput.STDOUT);
    List<Mux.Source> sources = new ArrayList<>();
    List<List<Bytes>> sent = new ArrayList<>();
    for (int i = 0; i < SOURCES; i++) {
      sources.add(mux.open("s" + i));
      sent.add(new ArrayList<>());
    }
    List<Bytes> out = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int to = i < cuts.length ? cuts[i] : input.length;
      Bytes piece = stream.slice(from, to);
      from = to;
      sources.get(i % SOURCES).offer(piece);
      sent.get(i % SOURCES).add(piece);
      if (i % 2 == 0) {
        mux.turn();
        out.add(mux.take());
      }
    }
    sources.forEach(Mux.Source::end);
    while (mux.turn()) {
      out.add(mux.take());
    }
    assertThat(mux.openSources()).isZero();
    assertGivenBack(MuxDemuxTests.demuxed(Bytes.concat(out)), sent);
  }

  private static void assertGivenBack(Map<String, Bytes> back, List<List<Bytes>> sent) {
    assertThat(back.get("")).isEqualTo(Bytes.EMPTY);
    for (int i = 0; i < SOURCES; i++) {
      Bytes got = back.getOrDefault("s" + i, Bytes.EMPTY);
      Bytes all = Bytes.concat(sent.get(i));
      List<Event> events = SeededStreams.eventsOf(all);
      if (events.stream().anyMatch(MuxFuzz::isLikeOutput)) {
        continue;
      }
      assertThat(SeededStreams.otherBytesOf(got)).isEqualTo(SeededStreams.otherBytesOf(all));
      assertThat(SeededStreams.eventsOf(got)).isEqualTo(MuxDemuxTests.withoutEmptyRoutes(events));
    }
  }

  /** Sent as an event, it cannot be told from output that the mux has wrapped. */
  private static boolean isLikeOutput(Event event) {
    RawOutput output = new RawOutput("s", RawOutput.STDOUT);
    return !output.unwrap(event.underRoute("s")).isEmpty();
  }
}
