package dev.headgate.subunit;

import java.util.List;

/** {@link RandomStreams} and {@link Decoded} for the tests of other packages. */
public final class SeededStreams {
  private final RandomStreams random;

  public SeededStreams(long seed) {
    random = new RandomStreams(seed);
  }

  public int below(int bound) {
    return random.below(bound);
  }

  public boolean oneIn(int n) {
    return random.oneIn(n);
  }

  public String word() {
    return random.word();
  }

  public Event event(int mostContent) {
    return random.event(mostContent);
  }

  /** Packets, text, noise and damage. */
  public byte[] stream(int pieces) {
    return random.stream(pieces);
  }

  public int[] cuts(int length) {
    return random.cuts(length);
  }

  public static List<Event> eventsOf(Bytes stream) {
    return Decoded.of(stream.toByteArray()).events();
  }

  /** The bytes of a stream that are text or damage, joined. */
  public static Bytes otherBytesOf(Bytes stream) {
    return Bytes.concat(
        Decoded.of(stream.toByteArray()).items().stream()
            .filter(item -> item.event() == null)
            .map(Decoded.Item::bytes)
            .toList());
  }
}
