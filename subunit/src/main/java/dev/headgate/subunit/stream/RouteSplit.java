package dev.headgate.subunit.stream;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Gives each event to a sink for the first step of its route, without that step.
 *
 * <p>Text, damage and events without a route go to the stream's own sink. So do, with their route,
 * events of further steps once there are {@link #MAX_BRANCHES}.
 */
public final class RouteSplit implements StreamSink {
  /** The most sinks that are asked for: more than the workers of any farm. */
  public static final int MAX_BRANCHES = 10_000;

  private final StreamSink own;
  private final Function<? super String, ? extends StreamSink> branches;
  private final Map<String, StreamSink> open = new LinkedHashMap<>();

  /**
   * Splits a stream.
   *
   * @param own takes what has no route
   * @param branches makes the sink of a step, when its first event comes
   */
  public RouteSplit(StreamSink own, Function<? super String, ? extends StreamSink> branches) {
    this.own = own;
    this.branches = branches;
  }

  @Override
  public void event(Event event) {
    String route = Name.route(event);
    int slash = route.indexOf('/');
    String step = slash < 0 ? route : route.substring(0, slash);
    StreamSink branch = step.isEmpty() ? null : open.get(step);
    if (branch != null) {
      branch.event(Stages.withoutFirst(event));
    } else if (step.isEmpty() || open.size() == MAX_BRANCHES) {
      own.event(event);
    } else {
      StreamSink made = branches.apply(step);
      open.put(step, made);
      made.event(Stages.withoutFirst(event));
    }
  }

  @Override
  public void text(Bytes bytes) {
    own.text(bytes);
  }

  @Override
  public void damage(Bytes bytes) {
    own.damage(bytes);
  }

  /** Ends every sink, the own one last. */
  @Override
  public void end() {
    open.values().forEach(StreamSink::end);
    own.end();
  }
}
