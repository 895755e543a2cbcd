package dev.headgate.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.config.SiteConfig.Pace;
import dev.headgate.config.SiteConfig.Pipeline;
import dev.headgate.config.SiteConfig.Queue;
import dev.headgate.config.SiteConfig.Window;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a site's file says; what it may not say is in {@code site.txt}. */
class SiteConfigTests {
  private static SiteConfig valid(String content) {
    SiteConfig.Result result =
        SiteConfig.parse(SiteConfig.FILE_NAME, content.getBytes(StandardCharsets.UTF_8));
    assertThat(result).isInstanceOf(SiteConfig.Result.Valid.class);
    return ((SiteConfig.Result.Valid) result).config();
  }

  @Test
  void whatThePipelinesOfEverySiteDoNeedNotBeSaid() {
    SiteConfig config = valid("pipelines: { check: {}, gate: {} }\n");
    assertThat(config.pipelines())
        .containsExactly(plain("check", "independent"), plain("gate", "dependent"));
  }

  private static Pipeline plain(String name, String manager) {
    return new Pipeline(
        name,
        manager,
        List.of(),
        Window.DEFAULT,
        false,
        List.of(),
        false,
        false,
        0,
        0,
        List.of(),
        List.of(),
        Optional.empty());
  }

  @Test
  void everyKeyOfAPipelineReachesIt() {
    SiteConfig config =
        valid(
            """
            pipelines:
              check: { triggers: [proposed] }
              release:
                manager: serial
                triggers: [approval, merged]
                window: { start: 0, floor: 2, ceiling: 9, grow: [exponential, 3], shrink: [linear, 1] }
                fail-fast: true
                supersedes: check
                keep-old-revisions: true
                ignore-dependencies: true
                disable-after: 7
                precedence: -5
                requires: [ready]
                rejects: [wip, draft]
                projects: [canal, lake]
            """);
    assertThat(config.pipelines().getLast())
        .isEqualTo(
            new Pipeline(
                "release",
                "serial",
                List.of("approval", "merged"),
                new Window(0, 2, 9, new Pace("exponential", 3), new Pace("linear", 1)),
                true,
                List.of("check"),
                true,
                true,
                7,
                -5,
                List.of("ready"),
                List.of("wip", "draft"),
                Optional.of(List.of("canal", "lake"))));
  }

  @Test
  void aNumberIsAWindowThatKeepsItsSize() {
    Pace none = new Pace("linear", 0);
    assertThat(valid("pipelines: { gate: { window: 4 } }\n").pipelines().getFirst().window())
        .isEqualTo(new Window(4, 4, 4, none, none));
  }

  @Test
  void queuesLimitsDifferencesAndProjectsAreRead() {
    SiteConfig config =
        valid(
            """
            queues:
              water: { projects: [canal, lake], circular: true, per-branch: true, by-topic: true }
              alone: { projects: sea }
            semaphores: { net: 2, disk: 1 }
            differences: { reports-in-order: true, reuses-verdicts: false }
            projects: { canal: ., lake: ../lake, sea: /srv/sea }
            """);
    assertThat(config.queues())
        .containsExactly(
            new Queue("water", List.of("canal", "lake"), true, true, true),
            new Queue("alone", List.of("sea"), false, false, false));
    assertThat(config.semaphores()).isEqualTo(Map.of("net", 2, "disk", 1));
    assertThat(config.differences())
        .isEqualTo(Map.of("reports-in-order", true, "reuses-verdicts", false));
    assertThat(config.projects()).containsEntry("lake", "../lake").hasSize(3);
    assertThat(config.pipelines()).isEmpty();
  }

  @Test
  void aFileOfBytesThatAreNoTextIsRefused() {
    assertThat(SiteConfig.parse("f", new byte[] {(byte) 0xC3, 0x28}))
        .isInstanceOf(SiteConfig.Result.Invalid.class);
  }
}
