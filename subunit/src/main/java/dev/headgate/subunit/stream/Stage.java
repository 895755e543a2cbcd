package dev.headgate.subunit.stream;

/**
 * A step of a pipeline: from a sink for what comes out, it makes the sink for what goes in.
 *
 * <p>A stage itself has no state and may be used for many streams and by any thread; the sinks that
 * it makes belong to one stream each. Ready ones are in {@link Stages}.
 */
@FunctionalInterface
public interface Stage {
  /** A sink that passes on to {@code next} what this stage makes of the items. */
  StreamSink into(StreamSink next);

  /** This stage and then another: what comes out of this one goes into that one. */
  default Stage then(Stage later) {
    return next -> into(later.into(next));
  }
}
