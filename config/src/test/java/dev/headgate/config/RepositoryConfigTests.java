package dev.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.headgate.model.Coordination;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.Need;
import dev.headgate.model.ProjectId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RepositoryConfigTests {
  private static RepositoryConfig valid(String content) {
    Parsed parsed = RepositoryConfig.parse(RepositoryConfig.FILE_NAME, content);
    assertThat(parsed).isInstanceOf(Parsed.Valid.class);
    assertThat(((Parsed.Valid) parsed).warnings()).isEmpty();
    return ((Parsed.Valid) parsed).config();
  }

  private static Job job(RepositoryConfig config, String name) {
    return config.jobs().job(new JobName(name)).orElseThrow();
  }

  private static List<String> names(JobGraph graph) {
    return graph.jobs().stream().map(job -> job.name().value()).toList();
  }

  @Test
  void shortestFileIsOneJobWithEveryDefault() {
    RepositoryConfig config = valid("jobs:\n  test: mvn -B verify\n");
    assertThat(config.graph("gate").jobs()).containsExactly(Job.of("test", "mvn -B verify"));
  }

  @Test
  void everyKeyReachesTheJob() {
    RepositoryConfig config =
        valid(
            """
            jobs:
              style: { run: make style, voting: false }
              unit: make unit
              all:
                run: make all
                needs: [unit, { job: style, soft: true }]
                timeout: 1h30m
                voting: true
                attempts: 5
                retry: 2
                files: ["src/**", Makefile]
                env: { B: two words, A: 1 }
                keep: [build/cache/]
                results: ["**/target/surefire-reports/*.xml", report.tap]
            """);
    assertThat(job(config, "all"))
        .isEqualTo(
            new Job(
                new JobName("all"),
                "make all",
                List.of(new Need(new JobName("unit"), true), new Need(new JobName("style"), false)),
                Duration.ofMinutes(90),
                true,
                5,
                2,
                List.of("src/**", "Makefile"),
                Map.of("A", "1", "B", "two words"),
                List.of("build/cache/"),
                Coordination.NONE,
                List.of("**/target/surefire-reports/*.xml", "report.tap")));
    assertThat(job(config, "style").voting()).isFalse();
    assertThat(job(config, "style").results()).isEmpty();
    assertThat(job(valid("jobs: { a: { run: x, results: r.xml } }\n"), "a").results())
        .containsExactly("r.xml");
  }

  @Test
  void everyKeyThatTiesAJobToOthersReachesIt() {
    RepositoryConfig config =
        valid(
            """
            jobs:
              all:
                run: make all
                holds-followers: true
                provides: [image, docs]
                requires: tools
                semaphores: [network, disk]
                projects: [lake]
                deduplicate: never
              nothing: { noop: true }
            """);
    assertThat(job(config, "all").coordination())
        .isEqualTo(
            new Coordination(
                true,
                Set.of("docs", "image"),
                Set.of("tools"),
                List.of("network", "disk"),
                Set.of(new ProjectId("lake")),
                Coordination.Deduplication.NEVER,
                false));
    assertThat(job(config, "nothing").coordination().noop()).isTrue();
  }

  @Test
  void aSiteMayHaveOtherPipelines() {
    RepositoryConfig config =
        valid("jobs: { unit: x, deploy: y }\npipelines: { release: [deploy] }\n");
    assertThat(names(config.graph("release"))).containsExactly("deploy");
    assertThat(names(config.graph("gate"))).containsExactly("unit", "deploy");
    assertThat(names(config.graph("post"))).isEmpty();
  }

  @Test
  void spelledOutExampleOfTheDesignIsReadWhereThisVersionCan() {
    Parsed parsed =
        RepositoryConfig.parse(
            RepositoryConfig.FILE_NAME,
            """
            jobs:
              unit:
                run: mvn -B verify
                timeout: 20m
                env: { MAVEN_OPTS: -Xmx1g }
                keep: ["~/.m2/repository"]         # survives between builds of this slot
              package:
                needs: [unit]
                run: make dist
              integration:
                run: pytest tests/integration
                files: ["src/**", "tests/integration/**"]
                attempts: 3
              style: { run: ruff check, voting: false }
            pipelines:
              check: [unit, style]
              gate: [unit, package, integration]
            """);
    assertThat(parsed)
        .asInstanceOf(type(Parsed.Valid.class))
        .satisfies(valid -> {
          assertThat(names(valid.config().graph("check"))).containsExactly("unit", "style");
          assertThat(names(valid.config().graph("gate")))
              .containsExactly("unit", "package", "integration");
          assertThat(job(valid.config(), "unit").timeout()).isEqualTo(Duration.ofMinutes(20));
          assertThat(job(valid.config(), "package").needs())
              .containsExactly(new Need(new JobName("unit"), true));
        });
  }

  @Test
  void checkAndGateRunAllJobsUnlessListedAndOthersNone() {
    RepositoryConfig config =
        valid("jobs: { a: x, b: y }\npipelines: { check: b, periodic: [b, a] }\n");
    assertThat(config.pipelines().keySet()).containsExactly("check", "gate", "post", "periodic");
    assertThat(names(config.graph("check"))).containsExactly("b");
    assertThat(names(config.graph("gate"))).containsExactly("a", "b");
    assertThat(names(config.graph("post"))).isEmpty();
    assertThat(names(config.graph("periodic"))).containsExactly("a", "b");
    assertThat(config.graph("a site's own pipeline")).isEqualTo(config.jobs());
  }

  @Test
  void emptyListForAnotherPipelineThanTheGateRunsNothing() {
    RepositoryConfig config = valid("jobs: { a: x }\npipelines: { check: [] }\n");
    assertThat(names(config.graph("check"))).isEmpty();
    assertThat(names(config.graph("gate"))).containsExactly("a");
  }

  @Test
  void softNeedOnAJobThatThePipelineDoesNotRunIsLeftOut() {
    RepositoryConfig config =
        valid(
            """
            jobs:
              style: make style
              dist: { run: make dist, needs: { job: style, soft: true } }
            pipelines: { gate: [dist] }
            """);
    assertThat(config.graph("gate").jobs())
        .singleElement()
        .satisfies(job -> assertThat(job.needs()).isEmpty());
    assertThat(job(config, "dist").needs()).containsExactly(new Need(new JobName("style"), false));
  }

  @Test
  void needOfAMappingWithoutSoftIsHard() {
    RepositoryConfig config = valid("jobs: { a: x, b: { run: y, needs: [{ job: a }] } }\n");
    assertThat(job(config, "b").needs()).containsExactly(new Need(new JobName("a"), true));
  }

  @Test
  void needsMayNameJobsThatStandFurtherDown() {
    RepositoryConfig config = valid("jobs: { a: { run: x, needs: b }, b: y }\n");
    assertThat(names(config.graph("gate"))).containsExactly("a", "b");
  }

  @Test
  void valuesOfVariablesAreTakenAsWritten() {
    RepositoryConfig config =
        valid(
            """
            jobs:
              a:
                run: x
                env:
                  FLOAT: 1.10
                  HEX: 0x1F
                  OCTAL: 010
                  SIGN: +5
                  BOOL: True
                  ANSWER: yes
                  DATE: 2026-11-20
                  EMPTY: ""
                  QUOTED_NULL: "null"
                  REFERENCE: ${HOME}/x
                  LINES: |
                    one
                    two
                  lower_case: fine
            """);
    assertThat(job(config, "a").env())
        .containsEntry("FLOAT", "1.10")
        .containsEntry("HEX", "0x1F")
        .containsEntry("OCTAL", "010")
        .containsEntry("SIGN", "+5")
        .containsEntry("BOOL", "True")
        .containsEntry("ANSWER", "yes")
        .containsEntry("DATE", "2026-11-20")
        .containsEntry("EMPTY", "")
        .containsEntry("QUOTED_NULL", "null")
        .containsEntry("REFERENCE", "${HOME}/x")
        .containsEntry("LINES", "one\ntwo\n")
        .containsEntry("lower_case", "fine")
        .hasSize(12);
  }

  @Test
  void trueAndFalseAreCommands() {
    RepositoryConfig config = valid("jobs: { a: true, b: { run: false } }\n");
    assertThat(job(config, "a").run()).isEqualTo("true");
    assertThat(job(config, "b").run()).isEqualTo("false");
  }

  @Test
  void scriptKeepsItsLines() {
    RepositoryConfig config = valid("jobs:\n  a: |\n    make a\n    make b | tee log\n");
    assertThat(job(config, "a").run()).isEqualTo("make a\nmake b | tee log\n");
  }

  @Test
  void booleansAreThoseOfYaml12InAnyOfTheirSpellings() {
    RepositoryConfig config =
        valid("jobs: { a: x, b: { run: y, voting: FALSE }, c: { run: z, voting: True } }\n");
    assertThat(job(config, "b").voting()).isFalse();
    assertThat(job(config, "c").voting()).isTrue();
  }

  @Test
  void namesThatOlderYamlTookForBooleansAreText() {
    RepositoryConfig config =
        valid("jobs: { on: x, off: x, yes: x, no: x, y: x, größe-1.2_b: { run: x, needs: no } }\n");
    assertThat(names(config.graph("gate")))
        .containsExactly("on", "off", "yes", "no", "y", "größe-1.2_b");
  }

  @Test
  void anchorsAndAliasesShareValues() {
    RepositoryConfig config =
        valid(
            """
            jobs:
              a: { run: &cmd make, env: &env { A: 1 }, files: &files [src/] }
              b: { run: *cmd, env: *env, files: *files }
            """);
    assertThat(job(config, "b").run()).isEqualTo("make");
    assertThat(job(config, "b").env()).containsExactly(Map.entry("A", "1"));
    assertThat(job(config, "b").files()).containsExactly("src/");
  }

  @Test
  void windowsLineEndsAndByteOrderMarkMakeNoDifference() {
    String unix = "# é\njobs:\n  a: |\n    x\n    y\n  b: { run: z, needs: a }\n";
    String windows = "\uFEFF" + unix.replace("\n", "\r\n");
    assertThat(RepositoryConfig.parse("f", windows)).isEqualTo(RepositoryConfig.parse("f", unix));
    assertThat(RepositoryConfig.parse("f", windows.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(RepositoryConfig.parse("f", unix));
  }

  @Test
  void documentMarksAndVersionDirectiveAreAccepted() {
    assertThat(names(valid("%YAML 1.2\n---\njobs: { a: x }\n...\n").graph("gate")))
        .containsExactly("a");
  }

  @Test
  void emptyListsMeanTheDefaults() {
    RepositoryConfig config =
        valid("jobs: { a: { run: x, needs: [], files: [], keep: [], env: {} } }\npipelines: {}\n");
    assertThat(config.graph("gate").jobs()).containsExactly(Job.of("a", "x"));
  }

  @Test
  void problemsNameTheFileAsTheCallerDoes() {
    Parsed parsed = RepositoryConfig.parse("sub/dir/.headgate.yaml", "jobs: 1\n");
    assertThat(parsed)
        .asInstanceOf(type(Parsed.Invalid.class))
        .satisfies(invalid ->
            assertThat(invalid.problems())
                .first()
                .hasToString(
                    "sub/dir/.headgate.yaml:1:7: 'jobs' must be a mapping, not a number;"
                        + " the shortest file is: jobs: { test: make check }"));
  }
}
