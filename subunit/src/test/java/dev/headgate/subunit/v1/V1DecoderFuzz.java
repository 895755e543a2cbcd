package dev.headgate.subunit.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketDecoderFuzz;
import dev.headgate.subunit.PacketEncoder;
import java.util.Arrays;

/** Any bytes are read alike however they come, each byte once, and as what packets can say. */
public final class V1DecoderFuzz {
  private V1DecoderFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    Bytes stream = Bytes.copyOf(input);
    V1Read whole = V1Read.of(stream);
    assertThat(V1Read.of(stream, PacketDecoderFuzz.cuts(input))).isEqualTo(whole);
    int[] everywhere = new int[input.length];
    Arrays.setAll(everywhere, i -> i);
    assertThat(V1Read.of(stream, everywhere)).isEqualTo(whole);
    long content = 0;
    for (Event event : whole.events()) {
      content += event.fileContent().length();
      assertThat(PacketEncoder.encode(event).length()).isPositive();
    }
    assertThat(content + whole.textLength()).isLessThanOrEqualTo(input.length);
  }
}
