package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.ProjectId;
import dev.headgate.model.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The order in which named branches enter. */
class SubmissionTests {
  private static final BranchRef MAIN = new BranchRef(new ProjectId("canal"), "main");

  private final List<Submission.Candidate> candidates = new ArrayList<>();

  private void named(String name, String contains, String declared) {
    candidates.add(
        new Submission.Candidate(
            new ChangeId(name),
            MAIN,
            new Revision("r-" + name),
            "",
            Set.copyOf(ids(contains)),
            ids(declared)));
  }

  private static List<ChangeId> ids(String names) {
    return Stream.of(names.split(" ")).filter(name -> !name.isEmpty()).map(ChangeId::new).toList();
  }

  /** The names in their order, those of a circle joined. */
  private List<String> order(String... landed) {
    return Submission.order(candidates, change -> List.of(landed).contains(change.value())).stream()
        .map(
            circle -> String.join("+", circle.stream().map(change -> change.id().value()).toList()))
        .toList();
  }

  private Change change(String name) {
    return Submission.order(candidates, id -> false).stream()
        .flatMap(List::stream)
        .filter(change -> change.id().value().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theOrderIsTheOneGiven() {
    named("c", "", "");
    named("a", "", "");
    named("b", "", "");
    assertThat(order()).containsExactly("c", "a", "b");
  }

  @Test
  void eachStandsBehindWhatItDependsOn() {
    named("c", "b", "");
    named("d", "", "");
    named("b", "", "a");
    named("a", "", "");
    assertThat(order()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void circlesStandTogetherBehindWhatAnyOfThemDependsOn() {
    named("a", "", "b");
    named("x", "", "");
    named("b", "", "c e");
    named("c", "", "a");
    named("e", "", "");
    named("f", "", "c");
    assertThat(order()).containsExactly("e", "a+b+c", "x", "f");
  }

  @Test
  void twoCirclesOfWhichOneNeedsTheOtherStayApart() {
    named("a", "", "b c");
    named("b", "", "a");
    named("c", "", "d");
    named("d", "", "c");
    assertThat(order()).containsExactly("c+d", "a+b");
  }

  @Test
  void whatHasLandedIsNoDependencyAndWhatIsUnknownStays() {
    named("a", "", "landed nowhere");
    assertThat(Submission.order(candidates, id -> id.value().equals("landed")).getFirst())
        .first()
        .satisfies(
            change -> assertThat(change.dependsOn()).containsExactly(new ChangeId("nowhere")));
  }

  @Test
  void whatAChangeStandsOnIsItsParentAtTheRevisionItIsAt() {
    named("a", "", "");
    named("b", "a", "c");
    named("c", "", "");
    assertThat(change("b").dependsOn()).containsExactly(new ChangeId("a"), new ChangeId("c"));
    assertThat(change("b").parents()).isEqualTo(Map.of(new ChangeId("a"), new Revision("r-a")));
  }

  @Test
  void aChangeCannotDependOnItself() {
    named("a", "", "a");
    assertThatThrownBy(() -> order())
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("a depends on itself");
  }

  @Test
  void aChangeThatHoldsOneThatNeedsItIsACircleWithThat() {
    named("a", "", "b");
    // b holds the commits of a, and so its footer.
    named("b", "a", "b");
    assertThat(order()).containsExactly("a+b");
  }
}
