package dev.headgate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Content;
import dev.headgate.model.JobGraph;
import dev.headgate.model.ProjectId;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The invented repository: what is true of a content never changes. */
final class RepositoryTests {
  private static final BranchRef MAIN = new BranchRef(new ProjectId("project"), "main");

  private static Tree merged(Repository repository, Content base, String revision) {
    Tree tree = repository.merge(base, revision);
    assertThat(tree).as("%s merges onto %s", revision, base).isNotNull();
    return tree;
  }

  /** A scenario in which nothing conflicts, found among the first seeds. */
  private static Scenario peaceful() {
    for (long seed = 0; ; seed++) {
      Scenario scenario = new Scenario(new Dice(seed));
      Piece one = new Piece("p1", "p1", List.of(), List.of(), "", List.of(), false);
      boolean none = true;
      for (int i = 2; i < 30; i++) {
        Piece other = new Piece("p" + i, "p" + i, List.of(), List.of(), "", List.of(), false);
        none &= !scenario.conflict(one, other);
      }
      if (none) {
        return scenario;
      }
    }
  }

  @Test
  void aMergeHoldsItsBaseAndTheRevision() {
    Scenario scenario = peaceful();
    Repository repository = new Repository(scenario);
    repository.create(MAIN);
    scenario.revise("a.1", "a", List.of());
    scenario.revise("b.1", "b", List.of("a.1"));
    Tree merge = merged(repository, new Content("main"), "b.1");
    assertThat(merge.content()).isEqualTo(new Content("main+b.1"));
    assertThat(merge.holds("a.1")).as("what it is stacked on").isTrue();
    assertThat(merge.holdsSomeOf("b")).isTrue();
    assertThat(merge.descendsFrom(new Content("main"))).isTrue();
    assertThat(merge.descendsFrom(new Content("main+a.1"))).isFalse();
  }

  @Test
  void aRevisionThatTheBaseHoldsYieldsTheBase() {
    Scenario scenario = peaceful();
    Repository repository = new Repository(scenario);
    repository.create(MAIN);
    scenario.revise("a.1", "a", List.of());
    scenario.revise("b.1", "b", List.of("a.1"));
    Tree both = merged(repository, new Content("main"), "b.1");
    assertThat(repository.merge(both.content(), "a.1")).isSameAs(both);
  }

  @Test
  void mergingAgainYieldsTheSame() {
    Scenario scenario = peaceful();
    Repository repository = new Repository(scenario);
    repository.create(MAIN);
    scenario.revise("a.1", "a", List.of());
    assertThat(repository.merge(new Content("main"), "a.1"))
        .isSameAs(repository.merge(new Content("main"), "a.1"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void conflictsAndClashesDoNotDependOnTheOrder(long seed) {
    Scenario scenario = new Scenario(new Dice(seed));
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 20; j++) {
        Piece one = new Piece("p" + i, "p" + i, List.of(), List.of(), "", List.of(), false);
        Piece two = new Piece("q" + j, "q" + j, List.of(), List.of(), "", List.of(), false);
        assertThat(scenario.conflict(one, two)).isEqualTo(scenario.conflict(two, one));
        for (String job : Configurations.JOBS) {
          assertThat(scenario.clash(one, two, job)).isEqualTo(scenario.clash(two, one, job));
        }
      }
    }
  }

  @Test
  void everyValidConfigurationIsReadAndEveryBrokenOneIsNot() {
    Scenario scenario = peaceful();
    Configurations configurations = new Configurations(new Dice(1));
    Repository repository = new Repository(scenario);
    for (int i = 0; i < 500; i++) {
      String valid = configurations.valid();
      assertThat(repository.jobs(Tree.root("v" + i, valid)))
          .as(valid)
          .get()
          .extracting(JobGraph::jobs)
          .asInstanceOf(InstanceOfAssertFactories.LIST)
          .hasSizeLessThanOrEqualTo(4);
      assertThat(repository.jobs(Tree.root("b" + i, configurations.broken()))).isEmpty();
    }
  }
}
