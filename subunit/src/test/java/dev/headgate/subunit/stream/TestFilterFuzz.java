package dev.headgate.subunit.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whatever the events, a condition and its opposite between them pass on everything, in order. */
public final class TestFilterFuzz {
  private TestFilterFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    List<Event> events = FuzzEvents.of(input);
    assertThat(through(TestCondition.any(), events)).isEqualTo(events);
    for (TestCondition condition : conditions()) {
      List<Event> kept = through(condition, events);
      List<Event> others = through(condition.not(), events);
      assertInOrder(kept, events);
      assertInOrder(others, events);
      Set<Event> said = new HashSet<>(kept);
      said.addAll(others);
      assertThat(said).containsAll(events);
    }
  }

  private static List<TestCondition> conditions() {
    return List.of(
        TestCondition.id("t1"::equals),
        TestCondition.tagged("g1"),
        TestCondition.status(Set.of(Status.FAIL, Status.UXSUCCESS, Status.INPROGRESS)),
        TestCondition.status(Set.of(Status.EXISTS, Status.SUCCESS))
            .and(TestCondition.routeUnder("w0").or(TestCondition.id("t2"::equals))),
        TestCondition.attachment(file -> file.name().equals("f1")));
  }

  private static List<Event> through(TestCondition condition, List<Event> events) {
    Collected collected = new Collected();
    TestFilter filter = new TestFilter(condition, collected);
    events.forEach(filter::event);
    filter.end();
    assertThat(collected.ends).isEqualTo(1);
    return collected.events;
  }

  /** Of each test, what came out is what went in, in its order, but for what parts attempts. */
  private static void assertInOrder(List<Event> out, List<Event> in) {
    Set<Name> names = new HashSet<>();
    in.forEach(event -> names.add(Name.of(event)));
    for (Name name : names) {
      List<Event> those = in.stream().filter(event -> is(event, name)).toList();
      List<Event> got = out.stream().filter(event -> is(event, name)).toList();
      assertThat(isPart(got, those)).as("%s of %s", got, those).isTrue();
    }
  }

  private static boolean is(Event event, Name name) {
    Name other = Name.of(event);
    return name == null ? other == null : name.equals(other);
  }

  private static boolean isPart(List<Event> part, List<Event> whole) {
    int at = 0;
    for (Event event : part) {
      int from = at;
      while (at < whole.size() && !isSame(whole.get(at), event)) {
        at++;
      }
      if (at < whole.size()) {
        at++;
      } else if (isParting(event)) {
        at = from;
      } else {
        return false;
      }
    }
    return true;
  }

  /** What is passed on is what came, but that its content may have been copied. */
  private static boolean isSame(Event came, Event passedOn) {
    return passedOn.hasFile() ? came.equals(passedOn) : came == passedOn;
  }

  private static boolean isParting(Event event) {
    return (event.status() == Status.INPROGRESS || event.status() == Status.EXISTS)
        && event.timestamp() == null
        && event.tags().isEmpty()
        && !event.hasFile();
  }
}
