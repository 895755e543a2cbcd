package dev.headgate.subunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/** Any stream that is passed on under a step has the same events under it, and its other bytes. */
public final class PacketRouterFuzz {
  private PacketRouterFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    PacketDecoder decoder = new PacketDecoder();
    PacketRouter router = new PacketRouter("up", "fuzz-output");
    decoder.offer(input);
    decoder.end();
    List<Event> expected = new ArrayList<>();
    List<Bytes> others = new ArrayList<>();
    while (decoder.next() != PacketDecoder.Next.END) {
      if (decoder.current() == PacketDecoder.Next.EVENT) {
        expected.add(decoder.event().underRoute("up"));
      } else {
        others.add(decoder.span());
      }
      router.forward(decoder);
    }
    Decoded routed = Decoded.of(router.take().toByteArray());
    assertThat(routed.events()).hasSameSizeAs(routed.items());
    RawOutput output = new RawOutput("up", "fuzz-output");
    List<Bytes> unwrapped = new ArrayList<>();
    List<Event> events = new ArrayList<>();
    for (Event event : routed.events()) {
      if (output.unwrap(event).isEmpty()) {
        events.add(event);
      } else {
        unwrapped.add(output.unwrap(event));
      }
    }
    if (expected.stream().allMatch(event -> output.unwrap(event).isEmpty())) {
      assertThat(events).isEqualTo(expected);
      assertThat(Bytes.concat(unwrapped)).isEqualTo(Bytes.concat(others));
    }
  }
}
