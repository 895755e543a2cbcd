package dev.headgate.subunit.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.TestResult;
import dev.headgate.subunit.stream.Assembler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class V1PropertyTests {
  private static final int SEEDS = 400;

  @Test
  void anySplitSaysTheSame() {
    long events = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Random random = new Random(seed);
      Bytes stream = new V1Streams(seed, false).stream(1 + random.nextInt(20));
      V1Read whole = V1Read.of(stream);
      events += whole.events().size();
      for (int i = 0; i < 8; i++) {
        int[] cuts = random.ints(random.nextInt(9), 0, stream.length() + 1).sorted().toArray();
        assertThat(V1Read.of(stream, cuts))
            .as("seed %d %s", seed, Arrays.toString(cuts))
            .isEqualTo(whole);
      }
    }
    assertThat(events).isGreaterThan(SEEDS * 5L);
  }

  @Test
  void everySingleCutAndEveryByteAloneSaysTheSame() {
    for (int seed = 0; seed < 40; seed++) {
      Bytes stream = new V1Streams(seed, false).stream(6);
      if (stream.length() > 3_000) {
        continue;
      }
      V1Read whole = V1Read.of(stream);
      int[] everywhere = new int[stream.length()];
      Arrays.setAll(everywhere, i -> i);
      assertThat(V1Read.of(stream, everywhere)).as("seed %d", seed).isEqualTo(whole);
      for (int cut = 0; cut <= stream.length(); cut++) {
        assertThat(V1Read.of(stream, cut)).as("seed %d cut %d", seed, cut).isEqualTo(whole);
      }
    }
  }

  @Test
  void noiseIsAccountedForToo() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      byte[] alphabet =
          "tes:ucfailr [\n\r]multip 0a3".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      byte[] noise = new byte[400];
      for (int i = 0; i < noise.length; i++) {
        noise[i] = alphabet[random.nextInt(alphabet.length)];
      }
      Bytes stream =
          Bytes.concat(
              List.of(Bytes.ofUtf8("test: a\nfailure: a [ multipart\n"), Bytes.copyOf(noise)));
      assertThat(V1Read.of(stream, random.nextInt(stream.length()))).isEqualTo(V1Read.of(stream));
    }
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    for (int seed = 0; seed < SEEDS; seed++) {
      Bytes stream = new V1Streams(seed, true).stream(12);
      List<Event> events = V1Read.of(stream).events();
      V1Encoder encoder = new V1Encoder();
      events.forEach(encoder::event);
      encoder.end();
      V1Read again = V1Read.of(encoder.take());
      assertThat(again.text()).as("seed %d", seed).isEmpty();
      assertThat(again.damage()).as("seed %d", seed).isEmpty();
      assertThat(results(again.events())).as("seed %d", seed).isEqualTo(results(events));
    }
  }

  static List<TestResult> results(List<Event> events) {
    List<TestResult> results = new ArrayList<>();
    Assembler assembler = new Assembler(Assembler.Limits.USUAL, results::add);
    events.forEach(assembler::event);
    assembler.end();
    return results;
  }
}
