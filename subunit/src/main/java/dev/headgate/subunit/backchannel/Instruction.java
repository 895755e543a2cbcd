package dev.headgate.subunit.backchannel;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Routes;
import dev.headgate.subunit.Status;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A message to a process that runs tests, or to one below it (FORMAT.md, verdict 14).
 *
 * <p>Its route says for whom it is: who passes messages on takes its own step off ({@link
 * #withoutFirstStep}); a message without a route is for the receiver.
 */
public sealed interface Instruction {
  /** The name of the file that carries input. */
  String STDIN = "stdin";

  /** The name of the file that asks for an orderly stop. */
  String STOP = "headgate.stop";

  /** For whom it is; empty: for the receiver. */
  String route();

  /**
   * Asks for one execution of a test.
   *
   * @param testId the id under which it can be run; not empty, for no packet could carry that
   */
  record RunTest(String route, String testId) implements Instruction {
    public RunTest {
      if (testId.isEmpty()) {
        throw new IllegalArgumentException("a test to run has an id");
      }
    }

    @Override
    public RunTest withRoute(String newRoute) {
      return new RunTest(newRoute, testId);
    }
  }

  /**
   * Carries bytes to a process's standard input.
   *
   * @param content the next bytes; may be empty
   * @param last true if the input ends with them
   */
  record Input(String route, Bytes content, boolean last) implements Instruction {
    @Override
    public Input withRoute(String newRoute) {
      return new Input(newRoute, content, last);
    }
  }

  /** Asks to begin no more tests, and to end when those that run have ended. */
  record Stop(String route) implements Instruction {
    @Override
    public Stop withRoute(String newRoute) {
      return new Stop(newRoute);
    }
  }

  /** The same message for someone else. */
  Instruction withRoute(String newRoute);

  /** The same message as the one at the first step of its route gets it. */
  default Instruction withoutFirstStep() {
    String rest = Routes.afterFirst(route());
    return withRoute(rest == null ? "" : rest);
  }

  /** The event that carries the message. */
  default Event event() {
    @Nullable String code = route().isEmpty() ? null : route();
    return switch (this) {
      case RunTest run -> Event.test(run.testId, Status.EXISTS).routeCode(code).build();
      case Input input ->
          Event.builder().file(STDIN, input.content).eof(input.last).routeCode(code).build();
      case Stop stop -> Event.builder().file(STOP, Bytes.EMPTY).eof(true).routeCode(code).build();
    };
  }

  /**
   * The message that an event carries.
   *
   * @return empty if it carries none: what a receiver does not know it ignores
   */
  static Optional<Instruction> of(Event event) {
    String code = event.routeCode();
    String route = code == null ? "" : code;
    String testId = event.testId();
    if (testId != null) {
      boolean asks = event.status() == Status.EXISTS && !testId.isEmpty();
      return asks ? Optional.of(new RunTest(route, testId)) : Optional.empty();
    }
    if (STDIN.equals(event.fileName())) {
      return Optional.of(new Input(route, event.fileContent(), event.eof()));
    }
    boolean stops = STOP.equals(event.fileName()) && event.status() == Status.NONE;
    return stops ? Optional.of(new Stop(route)) : Optional.empty();
  }
}
