package dev.headgate.subunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RoundTripTests {
  @Test
  void eventWithEveryFieldComesBack() {
    Event event =
        Event.test("mod.Class.test", Status.FAIL)
            .tags("slow", "worker-0")
            .timestamp(Instant.parse("2013-08-20T12:00:00.123456789Z"))
            .mimeType("text/plain")
            .file("traceback", Bytes.ofUtf8("boom\n"))
            .eof(true)
            .routeCode("0/1")
            .build();
    PacketDecoder decoder = new PacketDecoder();
    decoder.offer(PacketEncoder.encode(event));
    assertThat(decoder.next()).isEqualTo(PacketDecoder.Next.EVENT);
    assertThat(decoder.event()).isEqualTo(event);
    assertThat(decoder.next()).isEqualTo(PacketDecoder.Next.NEED_MORE);
  }
}
