package dev.headgate.subunit.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.PacketDecoder.Next;
import dev.headgate.subunit.PacketDecoderFuzz;
import dev.headgate.subunit.SeededStreams;

/** Any bytes are read alike however they come, each byte once, whichever version is honoured. */
public final class StreamReaderFuzz {
  private StreamReaderFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    Bytes stream = Bytes.copyOf(input);
    int[] cuts = PacketDecoderFuzz.cuts(input);
    for (Format format : Format.values()) {
      StreamRead whole = StreamRead.of(format, stream);
      StreamRead split = StreamRead.of(format, stream, cuts);
      assertThat(split.said).as("%s", format).isEqualTo(whole.said);
      assertThat(split.events).as("%s", format).isEqualTo(whole.events);
      assertEveryByteIsSaidOnce(format, stream, cuts);
    }
    assertThat(StreamRead.of(Format.V2, stream).events).isEqualTo(SeededStreams.eventsOf(stream));
  }

  /** Also if the reader is asked at each cut to give up what it waits for. */
  private static void assertEveryByteIsSaidOnce(Format format, Bytes stream, int... cuts) {
    StreamReader reader = new StreamReader(format);
    // Where both versions are read, a packet comes before the line of details that it stands in.
    boolean exact = format == Format.V1 || format == Format.V2;
    int from = 0;
    for (int cut : cuts) {
      reader.offer(stream.slice(from, cut));
      from = cut;
      assertThat(drain(reader, stream, exact)).isEqualTo(Next.NEED_MORE);
      if (reader.rescan()) {
        drain(reader, stream, exact);
      }
    }
    reader.offer(stream.slice(from));
    reader.end();
    assertThat(drain(reader, stream, exact)).isEqualTo(Next.END);
    assertThat(reader.offset()).isEqualTo(stream.length());
  }

  private static Next drain(StreamReader reader, Bytes stream, boolean exact) {
    while (true) {
      Next next = reader.next();
      switch (next) {
        case EVENT -> assertThat(reader.event()).isNotNull();
        case TEXT, DAMAGE -> {
          int at = Math.toIntExact(reader.offset());
          int length = Math.toIntExact(reader.length());
          assertThat(reader.span().length()).isEqualTo(length).isPositive();
          if (exact) {
            assertThat(reader.span()).isEqualTo(stream.slice(at, at + length));
          }
        }
        case NEED_MORE, END -> {
          return next;
        }
      }
    }
  }
}
