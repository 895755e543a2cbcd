package dev.headgate.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.gate.Window.Pace;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.PipelineName;
import dev.headgate.model.ProjectId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Several pipelines and queues in one site: whose turn it is, what is told, and what is refused.
 */
final class PipelineTests {
  private static final PipelineName CHECK = new PipelineName("check");
  private static final BranchRef LAKE = new BranchRef(new ProjectId("lake"), "main");

  @Test
  void theLowerPrecedenceGetsTheSlotFirst() {
    Site site = Site.empty(settings(pipeline("check", 2), pipeline("gate", 1)));
    site.on(new Event.TipMoved(Site.MAIN, new Content("m")));
    enqueue(site, CHECK, "a");
    enqueue(site, PipelineName.GATE, "b");
    site.mergesAll("a", "b");
    assertThat(site.on(new Event.CapacityChanged(1))).containsExactly("start test of b on m+b");
    assertThat(site.on(new Event.CapacityChanged(2))).containsExactly("start test of a on m+a");
  }

  @Test
  void atEqualPrecedenceTheEarlierPipelineGetsTheSlotFirst() {
    Site site = Site.empty(settings(pipeline("check", 0), pipeline("gate", 0)));
    site.on(new Event.TipMoved(Site.MAIN, new Content("m")));
    enqueue(site, PipelineName.GATE, "b");
    enqueue(site, CHECK, "a");
    site.mergesAll("b", "a");
    assertThat(site.on(new Event.CapacityChanged(1))).containsExactly("start test of a on m+a");
    assertThat(site.gate().queues())
        .extracting(view -> view.key().pipeline().value())
        .containsExactly("check", "gate");
  }

  @Test
  void aDeclaredQueueGetsTheSlotBeforeALaterOneAndBeforeThoseThatAreNot() {
    BranchRef sea = new BranchRef(new ProjectId("sea"), "main");
    Site site =
        Site.empty(
            new GateSettings(
                List.of(pipeline("gate", 0)),
                List.of(queue("second", "lake"), queue("first", "p")),
                Map.of(),
                Differences.HEADGATE));
    for (BranchRef branch : List.of(Site.MAIN, LAKE, sea)) {
      site.on(new Event.TipMoved(branch, new Content("m")));
    }
    site.on(new Event.Enqueued(Site.change(sea, "s", "s")));
    site.on(new Event.Enqueued(Site.change("p")));
    site.on(new Event.Enqueued(Site.change(LAKE, "l", "l")));
    site.mergesAll("s", "p", "l");
    assertThat(site.on(new Event.CapacityChanged(1))).containsExactly("start test of l on m+l");
    assertThat(site.on(new Event.CapacityChanged(2))).containsExactly("start test of p on m+p");
    assertThat(site.on(new Event.CapacityChanged(3))).containsExactly("start test of s on m+s");
    assertThat(site.gate().queues())
        .extracting(view -> view.key().name())
        .containsExactly("second", "first", "sea");
    assertThat(site.gate().queues().getFirst().window()).isEqualTo(20);
    assertThat(site.gate().queues().getFirst().items().getFirst().changes())
        .containsExactly(new ChangeId("l"));
  }

  @Test
  void whatOnlyTestsSaysThatItPassed() {
    Site site = Site.empty(settings(pipeline("check", 0)));
    site.on(new Event.TipMoved(Site.MAIN, new Content("m")));
    site.on(new Event.CapacityChanged(3));
    enqueue(site, CHECK, "a");
    site.merges("a");
    assertThat(site.explain("a").queue().name()).startsWith("p#");
    assertThat(site.passes("a")).containsExactly("report a passed");
    assertThat(site.end("a").reason()).isEqualTo("passed");
    assertThat(site.gate().queues()).isEmpty();
  }

  @Test
  void aChangeMovesFromThePipelineThatIsSuperseded() {
    Pipeline gate = pipeline("gate", 0);
    Pipeline superseding =
        new Pipeline(
            gate.name(),
            Manager.DEPENDENT,
            Set.of(Trigger.APPROVAL),
            Window.DEFAULT,
            false,
            Set.of(CHECK),
            false,
            false,
            0,
            0,
            Set.of("reviewed"),
            Set.of("wip"),
            Optional.of(Set.of(new ProjectId("p"))));
    Site site = Site.empty(settings(pipeline("check", 0), superseding));
    site.on(new Event.TipMoved(Site.MAIN, new Content("m")));
    enqueue(site, CHECK, "a");
    assertThat(site.on(new Event.Approved(new ChangeId("a"), true))).isEmpty();
    assertThat(site.gate().whyNotQueued(PipelineName.GATE, new ChangeId("a")))
        .contains("it lacks the label 'reviewed', which pipeline gate requires");
    site.on(new Event.Proposed(labelled("a", "reviewed", "wip")));
    site.on(new Event.Approved(new ChangeId("a"), true));
    assertThat(site.gate().whyNotQueued(PipelineName.GATE, new ChangeId("a")))
        .contains("it has the label 'wip', which pipeline gate rejects");
    site.on(new Event.Proposed(labelled("a", "reviewed")));
    assertThat(site.on(new Event.Approved(new ChangeId("a"), true))).contains("report a withdrawn");
    assertThat(site.end("a").reason()).isEqualTo("pipeline gate took it over");
    assertThat(site.queued()).containsExactly("a");
    site.on(new Event.Enqueued(PipelineName.GATE, Site.change(LAKE, "l", "l"), true, 0));
    assertThat(site.end("l").reason()).isEqualTo("project lake takes no part in pipeline gate");
  }

  @Test
  void evidenceCountsWhenNoBuildIsTriedAfterIt() {
    Site site = Site.slots(9).jobs(Site.job("test", true, 3, 1));
    site.enqueue("a");
    site.enqueue("b");
    site.mergesAll("a", "b");
    site.on(new Event.Evidence(site.build("a", "test").build(), "t1 failed"));
    assertThat(site.explain("b").restarts()).isZero();
    assertThat(site.explain("a").waitsFor())
        .containsExactly("test runs (build 1, failing: t1 failed)");
    site.fails("a");
    assertThat(site.on(new Event.Evidence(site.build("a", "test").build(), "")))
        .contains("prepare b on m");
    assertThat(site.explain("a").waitsFor().getFirst()).contains("failing: a test failed");
    assertThat(site.passes("a")).contains("land a: m to m+a");
  }

  @Test
  void contradictionsInASetUpAreNamed() {
    assertThat(
            GateSettings.problems(
                List.of(pipeline("gate", 0), pipeline("gate", 0)),
                List.of(
                    queue("one", "p"),
                    queue("one", "p"),
                    new SharedQueue("two", Set.of(new ProjectId("q")), false, false, true)),
                Map.of("printer", 0)))
        .containsExactly(
            "two pipelines are named gate",
            "two queues are named one",
            "project p is in the queues one and one",
            "queue two joins changes by topic but does not allow circles",
            "semaphore printer must allow at least 1 holder, got 0");
    assertThatThrownBy(() -> settings(pipeline("gate", 0), pipeline("gate", 0)))
        .hasMessage("two pipelines are named gate");
    assertThatThrownBy(() -> new Window(-1, 1, 0, none(), none())).hasMessageContaining("got -1");
    assertThatThrownBy(() -> new Window(1, 3, 2, none(), none()))
        .hasMessage("the window's ceiling 2 is below its floor 3");
    assertThatThrownBy(() -> new Pace(Pace.Kind.EXPONENTIAL, 0))
        .hasMessage("a window cannot change by exponential 0");
    assertThatThrownBy(() -> queue("", "p")).hasMessageContaining("needs a name");
  }

  @Test
  void windowsGrowAndShrinkAndSurviveReconfiguration() {
    Window window =
        new Window(4, 2, 9, new Pace(Pace.Kind.EXPONENTIAL, 2), new Pace(Pace.Kind.LINEAR, 3));
    assertThat(window.grown(4)).isEqualTo(8);
    assertThat(window.grown(8)).isEqualTo(9);
    assertThat(window.shrunk(9)).isEqualTo(6);
    assertThat(window.shrunk(4)).isEqualTo(2);
    assertThat(window.grown(0)).isZero();
    assertThat(window.shrunk(0)).isZero();
    assertThat(window.reconfigured(7)).isEqualTo(7);
    assertThat(window.reconfigured(1)).isEqualTo(2);
    assertThat(window.reconfigured(0)).isEqualTo(4);
    assertThat(Window.fixed(3).reconfigured(7)).isEqualTo(3);
    assertThat(Window.UNBOUNDED.reconfigured(7)).isZero();
    Pace same = new Pace(Pace.Kind.EXPONENTIAL, 1);
    Pace twice = new Pace(Pace.Kind.EXPONENTIAL, 2);
    assertThat(new Window(4, 2, 9, same, same).reconfigured(7)).isEqualTo(4);
    assertThat(new Window(4, 2, 9, twice, twice).reconfigured(7)).isEqualTo(7);
    assertThat(Window.DEFAULT.grown(20)).isEqualTo(21);
    assertThat(Window.DEFAULT.shrunk(20)).isEqualTo(10);
    assertThat(Window.DEFAULT.shrunk(4)).isEqualTo(3);
  }

  @Test
  void aBuildThatPassedAfterAllIsStoodOnAgain() {
    Site site = Site.slots(9).enqueueAll("h", "a", "b").mergesAll("h", "a", "b");
    assertThat(site.on(new Event.Evidence(site.build("a", "test").build(), "t1 failed")))
        .containsExactly("cancel test of b on m+h+a+b", "prepare b on m+h");
    assertThat(site.passes("a")).containsExactly("prepare b on m+h+a");
  }

  @Test
  void aLostBuildSaysNoMoreOfItsFailing() {
    Site site = Site.slots(9).enqueueAll("h", "a", "b").mergesAll("h", "a", "b");
    site.on(new Event.Evidence(site.build("a", "test").build(), "t1 failed"));
    site.capacity(1);
    assertThat(site.loses("a", "test")).containsExactly("prepare b on m+h+a");
  }

  @Test
  void aNewerRevisionThatIsAskedForInOnePipelineReplacesTheOlderInAnother() {
    Site site = Site.empty(settings(pipeline("check", 0), pipeline("gate", 0))).tip("m");
    enqueue(site, CHECK, "a");
    assertThat(site.on(new Event.Enqueued(Site.change(Site.MAIN, "a", "a2"))))
        .containsExactly("report a withdrawn", "prepare a on m");
    assertThat(site.queued()).containsExactly("a");
  }

  @Test
  void onlyFailuresInARowDisableAPipeline() {
    Site site =
        Site.empty(PipelineDraft.site(PipelineDraft.gate().disableAfter(2))).capacity(9).tip("m");
    site.enqueueAll("a").mergesAll("a");
    site.fails("a");
    site.enqueueAll("b").mergesAll("b");
    site.passes("b");
    site.lands("b");
    site.enqueueAll("c").mergesAll("c");
    site.fails("c");
    site.enqueueAll("d").mergesAll("d");
    assertThat(site.passes("d")).containsExactly("land d: m+b to m+b+d");
    site.lands("d");
    for (String failing : List.of("e", "f")) {
      site.enqueueAll(failing).mergesAll(failing);
      site.fails(failing);
    }
    site.enqueueAll("g").mergesAll("g");
    assertThat(site.passes("g")).containsExactly("report g passed");
    assertThat(site.end("g").reason())
        .isEqualTo("passed; pipeline gate is disabled after too many failures and lands nothing");
  }

  @Test
  void whatPassesWhereNothingLandsEndsARowOfFailures() {
    Site site =
        Site.empty(
            PipelineDraft.site(PipelineDraft.of("check", Manager.INDEPENDENT).disableAfter(2)));
    site.capacity(9).tip("m");
    for (String change : List.of("a", "b", "c")) {
      enqueue(site, CHECK, change);
      site.merges(change);
      if (change.equals("b")) {
        site.passes(change);
      } else {
        site.fails(change);
      }
    }
    assertThat(site.gate().rows()).contains(new Row.PipelineState(CHECK, 1, false));
  }

  @Test
  void queuesAreListedByPrecedenceAndThoseThatAreNotDeclaredByTheirHeads() {
    BranchRef sea = new BranchRef(new ProjectId("sea"), "main");
    Site site = Site.empty(settings(pipeline("check", 2), pipeline("gate", 1)));
    enqueue(site, CHECK, "a");
    site.on(new Event.Enqueued(Site.change(sea, "s", "s")));
    site.on(new Event.Enqueued(Site.change(LAKE, "l", "l")));
    assertThat(site.gate().queues())
        .extracting(view -> view.key().pipeline() + " " + view.key().name())
        .containsExactly("gate sea", "gate lake", "check p#1");
    site.dequeue("s");
    assertThat(site.gate().queues())
        .extracting(view -> view.key().pipeline() + " " + view.key().name())
        .as("an empty one comes last")
        .containsExactly("gate lake", "gate sea", "check p#1");
  }

  private static Pace none() {
    return new Pace(Pace.Kind.LINEAR, 0);
  }

  private static Change labelled(String name, String... labels) {
    Change plain = Site.change(name);
    return new Change(
        plain.id(),
        plain.target(),
        plain.revision(),
        plain.dependsOn(),
        plain.title(),
        Map.of(),
        "",
        Set.of(labels));
  }

  private static SharedQueue queue(String name, String project) {
    return new SharedQueue(name, Set.of(new ProjectId(project)), false, false, false);
  }

  private static void enqueue(Site site, PipelineName pipeline, String change) {
    site.on(new Event.Enqueued(pipeline, Site.change(change), true, 0));
  }

  private static GateSettings settings(Pipeline... pipelines) {
    return new GateSettings(List.of(pipelines), List.of(), Map.of(), Differences.HEADGATE);
  }

  private static Pipeline pipeline(String name, int precedence) {
    boolean gate = name.equals("gate");
    return new Pipeline(
        new PipelineName(name),
        gate ? Manager.DEPENDENT : Manager.INDEPENDENT,
        Set.of(),
        Window.DEFAULT,
        false,
        Set.of(),
        false,
        false,
        0,
        precedence,
        Set.of(),
        Set.of(),
        Optional.empty());
  }
}
