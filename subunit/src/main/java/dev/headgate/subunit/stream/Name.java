package dev.headgate.subunit.stream;

import dev.headgate.subunit.Event;
import org.jspecify.annotations.Nullable;

/** Which test on which route; the route is empty for none. */
record Name(String route, String testId) {
  /** The test that an event speaks of, or null. */
  static @Nullable Name of(Event event) {
    String testId = event.testId();
    return testId == null ? null : new Name(route(event), testId);
  }

  static String route(Event event) {
    String route = event.routeCode();
    return route == null ? "" : route;
  }

  int length() {
    return route.length() + testId.length();
  }
}
