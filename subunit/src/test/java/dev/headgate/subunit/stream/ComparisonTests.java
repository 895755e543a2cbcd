package dev.headgate.subunit.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import dev.headgate.subunit.stream.Comparison.Change;
import dev.headgate.subunit.stream.Comparison.Outcome;
import dev.headgate.subunit.stream.Comparison.Rules;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTests {
  private static List<Change> changes(Rules rules, List<Event> before, List<Event> after) {
    Comparison comparison = new Comparison(rules);
    Assembler first = new Assembler(Assembler.Limits.PROMPT, comparison::before);
    before.forEach(first::event);
    first.end();
    Assembler second = new Assembler(Assembler.Limits.PROMPT, comparison::after);
    after.forEach(second::event);
    second.end();
    assertThat(comparison.isPartial()).isFalse();
    return comparison.changes();
  }

  private static String kind(List<Change> changes) {
    return changes.isEmpty() ? "-" : changes.getFirst().getClass().getSimpleName();
  }

  @Test
  void everyPairOfStatusesHasItsChange() {
    List<Status> all =
        List.of(
            Status.SUCCESS,
            Status.XFAIL,
            Status.SKIP,
            Status.FAIL,
            Status.UXSUCCESS,
            Status.INPROGRESS);
    List<String> table =
        List.of(
            "- - Changed Broken Broken Broken",
            "- - Changed Broken Broken Broken",
            "Changed Changed - Broken Broken Broken",
            "Fixed Fixed Fixed - - Changed",
            "Fixed Fixed Fixed - - Changed",
            "Fixed Fixed Fixed Changed Changed -");
    for (int i = 0; i < all.size(); i++) {
      for (int j = 0; j < all.size(); j++) {
        List<Change> changes =
            changes(
                Rules.USUAL, List.of(Made.of("t", all.get(i))), List.of(Made.of("t", all.get(j))));
        assertThat(kind(changes))
            .as("%s to %s", all.get(i), all.get(j))
            .isEqualTo(table.get(i).split(" ")[j]);
      }
    }
  }

  @Test
  void newAndGoneTestsAreNamedAndAnnouncedOnesAreNot() {
    List<Change> changes =
        changes(
            Rules.USUAL,
            List.of(Made.of("gone", Status.FAIL), Made.of("listed", Status.EXISTS)),
            List.of(Made.of("new", Status.SUCCESS), Made.of("listed", Status.EXISTS)));
    assertThat(changes)
        .extracting(change -> change.getClass().getSimpleName() + " " + change.testId())
        .containsExactly("New new", "Gone gone");
  }

  private static List<Event> taking(String id, int seconds) {
    return List.of(
        Made.at(Made.began(id), 100), Made.at(Made.of(id, Status.SUCCESS), 100 + seconds));
  }

  @Test
  void slowerAndFasterNeedRatioAndFloor() {
    Rules rules = new Rules(2, Duration.ofSeconds(5), false);
    assertThat(changes(rules, taking("t", 5), taking("t", 10)))
        .containsExactly(new Change.Slower("", "t", Duration.ofSeconds(5), Duration.ofSeconds(10)));
    assertThat(changes(rules, taking("t", 10), taking("t", 5)))
        .containsExactly(new Change.Faster("", "t", Duration.ofSeconds(10), Duration.ofSeconds(5)));
    assertThat(changes(rules, taking("t", 6), taking("t", 11))).isEmpty();
    assertThat(changes(rules, taking("t", 1), taking("t", 5))).isEmpty();
    assertThat(changes(rules, taking("t", 0), taking("t", 5))).hasSize(1);
    assertThat(changes(new Rules(2, Duration.ZERO, false), taking("t", 0), taking("t", 0)))
        .isEmpty();
    assertThat(changes(rules, taking("t", 1), List.of(Made.of("t", Status.SUCCESS)))).isEmpty();
  }

  @Test
  void lastAttemptOfARouteCountsAndTheWorstRoute() {
    List<Event> before = List.of(Made.of("t", Status.SUCCESS));
    List<Event> retried =
        List.of(
            Made.began("t"),
            Made.of("t", Status.FAIL),
            Made.began("t"),
            Made.of("t", Status.SUCCESS));
    assertThat(changes(Rules.USUAL, before, retried)).isEmpty();
    List<Event> elsewhere =
        List.of(
            Made.of("t", Status.SUCCESS).withRouteCode("0"),
            Made.of("t", Status.FAIL).withRouteCode("1"));
    assertThat(kind(changes(Rules.USUAL, before, elsewhere))).isEqualTo("Broken");
    Rules byRoute = new Rules(2, Duration.ZERO, true);
    assertThat(changes(byRoute, before, elsewhere))
        .extracting(change -> change.getClass().getSimpleName() + " " + change.route())
        .containsExactly("New 0", "New 1", "Gone ");
  }

  @Test
  void rulesAreChecked() {
    assertThatThrownBy(() -> new Rules(1, Duration.ZERO, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Rules(Double.NaN, Duration.ZERO, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Rules(2, Duration.ofNanos(-1), false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Outcome.UNFINISHED.isBad()).isTrue();
  }
}
