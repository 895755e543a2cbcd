package dev.headgate.subunit.stream;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import java.util.function.Consumer;

/**
 * Takes the items of one stream, in order, and then its end.
 *
 * <p>A stream is events and other bytes. How bytes are cut into items says nothing. Whoever shows
 * or keeps a program's output treats damage as text.
 *
 * <p>Confined to one thread, and not called back while a call runs. What a sink throws comes
 * through to whoever feeds it; the sink is then of no use any more.
 */
public interface StreamSink {
  /** Takes the next event. */
  void event(Event event);

  /** Takes bytes of no packet and no directive; never empty. */
  void text(Bytes bytes);

  /** Takes bytes of something that began like a packet or a directive; never empty. */
  void damage(Bytes bytes);

  /** Says, once, that nothing more comes; what was held back is delivered now. */
  void end();

  /** A sink of events alone: other bytes and the end pass it by. */
  static StreamSink ofEvents(Consumer<? super Event> events) {
    return new EventsOnly(events);
  }
}
