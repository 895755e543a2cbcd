package dev.headgate.subunit;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a decoder delivered, with spans of one kind that follow one another joined. */
record Decoded(List<Item> items) {
  record Item(PacketDecoder.Next kind, long offset, Bytes bytes, Event event, boolean inDamaged) {}

  /** Decodes bytes that are offered in pieces that end at the given places, then ended. */
  static Decoded of(byte[] input, int... cuts) {
    Collector collector = new Collector();
    int from = 0;
    for (int cut : cuts) {
      collector.offer(input, from, cut);
      from = cut;
    }
    collector.offer(input, from, input.length);
    return collector.end();
  }

  /** The same, every piece being immutable bytes that the decoder may keep. */
  static Decoded ofShared(byte[] input, int... cuts) {
    Collector collector = new Collector();
    int from = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int to = i < cuts.length ? cuts[i] : input.length;
      collector.decoder.offer(Bytes.copyOf(input).slice(from, to));
      collector.drain();
      from = to;
    }
    return collector.end();
  }

  /** How bytes that are no array reach a decoder. */
  enum BufferKind {
    HEAP,
    READ_ONLY,
    DIRECT,
    DIRECT_SLICE;

    ByteBuffer of(byte[] input, int from, int to) {
      ByteBuffer heap = ByteBuffer.wrap(input, from, to - from);
      return switch (this) {
        case HEAP -> heap;
        case READ_ONLY -> heap.asReadOnlyBuffer();
        case DIRECT -> ByteBuffer.allocateDirect(to - from).put(heap).flip();
        case DIRECT_SLICE ->
            ByteBuffer.allocateDirect(to - from + 7)
                .position(3)
                .slice(3, to - from)
                .put(heap)
                .flip();
      };
    }
  }

  /** The same, every piece being a buffer. */
  static Decoded ofBuffers(BufferKind kind, byte[] input, int... cuts) {
    Collector collector = new Collector();
    int from = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int to = i < cuts.length ? cuts[i] : input.length;
      ByteBuffer buffer = kind.of(input, from, to);
      collector.decoder.offer(buffer);
      if (buffer.hasRemaining()) {
        throw new AssertionError("not all of a buffer was taken");
      }
      collector.drain();
      from = to;
    }
    return collector.end();
  }

  /** The same, one buffer being taken piece by piece. */
  static Decoded ofPieces(ByteBuffer buffer) {
    Collector collector = new Collector();
    while (buffer.hasRemaining()) {
      int before = buffer.position();
      collector.decoder.offerPiece(buffer);
      int taken = buffer.position() - before;
      if (taken == 0 || taken > PacketDecoder.PIECE) {
        throw new AssertionError(taken + " bytes were taken");
      }
      collector.drain();
    }
    return collector.end();
  }

  /** The same, pieces of immutable bytes, two of which are offered before anything is asked. */
  static Decoded ofPairs(byte[] input, int... cuts) {
    Collector collector = new Collector();
    int from = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int to = i < cuts.length ? cuts[i] : input.length;
      collector.decoder.offer(Bytes.copyOf(input).slice(from, to));
      if (i % 2 == 1) {
        collector.drain();
      }
      from = to;
    }
    return collector.end();
  }

  List<Event> events() {
    return items.stream().filter(item -> item.event != null).map(Item::event).toList();
  }

  long bytesOf(PacketDecoder.Next kind) {
    return items.stream().filter(i -> i.kind == kind).mapToLong(i -> i.bytes.length()).sum();
  }

  byte[] all() {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    items.forEach(item -> all.writeBytes(item.bytes.toByteArray()));
    return all.toByteArray();
  }

  /** Drives one decoder. */
  static final class Collector {
    final PacketDecoder decoder = new PacketDecoder();
    final List<Item> items = new ArrayList<>();

    void offer(byte[] input, int from, int to) {
      byte[] piece = java.util.Arrays.copyOfRange(input, from, to);
      decoder.offer(piece, 0, piece.length);
      java.util.Arrays.fill(piece, (byte) 0xEE);
      drain();
    }

    void drain() {
      PacketDecoder.Next next;
      while ((next = decoder.next()) != PacketDecoder.Next.NEED_MORE
          && next != PacketDecoder.Next.END) {
        boolean isEvent = next == PacketDecoder.Next.EVENT;
        add(
            new Item(
                next,
                decoder.offset(),
                decoder.span(),
                isEvent ? decoder.event() : null,
                isEvent && decoder.inDamaged()));
      }
    }

    private void add(Item item) {
      Item last = items.isEmpty() ? null : items.getLast();
      if (last != null && item.event == null && last.kind == item.kind) {
        items.removeLast();
        Bytes joined = Bytes.concat(List.of(last.bytes, item.bytes));
        items.add(new Item(item.kind, last.offset, joined, null, false));
      } else {
        items.add(item);
      }
    }

    Decoded end() {
      decoder.end();
      drain();
      if (decoder.next() != PacketDecoder.Next.END) {
        throw new AssertionError("no END after the end");
      }
      return new Decoded(List.copyOf(items));
    }
  }
}
