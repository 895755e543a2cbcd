package dev.headgate.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.gate.BuildState;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.gate.ItemEnd;
import dev.headgate.gate.ItemState;
import dev.headgate.gate.QueueKey;
import dev.headgate.gate.Row;
import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.Coordination;
import dev.headgate.model.ItemId;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.Need;
import dev.headgate.model.Outcome;
import dev.headgate.model.PipelineName;
import dev.headgate.model.PreparationId;
import dev.headgate.model.ProjectId;
import dev.headgate.model.Revision;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import dev.headgate.store.StoredRow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The kept documents of every version that is read, which every later version must read. The files
 * are never changed; a new version gets a folder of its own, and only then may the writing change.
 * Version 1, which knew one pipeline and items of one change, is refused with advice.
 */
final class GoldenTests {
  private static final BranchRef MAIN = new BranchRef(new ProjectId("canal"), "main");
  private static final Change CHANGE =
      new Change(
          new ChangeId("topic/a"),
          MAIN,
          new Revision("aa11"),
          List.of(new ChangeId("topic/base")),
          "Open the \"upper\" gate — slowly",
          Map.of(new ChangeId("topic/base"), new Revision("9999")),
          "gates",
          Set.of("wip", "upper"));
  private static final BranchRef OTHER = new BranchRef(new ProjectId("lake"), "main");
  private static final Change PARTNER =
      new Change(
          new ChangeId("lake:b"), OTHER, new Revision("ff66"), List.of(CHANGE.id()), "Fill it");
  private static final Change AHEAD =
      new Change(new ChangeId("topic/z"), MAIN, new Revision("1234"), List.of(), "Z");
  private static final Job JOB =
      new Job(
          new JobName("pack"),
          "make dist\nmake sign",
          List.of(new Need(new JobName("unit"), true), new Need(new JobName("lint"), false)),
          Duration.ofMinutes(20),
          true,
          3,
          1,
          List.of("src/**"),
          Map.of("LANG", "C.UTF-8", "MODE", ""),
          List.of("~/.m2/repository"),
          new Coordination(
              true,
              Set.of("image"),
              Set.of("docs"),
              List.of("network", "printer"),
              Set.of(new ProjectId("lake")),
              Coordination.Deduplication.NEVER,
              true));
  private static final Instant AT = Instant.parse("2026-11-21T12:00:00.123456789Z");

  private static final Job PLAIN = Job.of("unit", "make");
  private static final Job REPORTING =
      new Job(
          new JobName("unit"),
          "mvn -B verify",
          List.of(),
          Duration.ofHours(1),
          true,
          3,
          0,
          List.of(),
          Map.of(),
          List.of(),
          Coordination.NONE,
          List.of("**/target/surefire-reports/*.xml"));
  private static final PipelineName CHECK = new PipelineName("check");
  private static final QueueKey QUEUE = new QueueKey(PipelineName.GATE, "water", "main");
  private static final ItemEnd.JobEnd UNIT_FAILED =
      new ItemEnd.JobEnd(
          new ChangeId("topic/a"),
          new JobName("unit"),
          "d1",
          new BuildId(343),
          new Verdict(Verdict.Kind.FAILED, "2 tests failed"),
          new TestCounts(10, 2, 1, 0),
          true,
          1);

  private static Map<BranchRef, Content> at(String content) {
    return Map.of(MAIN, new Content(content));
  }

  private static Map<BranchRef, Content> at(String content, String other) {
    return Map.of(MAIN, new Content(content), OTHER, new Content(other));
  }

  static Map<String, Row> rows() {
    Map<String, Row> rows = new LinkedHashMap<>();
    rows.put("site", new Row.Site(4, 12, 345, 67, 13, 14));
    rows.put("tip", new Row.Tip(MAIN, new Content("bb22")));
    rows.put(
        "forecast",
        new Row.Forecast(
            new ChangeId("topic/a"), Optional.of(0.97), Optional.of(Set.of("lib", "app"))));
    rows.put("flakiness", new Row.Flakiness(new JobName("unit"), 0.05));
    rows.put("freeze", new Row.Freeze(MAIN, "the release is being made"));
    rows.put("queue", new Row.Queue(QUEUE, 20));
    rows.put("pipeline", new Row.PipelineState(CHECK, 3, true));
    rows.put("change", new Row.Known(CHANGE, 9, Row.Known.Status.OPEN, true));
    rows.put("item-waiting", waiting());
    rows.put("item-testing", testing());
    rows.put("item-unbuildable", unbuildable());
    rows.put(
        "build-running",
        new Row.Build(
            new BuildId(344),
            new ItemId(7),
            new ChangeId("topic/a"),
            new JobName("unit"),
            2,
            "d1",
            at("cc33", "dd44"),
            List.of("network"),
            true,
            BuildState.RUNNING,
            "a test fails",
            Event.BuildLost.Again.COUNTED,
            Optional.empty(),
            null,
            TestCounts.NONE,
            AT));
    rows.put(
        "build-ended",
        new Row.Build(
            new BuildId(343),
            new ItemId(7),
            new ChangeId("topic/a"),
            new JobName("unit"),
            1,
            "d1",
            at("cc33"),
            List.of(),
            false,
            BuildState.ENDED,
            "",
            Event.BuildLost.Again.NEVER,
            Optional.of(Set.of(new JobName("pack"))),
            new Verdict(Verdict.Kind.FAILED, "2 tests failed"),
            new TestCounts(10, 2, 1, 0),
            AT));
    return rows;
  }

  private static Row waiting() {
    return new Row.Item(
        new ItemId(7),
        QUEUE,
        8,
        List.of(CHANGE),
        List.of(),
        CHANGE.id(),
        0,
        ItemState.WAITING,
        null,
        Map.of(),
        null,
        Map.of(),
        Map.of(),
        "",
        ItemEnd.Cause.DEMAND,
        false,
        "",
        "its author is away",
        false,
        false,
        0,
        "",
        AT);
  }

  /** Two changes that depend on each other, of two projects. */
  private static Row testing() {
    return new Row.Item(
        new ItemId(7),
        QUEUE,
        8,
        List.of(CHANGE, PARTNER),
        List.of(),
        PARTNER.id(),
        1,
        ItemState.TESTING,
        new PreparationId(66),
        at("bb22", "ee55"),
        new ItemId(6),
        at("cc33", "dd44"),
        Map.of(CHANGE.id(), new JobGraph(List.of(PLAIN, Job.of("lint", "ruff check"), JOB))),
        "",
        ItemEnd.Cause.DEMAND,
        true,
        "",
        "",
        true,
        false,
        2,
        "main was moved to bb22 by someone else",
        AT);
  }

  /** In a pipeline that lands nothing, with a change that it depends on. */
  private static Row unbuildable() {
    return new Row.Item(
        new ItemId(8),
        new QueueKey(CHECK, "canal#8", ""),
        9,
        List.of(CHANGE),
        List.of(PARTNER),
        CHANGE.id(),
        0,
        ItemState.UNBUILDABLE,
        new PreparationId(65),
        at("bb22"),
        null,
        Map.of(),
        Map.of(),
        "src/gate.c conflicts",
        ItemEnd.Cause.CONFLICT,
        false,
        "its author asked for it",
        "",
        false,
        true,
        0,
        "",
        AT);
  }

  static Map<String, Effect> effects() {
    Map<String, Effect> effects = new LinkedHashMap<>();
    effects.put(
        "prepare",
        new Effect.Prepare(
            new PreparationId(66),
            new ItemId(7),
            PipelineName.GATE,
            List.of(CHANGE, PARTNER),
            List.of(),
            at("bb22", "ee55"),
            List.of(AHEAD)));
    effects.put(
        "prepare-check",
        new Effect.Prepare(
            new PreparationId(67),
            new ItemId(8),
            CHECK,
            List.of(CHANGE),
            List.of(PARTNER),
            at("bb22", "ee55"),
            List.of()));
    effects.put(
        "start",
        new Effect.Start(
            new BuildId(344),
            new ItemId(7),
            PipelineName.GATE,
            CHANGE,
            JOB,
            at("cc33", "dd44"),
            List.of(AHEAD.id()),
            2));
    effects.put(
        "start-results",
        new Effect.Start(
            new BuildId(345),
            new ItemId(7),
            PipelineName.GATE,
            CHANGE,
            REPORTING,
            at("cc33"),
            List.of(),
            1));
    effects.put("cancel", new Effect.Cancel(new BuildId(344)));
    effects.put("resume", new Effect.Resume(new BuildId(344)));
    effects.put(
        "land",
        new Effect.Land(
            new ItemId(7),
            PipelineName.GATE,
            List.of(CHANGE, PARTNER),
            List.of(
                new Effect.Move(MAIN, new Content("bb22"), new Content("cc33")),
                new Effect.Move(OTHER, new Content("ee55"), new Content("dd44")))));
    effects.put("announce", new Effect.Announce(new ItemId(8), CHECK, List.of(CHANGE)));
    effects.put(
        "report-rejected",
        new Effect.Report(
            new ItemId(7),
            PipelineName.GATE,
            List.of(CHANGE),
            new ItemEnd(
                ItemEnd.Kind.REJECTED,
                ItemEnd.Cause.JOBS,
                Outcome.CHANGE,
                "unit failed: 2 tests failed (build 343)",
                at("bb22"),
                at("cc33"),
                List.of(UNIT_FAILED)),
            true,
            false));
    effects.put(
        "report-withdrawn",
        new Effect.Report(
            new ItemId(7),
            PipelineName.GATE,
            List.of(CHANGE),
            new ItemEnd(
                ItemEnd.Kind.WITHDRAWN,
                ItemEnd.Cause.DEMAND,
                Outcome.SUCCESS,
                "asked for",
                Map.of(),
                Map.of(),
                List.of()),
            false,
            true));
    effects.put("ask", new Effect.Ask(MAIN));
    return effects;
  }

  private static String golden(String name) throws IOException {
    try (InputStream file = GoldenTests.class.getResourceAsStream("v2/" + name + ".json")) {
      assertThat(file).as("golden file %s", name).isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  @TestFactory
  List<DynamicTest> rowsOfVersionTwoAreReadAndWrittenAsEver() {
    return rows().entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(),
                () -> {
                  Row row = entry.getValue();
                  String text = golden("row-" + entry.getKey());
                  StoredRow stored = new StoredRow(row.key().kind(), row.key().name(), text);
                  assertThat(RowDocuments.row(stored)).isEqualTo(row);
                  assertThat(RowDocuments.of(row)).isEqualTo(stored);
                }))
        .toList();
  }

  @TestFactory
  List<DynamicTest> effectsOfVersionTwoAreReadAndWrittenAsEver() {
    return effects().entrySet().stream()
        .map(entry ->
            DynamicTest.dynamicTest(
                entry.getKey(),
                () -> {
                  String text = golden("effect-" + entry.getKey());
                  assertThat(EffectDocuments.effect(text)).isEqualTo(entry.getValue());
                  assertThat(EffectDocuments.of(entry.getValue())).isEqualTo(text);
                }))
        .toList();
  }

  @Test
  void everyKindHasAGoldenFile() {
    assertThat(rows().values().stream().map(Object::getClass).distinct())
        .hasSize(Row.class.getPermittedSubclasses().length);
    assertThat(effects().values().stream().map(Object::getClass).distinct())
        .hasSize(Effect.class.getPermittedSubclasses().length);
  }
}
