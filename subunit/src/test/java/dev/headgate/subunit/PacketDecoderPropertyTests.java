package dev.headgate.subunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds of every stream, on streams made from seeds; a failure names its seed. */
class PacketDecoderPropertyTests {
  private static final int SEEDS = 700;

  @Test
  void eventsComeBackFromThePacketsTheyBecame() {
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomStreams streams = new RandomStreams(seed);
      List<Event> events = new ArrayList<>();
      PacketEncoder encoder = new PacketEncoder();
      for (int i = 0; i < 5; i++) {
        Event event = streams.event(70_000);
        events.add(event);
        encoder.append(event);
      }
      byte[] stream = encoder.take().toByteArray();
      Decoded decoded = Decoded.of(stream, streams.cuts(stream.length));
      assertThat(decoded.events()).as("seed %d", seed).isEqualTo(events);
      assertThat(decoded.items()).as("seed %d", seed).hasSize(events.size());
    }
  }

  @Test
  void anyStreamIsReadAsThePlainReadingOfTheRulesReadsIt() {
    long damaged = 0;
    long within = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomStreams streams = new RandomStreams(seed);
      byte[] stream = streams.stream(1 + streams.below(12));
      Decoded decoded = Decoded.of(stream);
      assertThat(decoded).as("seed %d", seed).isEqualTo(ReferenceDecoder.decode(stream));
      assertThat(decoded.all()).as("seed %d", seed).isEqualTo(stream);
      damaged += decoded.bytesOf(PacketDecoder.Next.DAMAGE);
      within += decoded.items().stream().filter(Decoded.Item::inDamaged).count();
    }
    assertThat(damaged).isGreaterThan(SEEDS);
    assertThat(within).isGreaterThan(SEEDS / 10);
  }

  @Test
  void anySplitOfAnyStreamDeliversTheSame() {
    for (int seed = 0; seed < SEEDS; seed++) {
      RandomStreams streams = new RandomStreams(seed);
      byte[] stream = streams.stream(1 + streams.below(12));
      int[] cuts = streams.cuts(stream.length);
      Decoded whole = Decoded.of(stream);
      assertThat(Decoded.of(stream, cuts)).as("seed %d", seed).isEqualTo(whole);
      assertThat(Decoded.ofShared(stream, cuts)).as("seed %d", seed).isEqualTo(whole);
    }
  }

  @Test
  void anyFloodIsReadAsThePlainReadingOfTheRulesReadsIt() {
    int found = 0;
    for (int seed = 0; seed < 25; seed++) {
      RandomStreams streams = new RandomStreams(seed);
      byte[] stream = streams.flood(streams.below(60_000));
      Decoded expected = ReferenceDecoder.decode(stream);
      int[] cuts = streams.cuts(stream.length);
      assertThat(Decoded.of(stream, cuts)).as("seed %d", seed).isEqualTo(expected);
      assertThat(Decoded.ofShared(stream, cuts)).as("seed %d", seed).isEqualTo(expected);
      int[] everywhere = new int[stream.length / 7];
      java.util.Arrays.setAll(everywhere, i -> i * 7);
      assertThat(Decoded.of(stream, everywhere)).as("seed %d", seed).isEqualTo(expected);
      found += expected.events().size();
    }
    assertThat(found).isGreaterThan(80);
  }

  @Test
  void undamagedPacketsAreAllDeliveredWhenOneIn200HasAWrongLengthByte() {
    for (int seed = 0; seed < 6; seed++) {
      RandomStreams streams = new RandomStreams(seed);
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      List<Bytes> undamaged = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        byte[] packet = streams.packet();
        byte[] sent = streams.oneIn(200) ? streams.wrongLength(packet.clone()) : packet;
        if (java.util.Arrays.equals(sent, packet)) {
          undamaged.add(Bytes.copyOf(packet));
        }
        stream.writeBytes(sent);
      }
      List<Bytes> delivered =
          Decoded.of(stream.toByteArray()).items().stream()
              .filter(item -> item.event() != null)
              .map(Decoded.Item::bytes)
              .toList();
      assertThat(delivered).as("seed %d", seed).isEqualTo(undamaged);
      assertThat(undamaged.size()).isLessThan(2_000);
    }
  }
}
