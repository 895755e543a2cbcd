package dev.headgate.gate;

import static dev.headgate.gate.PipelineDraft.gate;
import static dev.headgate.gate.PipelineDraft.of;
import static dev.headgate.gate.PipelineDraft.queue;
import static dev.headgate.gate.PipelineDraft.site;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.gate.Window.Pace;
import dev.headgate.model.BranchRef;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.Coordination;
import dev.headgate.model.Coordination.Deduplication;
import dev.headgate.model.Job;
import dev.headgate.model.PipelineName;
import dev.headgate.model.ProjectId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of items, windows and failures when the site is set up in another way. */
final class ReconfigurationTests {
  private static final BranchRef LAKE = new BranchRef(new ProjectId("lake"), "main");
  private static final Window GROWING =
      new Window(2, 1, 0, new Pace(Pace.Kind.LINEAR, 1), new Pace(Pace.Kind.LINEAR, 1));

  @Test
  void theSameSetUpKeepsBuildsAndPaths() {
    Site site = Site.slots(1).enqueueAll("a", "b").mergesAll("a", "b");
    assertThat(reconfigured(site, GateSettings.DEFAULT)).isEmpty();
    assertThat(site.explain("b").restarts()).isZero();
    assertThat(site.passes("a")).containsExactly("land a: m to m+a", "start test of b on m+a+b");
    assertThat(site.lands("a")).containsExactly("report a landed");
    assertThat(site.passes("b")).containsExactly("land b: m+a to m+a+b");
  }

  @Test
  void itemsOfTwoQueuesThatBecomeOneStandInTheOrderOfThoseQueues() {
    Site site = two();
    site.on(new Event.Enqueued(Site.change(LAKE, "l", "l")));
    site.enqueueAll("a", "b").mergesAll("l", "a", "b");
    assertThat(reconfigured(site, shared()))
        .containsExactly("cancel test of a on m+a", "cancel test of b on m+a+b", "prepare a on m");
    assertThat(site.gate().queues()).hasSize(1);
    assertThat(order(site)).containsExactly("l", "a", "b");
    assertThat(site.explain("a").assumed()).containsExactly(new ChangeId("l"));
    assertThat(site.explain("l").restarts()).isZero();
  }

  @Test
  void anOlderItemThatComesBehindAYoungerOneStaysThere() {
    Site site = two();
    site.enqueue("a");
    site.on(new Event.Enqueued(Site.change(LAKE, "l", "l")));
    site.on(new Event.Enqueued(Site.change(LAKE, "k", "k")));
    site.enqueue("b");
    reconfigured(site, shared());
    assertThat(order(site)).containsExactly("a", "b", "l", "k");
    assertThat(site.explain("k").position()).isEqualTo(4);
    assertThat(site.merges("a")).containsExactly("prepare b on m+a", "start test of a on m+a");
    assertThat(site.merges("b")).containsExactly("prepare l on m", "start test of b on m+a+b");
    assertThat(site.merges("l")).containsExactly("prepare k on m+l", "start test of l on m+l");
  }

  @Test
  void freeSlotsGoToItemsInTheirNewOrder() {
    Site site = two();
    site.capacity(0).enqueue("a");
    site.on(new Event.Enqueued(Site.change(LAKE, "l", "l")));
    site.mergesAll("a", "l");
    reconfigured(
        site,
        site(
            List.of(queue("first", false, false, "lake"), queue("second", false, false, "p")),
            gate()));
    assertThat(site.on(new Event.CapacityChanged(1))).containsExactly("start test of l on m+l");
  }

  @Test
  void aQueueThatIsSplitLetsItsPartsGoOnByThemselves() {
    Site site = two();
    reconfigured(site, shared());
    site.enqueue("a");
    site.on(new Event.Enqueued(Site.change(LAKE, "l", "l")));
    site.enqueue("b");
    site.mergesAll("a", "l", "b");
    assertThat(reconfigured(site, site(gate())))
        .containsExactly(
            "cancel test of l on m+l",
            "cancel test of b on m+a+b",
            "prepare l on m",
            "prepare b on m+a");
    assertThat(site.explain("l").assumed()).isEmpty();
    assertThat(site.explain("l").lastRestart()).isEqualTo("the site was set up in another way");
    site.merges("l");
    assertThat(site.passes("l")).containsExactly("land l: m to m+l");
  }

  @Test
  void whatLandsRightNowLandsThoughItsPipelineIsNoMore() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    site.passes("a");
    assertThat(reconfigured(site, site(of("check", Manager.INDEPENDENT))))
        .containsExactly("cancel test of b on m+a+b", "report b withdrawn");
    assertThat(site.end("b").reason()).isEqualTo("pipeline gate takes it no more");
    assertThat(site.lands("a")).containsExactly("report a landed");
    assertThat(site.gate().queues()).isEmpty();
  }

  @Test
  void whatPipelinesDoNotTakeAnyMoreLeavesEvenIfNobodyIsTold() {
    Site site = Site.empty(quiet(shared())).capacity(9).tip("m");
    site.on(new Event.TipMoved(LAKE, new Content("m")));
    site.enqueue("a");
    site.on(new Event.Enqueued(Site.change(LAKE, "l", "l")));
    site.mergesAll("a", "l");
    site.on(new Event.Enqueued(Site.change(LAKE, "k", "k")));
    site.on(new Event.Held(new ChangeId("l"), "later"));
    site.merges("k");
    GateSettings less =
        new GateSettings(
            List.of(gate().projects("lake").made()),
            shared().queues(),
            Map.of(),
            shared().differences());
    assertThat(reconfigured(site, quiet(less)))
        .as("what was built on it is built again")
        .containsExactly("cancel test of a on m+a", "cancel test of k on m+k", "prepare k on m");
    assertThat(site.ended()).isEmpty();
    assertThat(order(site)).containsExactly("l", "k");
  }

  @Test
  void aWindowKeepsTheSizeItHasGrownTo() {
    Site site = Site.empty(site(gate().window(GROWING))).capacity(9).tip("m");
    site.enqueueAll("a").mergesAll("a");
    site.passes("a");
    site.lands("a");
    assertThat(windows(site)).containsExactly(3);
    reconfigured(site, site(gate().window(GROWING)));
    assertThat(windows(site)).as("of an empty queue").containsExactly(3);
    site.enqueue("b");
    reconfigured(site, site(gate().window(GROWING)));
    assertThat(windows(site)).as("of a queue with items").containsExactly(3);
    reconfigured(site, site(List.of(queue("all", false, false, "p")), gate().window(GROWING)));
    assertThat(windows(site)).as("of a queue with another name").containsExactly(3);
  }

  @Test
  void theWindowOfAnEmptyQueueBeginsAnewWhereItIsNotKept() {
    GateSettings forgetful = site(gate().window(GROWING)).with(Differences.NONE);
    Site site = Site.empty(forgetful).capacity(9).tip("m");
    site.enqueueAll("a").mergesAll("a");
    site.passes("a");
    site.lands("a");
    site.enqueue("b");
    reconfigured(site, forgetful);
    assertThat(windows(site)).as("of a queue with items").containsExactly(3);
    site.dequeue("b");
    reconfigured(site, forgetful);
    site.enqueue("c");
    assertThat(windows(site)).as("of a queue that was empty").containsExactly(GROWING.start());
  }

  @Test
  void anEmptyQueueThatNoChangeCouldStandInIsForgotten() {
    Site site = Site.empty(site(gate())).capacity(9).tip("m");
    site.enqueue("a");
    site.dequeue("a");
    assertThat(windows(site)).hasSize(1);
    reconfigured(site, site(List.of(queue("all", false, false, "p")), gate()));
    assertThat(windows(site)).as("its project has a shared queue").isEmpty();
    site.enqueue("a");
    site.dequeue("a");
    reconfigured(site, site(List.of(queue("all", false, false, "p")), gate()));
    assertThat(windows(site)).as("a shared queue").hasSize(1);
    reconfigured(
        site,
        site(
            List.of(new SharedQueue("all", Set.of(new ProjectId("p")), false, true, false)),
            gate()));
    assertThat(windows(site)).as("a shared queue that is one for each branch now").isEmpty();
    reconfigured(site, site(List.of(queue("all", false, false, "p")), gate()));
    site.enqueue("a");
    site.dequeue("a");
    reconfigured(site, site(gate()));
    assertThat(windows(site)).as("a shared queue that is no more").isEmpty();
    site.enqueue("a");
    site.dequeue("a");
    reconfigured(site, site(gate().projects("lake")));
    assertThat(windows(site)).as("its project takes no part").isEmpty();
  }

  @Test
  void aSmallerWindowIsKeptAtOnce() {
    Site site = Site.slots(1).enqueueAll("a", "b").mergesAll("a", "b");
    reconfigured(site, GateSettings.gate(Window.fixed(1)));
    assertThat(site.explain("b").waitsFor())
        .containsExactly("test waits for a place in the window, which holds 1");
    assertThat(site.passes("a")).containsExactly("land a: m to m+a");
    assertThat(site.lands("a")).containsExactly("report a landed", "start test of b on m+a+b");
  }

  @Test
  void aLargerWindowIsFilledAtOnce() {
    Site site =
        Site.empty(GateSettings.gate(Window.fixed(1))).capacity(9).tip("m").enqueueAll("a", "b");
    site.merges("a");
    assertThat(reconfigured(site, GateSettings.gate(Window.fixed(2))))
        .containsExactly("prepare b on m+a");
  }

  @Test
  void aFixedWindowStaysSoWhenWhatWasLandingBeforeHasLanded() {
    Site site = Site.slots(9).enqueueAll("a", "b", "c").mergesAll("a", "b", "c");
    site.passes("a");
    reconfigured(site, site(of("gate", Manager.SERIAL).window(GROWING)));
    site.lands("a");
    assertThat(windows(site)).containsExactly(1);
    assertThat(site.explain("c").waitsFor()).anyMatch(reason -> reason.contains("window"));
  }

  @Test
  void whatHasLandedLeavesAPipelineThatLandsChangesFromNowOn() {
    PipelineDraft after = of("post", Manager.INDEPENDENT, Trigger.MERGED);
    Site site = Site.empty(site(gate(), after)).capacity(9).tip("m");
    site.enqueueAll("a").mergesAll("a");
    site.passes("a");
    site.lands("a");
    assertThat(site.gate().queues()).anyMatch(queue -> !queue.items().isEmpty());
    assertThat(reconfigured(site, site(gate(), of("post", Manager.DEPENDENT))))
        .containsExactly("report a withdrawn");
    assertThat(site.end("a").reason())
        .isEqualTo("pipeline post lands changes now, and it has landed");
  }

  @Test
  void aDisabledPipelineLandsAgain() {
    GateSettings once = site(gate().disableAfter(1));
    Site site = Site.empty(once).capacity(9).tip("m").enqueueAll("a").mergesAll("a");
    site.fails("a");
    reconfigured(site, once);
    site.enqueueAll("b").mergesAll("b");
    assertThat(site.passes("b")).containsExactly("land b: m to m+b");
  }

  @Test
  void whatASkippedJobMeansIsDecidedAnew() {
    Site site =
        Site.slots(9)
            .jobs(Site.nonVoting("lint"), Site.job("pack", Site.soft("lint")), Site.job("slow"))
            .enqueueAll("a");
    site.on(
        new Event.Reconfigured(
            GateSettings.DEFAULT.with(
                new Differences(true, true, false, true, true, false, true, true, false, true))));
    site.merges("a");
    site.fails("a", "lint");
    assertThat(site.builds()).containsExactly("a/lint ended", "a/slow starting");
    assertThat(reconfigured(site, GateSettings.DEFAULT)).containsExactly("start pack of a on m+a");
  }

  @Test
  void aTipThatMovedWhileThatDidNotMatterIsBuiltOnOnceItDoes() {
    GateSettings lenient =
        GateSettings.DEFAULT.with(
            new Differences(true, true, true, true, false, false, true, true, false, true));
    Site site = Site.empty(lenient).capacity(9).tip("m").enqueueAll("a").mergesAll("a");
    assertThat(site.on(new Event.TipMoved(Site.MAIN, new Content("n")))).isEmpty();
    reconfigured(site, GateSettings.DEFAULT);
    assertThat(site.passes("a")).containsExactly("prepare a on n");
    assertThat(site.explain("a").lastRestart()).isEqualTo("main has moved on while it was tested");
  }

  @Test
  void aJobThatHoldsFollowersHoldsThemAfterwardsToo() {
    Job hold =
        Site.job("merge")
            .with(
                new Coordination(
                    true, Set.of(), Set.of(), List.of(), Set.of(), Deduplication.AUTOMATIC, false));
    Site site = Site.slots(9).jobs(hold).enqueueAll("a", "b").mergesAll("a", "b");
    reconfigured(site, GateSettings.DEFAULT);
    assertThat(site.on(new Event.CapacityChanged(8))).isEmpty();
    assertThat(site.explain("b").waitsFor())
        .containsExactly("merge waits for a, which holds what is behind it");
    assertThat(site.passes("a", "merge"))
        .containsExactly("land a: m to m+a", "start merge of b on m+a+b");
  }

  private static Site two() {
    Site site = Site.empty(site(gate())).capacity(9).tip("m");
    site.on(new Event.TipMoved(LAKE, new Content("m")));
    return site;
  }

  private static GateSettings shared() {
    return site(List.of(queue("all", false, false, "p", "lake")), gate());
  }

  /** The same, but whoever asked is told of foreign queues and circles only. */
  private static GateSettings quiet(GateSettings settings) {
    return settings.with(
        new Differences(true, true, true, true, true, false, true, false, false, true));
  }

  private static List<String> reconfigured(Site site, GateSettings settings) {
    return site.on(new Event.Reconfigured(settings));
  }

  private static List<Integer> windows(Site site) {
    return site.gate().queues().stream().map(QueueView::window).toList();
  }

  private static List<String> order(Site site) {
    return site.gate().queues().stream()
        .filter(view -> view.key().pipeline().equals(PipelineName.GATE))
        .flatMap(view -> view.items().stream())
        .flatMap(entry -> entry.changes().stream())
        .map(ChangeId::value)
        .toList();
  }
}
