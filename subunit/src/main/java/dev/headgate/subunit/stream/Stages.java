package dev.headgate.subunit.stream;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.RawOutput;
import dev.headgate.subunit.Routes;
import dev.headgate.subunit.Status;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** Stages. Where nothing else is said, they hold nothing back and remember nothing. */
public final class Stages {
  private Stages() {}

  /** Passes everything on as it is. */
  public static Stage unchanged() {
    return next -> next;
  }

  /** Puts stages one behind the other, the first one first; none at all passes everything on. */
  public static Stage inOrder(List<Stage> stages) {
    Stage all = unchanged();
    for (Stage stage : stages) {
      all = all.then(stage);
    }
    return all;
  }

  /**
   * Passes on the events of which each by itself is wanted, and all other bytes. To select tests by
   * what is known only at their end, use {@link #keepTests}.
   */
  public static Stage keepEvents(Predicate<? super Event> wanted) {
    return next ->
        new Passing(next) {
          @Override
          public void event(Event event) {
            if (wanted.test(event)) {
              next.event(event);
            }
          }
        };
  }

  /** Passes on of each event what the function makes of it. */
  public static Stage mapEvents(UnaryOperator<Event> change) {
    return next ->
        new Passing(next) {
          @Override
          public void event(Event event) {
            next.event(change.apply(event));
          }
        };
  }

  /**
   * Passes on the tests that meet a condition, each with all its events: what comes before the
   * condition is decided is held back, within the bounds that {@link TestFilter} names. Events
   * without a test id and all other bytes are passed on.
   */
  public static Stage keepTests(TestCondition wanted) {
    return next -> new TestFilter(wanted, next);
  }

  /** Passes events on, and no other bytes. */
  public static Stage withoutText() {
    return next ->
        new Passing(next) {
          @Override
          public void event(Event event) {
            next.event(event);
          }

          @Override
          public void text(Bytes bytes) {}

          @Override
          public void damage(Bytes bytes) {}
        };
  }

  /** Passes text and damage on as events, the way a router wraps them. */
  public static Stage wrapText(RawOutput output) {
    return next ->
        new Passing(next) {
          @Override
          public void event(Event event) {
            next.event(event);
          }

          @Override
          public void text(Bytes bytes) {
            next.event(output.wrap(bytes));
          }

          @Override
          public void damage(Bytes bytes) {
            next.event(output.wrap(bytes));
          }
        };
  }

  /** Passes the output that travels in events on as text, and all other events as they are. */
  public static Stage unwrapText(RawOutput output) {
    return next ->
        new Passing(next) {
          @Override
          public void event(Event event) {
            Bytes text = output.unwrap(event);
            if (text.isEmpty()) {
              next.event(event);
            } else {
              next.text(text);
            }
          }
        };
  }

  /** Puts one or more steps before the route code of every event; text passes as it is. */
  public static Stage underRoute(String step) {
    return mapEvents(event -> event.underRoute(step));
  }

  /**
   * Takes the first step off the route code of every event that has one. Text passes as it is.
   *
   * @see RouteSplit
   */
  public static Stage withoutFirstStep() {
    return mapEvents(event -> event.routeCode() == null ? event : withoutFirst(event));
  }

  static Event withoutFirst(Event event) {
    String route = event.routeCode();
    return route == null ? event : event.withRouteCode(Routes.afterFirst(route));
  }

  /** Gives each test the id that a function makes of its id. */
  public static Stage renameTests(UnaryOperator<String> rename) {
    return mapEvents(event -> {
      String id = event.testId();
      return id == null ? event : event.toBuilder().testId(rename.apply(id)).build();
    });
  }

  /**
   * Replaces every match of an expression in the ids of tests.
   *
   * @param replacement as {@link java.util.regex.Matcher#replaceAll(String)} takes it
   */
  public static Stage renameTests(Pattern pattern, String replacement) {
    return renameTests(id -> pattern.matcher(id).replaceAll(replacement));
  }

  /**
   * Turns what known failures do into what is expected of them: a failure into an expected one, a
   * success into an unexpected one.
   *
   * @param known true of the id of a test that is known to fail
   */
  public static Stage expectFailures(Predicate<String> known) {
    return mapEvents(event -> {
      String id = event.testId();
      Status expected = id != null && known.test(id) ? expected(event.status()) : event.status();
      return expected == event.status() ? event : event.toBuilder().status(expected).build();
    });
  }

  private static Status expected(Status status) {
    return switch (status) {
      case FAIL -> Status.XFAIL;
      case SUCCESS -> Status.UXSUCCESS;
      case NONE, EXISTS, INPROGRESS, SKIP, XFAIL, UXSUCCESS -> status;
    };
  }

  /** Adds tags to every test and takes others away; see {@link TagEdit} for what is remembered. */
  public static Stage tag(TagEdit edit) {
    return edit;
  }

  /** Turns the stream into a listing of its tests; see {@link Listing}. */
  public static Stage list() {
    return Listing::new;
  }
}
