package dev.headgate.conduct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.gate.BuildState;
import dev.headgate.gate.Effect;
import dev.headgate.gate.ItemEnd;
import dev.headgate.gate.ItemState;
import dev.headgate.gate.Row;
import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.Need;
import dev.headgate.model.Outcome;
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
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The kept documents of every released version, which every later version must read. The files are
 * never changed; a new version gets a folder of its own, and only then may the writing change.
 */
final class GoldenTests {
  private static final BranchRef MAIN = new BranchRef(new ProjectId("canal"), "main");
  private static final Change CHANGE =
      new Change(
          new ChangeId("topic/a"),
          MAIN,
          new Revision("aa11"),
          List.of(new ChangeId("topic/base")),
          "Open the \"upper\" gate — slowly");
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
          List.of("~/.m2/repository"));
  private static final Instant AT = Instant.parse("2026-11-21T12:00:00.123456789Z");

  private static Map<String, Row> rows() {
    Map<String, Row> rows = new LinkedHashMap<>();
    rows.put("site", new Row.Site(4, 12, 345, 67));
    rows.put("tip", new Row.Tip(MAIN, new Content("bb22")));
    rows.put(
        "item-waiting",
        new Row.Item(
            new ItemId(7),
            CHANGE,
            ItemState.WAITING,
            null,
            null,
            null,
            null,
            null,
            "",
            "",
            0,
            "",
            AT));
    rows.put(
        "item-testing",
        new Row.Item(
            new ItemId(7),
            CHANGE,
            ItemState.TESTING,
            new PreparationId(66),
            new Content("bb22"),
            new ItemId(6),
            new Content("cc33"),
            new JobGraph(List.of(Job.of("unit", "make"), Job.of("lint", "ruff check"), JOB)),
            "",
            "",
            2,
            "main was moved to bb22 by someone else",
            AT));
    rows.put(
        "item-unbuildable",
        new Row.Item(
            new ItemId(8),
            CHANGE,
            ItemState.UNBUILDABLE,
            new PreparationId(65),
            new Content("bb22"),
            null,
            null,
            null,
            "src/gate.c conflicts",
            "its author asked for it",
            0,
            "",
            AT));
    rows.put(
        "build-running",
        new Row.Build(
            new BuildId(344),
            new ItemId(7),
            new JobName("unit"),
            2,
            true,
            BuildState.RUNNING,
            null,
            TestCounts.NONE,
            AT));
    rows.put(
        "build-ended",
        new Row.Build(
            new BuildId(343),
            new ItemId(7),
            new JobName("unit"),
            1,
            true,
            BuildState.ENDED,
            new Verdict(Verdict.Kind.FAILED, "2 tests failed"),
            new TestCounts(10, 2, 1, 0),
            AT));
    return rows;
  }

  private static Map<String, Effect> effects() {
    Map<String, Effect> effects = new LinkedHashMap<>();
    effects.put(
        "prepare",
        new Effect.Prepare(new PreparationId(66), new ItemId(7), CHANGE, new Content("bb22")));
    effects.put(
        "start",
        new Effect.Start(
            new BuildId(344),
            new ItemId(7),
            CHANGE,
            JOB,
            new Content("cc33"),
            List.of(new ChangeId("topic/z")),
            2));
    effects.put("cancel", new Effect.Cancel(new BuildId(344)));
    effects.put(
        "land", new Effect.Land(new ItemId(7), CHANGE, new Content("bb22"), new Content("cc33")));
    effects.put(
        "report-rejected",
        new Effect.Report(
            new ItemId(7),
            CHANGE,
            new ItemEnd(
                ItemEnd.Kind.REJECTED,
                Outcome.CHANGE,
                "unit failed: 2 tests failed (build 343)",
                new Content("cc33"),
                List.of(
                    new ItemEnd.JobEnd(
                        new JobName("unit"),
                        new BuildId(343),
                        new Verdict(Verdict.Kind.FAILED, "2 tests failed"),
                        new TestCounts(10, 2, 1, 0),
                        true,
                        1)))));
    effects.put(
        "report-withdrawn",
        new Effect.Report(
            new ItemId(7),
            CHANGE,
            new ItemEnd(ItemEnd.Kind.WITHDRAWN, Outcome.SUCCESS, "asked for", null, List.of())));
    effects.put("ask", new Effect.Ask(MAIN));
    return effects;
  }

  private static String golden(String name) throws IOException {
    try (InputStream file = GoldenTests.class.getResourceAsStream("v1/" + name + ".json")) {
      assertThat(file).as("golden file %s", name).isNotNull();
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  @TestFactory
  List<DynamicTest> rowsOfVersionOneAreReadAndWrittenAsEver() {
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
  List<DynamicTest> effectsOfVersionOneAreReadAndWrittenAsEver() {
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
