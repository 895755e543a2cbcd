package dev.headgate.cli;

import dev.headgate.subunit.PacketDecoder;

/** Takes an input in as packets of version 2 and the bytes between them. */
abstract class PacketTaker implements StreamFeed.Taker {
  final PacketDecoder decoder = new PacketDecoder();

  /**
   * Takes the item that the decoder stands on.
   *
   * @param kind an event, text or damage
   */
  abstract void item(PacketDecoder.Next kind);

  @Override
  public void piece(byte[] bytes, int length) {
    decoder.offer(bytes, 0, length);
    drain();
  }

  @Override
  public void silence() {
    if (decoder.rescan()) {
      drain();
    }
  }

  @Override
  public void end() {
    decoder.end();
    drain();
  }

  private void drain() {
    for (var next = decoder.next();
        next != PacketDecoder.Next.NEED_MORE && next != PacketDecoder.Next.END;
        next = decoder.next()) {
      item(next);
    }
  }
}
