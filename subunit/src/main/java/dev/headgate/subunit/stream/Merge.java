package dev.headgate.subunit.stream;

import dev.headgate.subunit.Event;

/**
 * Brings several streams together into one, item by item as they come; it ends when all of them
 * have and {@link #close} said that there will be no more.
 *
 * <p>It keeps routes as they are; {@link #input(Stage)} with {@link Stages#underRoute} tells the
 * streams apart. Confined to one thread, with all its inputs.
 */
public final class Merge {
  private final StreamSink next;
  private int open = 1;
  private boolean closed;

  /** Merges into a sink. */
  public Merge(StreamSink next) {
    this.next = next;
  }

  /** A sink for one more stream. */
  public StreamSink input() {
    return input(Stages.unchanged());
  }

  /** A sink for one more stream, which goes through a stage first. */
  public StreamSink input(Stage stage) {
    if (closed) {
      throw new IllegalStateException("the merge was closed");
    }
    open++;
    return stage.into(new Input());
  }

  /** Says that there will be no more inputs. */
  public void close() {
    if (!closed) {
      closed = true;
      endOne();
    }
  }

  private void endOne() {
    open--;
    if (open == 0) {
      next.end();
    }
  }

  private final class Input extends Passing {
    private boolean ended;

    Input() {
      super(Merge.this.next);
    }

    @Override
    public void event(Event event) {
      next.event(event);
    }

    @Override
    public void end() {
      if (!ended) {
        ended = true;
        endOne();
      }
    }
  }
}
