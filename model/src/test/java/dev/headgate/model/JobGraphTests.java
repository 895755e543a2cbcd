package dev.headgate.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JobGraphTests {
  private static Job job(String name, List<String> files, Need... needs) {
    return new Job(
        new JobName(name),
        "make " + name,
        List.of(needs),
        Job.DEFAULT_TIMEOUT,
        true,
        1,
        0,
        files,
        Map.of(),
        List.of());
  }

  private static Need hard(String job) {
    return new Need(new JobName(job), true);
  }

  private static Need soft(String job) {
    return new Need(new JobName(job), false);
  }

  private static List<String> names(JobGraph graph) {
    return graph.jobs().stream().map(job -> job.name().value()).toList();
  }

  @Test
  void aJobRunsIfOneOfItsFilesIsTouchedOrItNamesNone() {
    JobGraph graph =
        new JobGraph(
            List.of(
                job("docs", List.of("docs/**")), job("all", List.of()), job("c", List.of("*.c"))));
    assertThat(names(graph.matching(List.of("docs/a.md")))).containsExactly("docs", "all");
    assertThat(names(graph.matching(List.of()))).containsExactly("all");
    assertThat(graph.matching(List.of("docs/a.md", "b.c"))).isSameAs(graph);
  }

  @Test
  void whatIsNeededRunsWhateverIsTouchedAndWhatThatNeedsToo() {
    JobGraph graph =
        new JobGraph(
            List.of(
                job("package", List.of("dist/**"), hard("unit")),
                job("unit", List.of("src/**"), hard("build")),
                job("build", List.of("src/**")),
                job("other", List.of("src/**"))));
    assertThat(names(graph.matching(List.of("dist/x"))))
        .containsExactly("package", "unit", "build");
    assertThat(graph.matching(List.of("dist/x")).jobs().getFirst().needs())
        .containsExactly(hard("unit"));
  }

  @Test
  void aSoftNeedOfWhatDoesNotRunIsDropped() {
    JobGraph graph =
        new JobGraph(
            List.of(
                job("package", List.of("dist/**"), soft("unit"), hard("build")),
                job("unit", List.of("src/**")),
                job("build", List.of("src/**"))));
    JobGraph matching = graph.matching(List.of("dist/x"));
    assertThat(names(matching)).containsExactly("package", "build");
    assertThat(matching.jobs().getFirst().needs()).containsExactly(hard("build"));
  }

  @Test
  void jobsThatWaitForEachOtherAreRefused() {
    List<Job> jobs = List.of(job("a", List.of(), soft("b")), job("b", List.of(), hard("a")));
    assertThatThrownBy(() -> new JobGraph(jobs))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("in a circle");
  }
}
