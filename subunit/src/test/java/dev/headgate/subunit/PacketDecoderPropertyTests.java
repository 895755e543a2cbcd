package dev.headgate.subunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
      assertThat(Decoded.ofPairs(stream, cuts)).as("seed %d", seed).isEqualTo(whole);
      assertThat(Decoded.ofBuffers(Decoded.BufferKind.DIRECT_SLICE, stream, cuts))
          .as("seed %d", seed)
          .isEqualTo(whole);
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
      Arrays.setAll(everywhere, i -> i * 7);
      assertThat(Decoded.of(stream, everywhere)).as("seed %d", seed).isEqualTo(expected);
      found += expected.events().size();
    }
    assertThat(found).isGreaterThan(80);
  }

  /** Issue 4: 20,000 packets, 20 seeds, bit flips, truncations and random bytes of the length. */
  @Tag("slow")
  @ParameterizedTest
  @ValueSource(ints = {200, 2_000})
  void undamagedPacketsAreAllDelivered(int oneIn) {
    for (int seed = 0; seed < 20; seed++) {
      RandomStreams streams = new RandomStreams(seed);
      ByteArrayOutputStream stream = new ByteArrayOutputStream();
      List<Bytes> undamaged = new ArrayList<>();
      byte[][] packets = new byte[500][];
      Arrays.setAll(packets, i -> streams.packet());
      for (int i = 0; i < 20_000; i++) {
        byte[] packet = packets[streams.below(packets.length)];
        byte[] sent = streams.oneIn(oneIn) ? streams.damaged(packet.clone()) : packet;
        if (Arrays.equals(sent, packet)) {
          undamaged.add(Bytes.copyOf(packet));
        }
        stream.writeBytes(sent);
      }
      assertThat(undamaged.size()).isBetween(19_980 - 30_000 / oneIn, 19_999);
      assertThat(delivered(stream.toByteArray())).as("seed %d", seed).isEqualTo(undamaged);
    }
  }

  /** The packets of a stream that is offered in pieces of a pipe, without those of damaged ones. */
  private static List<Bytes> delivered(byte[] stream) {
    PacketDecoder decoder = new PacketDecoder();
    List<Bytes> delivered = new ArrayList<>();
    Bytes all = Bytes.copyOf(stream);
    for (int from = 0; from <= stream.length; from += 65_536) {
      decoder.offer(all.slice(from, Math.min(stream.length, from + 65_536)));
      if (from + 65_536 > stream.length) {
        decoder.end();
      }
      while (decoder.next() != PacketDecoder.Next.NEED_MORE
          && decoder.current() != PacketDecoder.Next.END) {
        if (decoder.current() == PacketDecoder.Next.EVENT) {
          delivered.add(decoder.span());
        }
      }
    }
    return delivered;
  }
}
