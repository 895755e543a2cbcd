package dev.headgate.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.model.BranchRef;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.PipelineName;
import dev.headgate.model.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes known of changes while they are queued, and the stable words of states. */
final class KnowledgeTests {
  @Test
  void aNewDependencyThatIsNotAheadTakesTheChangeOut() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    assertThat(needs(site, "a", "b")).contains("report a rejected", "prepare b on m");
    assertThat(site.end("a").cause()).isEqualTo(ItemEnd.Cause.DEPENDENCY);
  }

  @Test
  void aDependencyThatIsDroppedLetsTheChangeStay() {
    Site site = Site.slots(9).enqueueAll("a");
    site.enqueue("b", "a");
    needs(site, "b");
    site.dequeue("a");
    assertThat(site.queued()).containsExactly("b");
  }

  @Test
  void dependenciesOfWhatIsNotKnownOrOnItselfChangeNothing() {
    Site site = Site.slots(9).enqueueAll("a");
    assertThat(needs(site, "x", "a")).isEmpty();
    assertThat(needs(site, "a", "a")).isEmpty();
    assertThat(site.queued()).containsExactly("a");
  }

  @Test
  void aCircleThatIsNoneAnyMoreLeavesAndItsChangesEnterOneByOne() {
    Site site = Site.empty(circular());
    site.capacity(9).tip("m");
    site.on(new Event.Proposed(Site.change("a", "b")));
    site.on(new Event.Proposed(Site.change("b", "a")));
    site.on(new Event.Approved(new ChangeId("a"), false));
    site.on(new Event.Approved(new ChangeId("b"), true));
    assertThat(site.explain("a").with()).containsExactly(new ChangeId("b"));
    assertThat(needs(site, "a")).contains("report a withdrawn");
    assertThat(site.queued()).containsExactlyInAnyOrder("a", "b");
    assertThat(site.explain("a").with()).isEmpty();
    assertThat(site.gate().explain(PipelineName.GATE, new ChangeId("b"))).isPresent();
    assertThat(site.gate().explain(new PipelineName("other"), new ChangeId("b"))).isEmpty();
    assertThat(site.gate().settings()).isEqualTo(circular());
  }

  @Test
  void aChangeProposedWithOtherNeedsAtTheSameRevisionIsLookedAtAgain() {
    Site site = Site.empty(circular());
    site.capacity(9).tip("m");
    site.on(new Event.Proposed(Site.change("a", "b")));
    site.on(new Event.Proposed(Site.change("b", "a")));
    site.on(new Event.Approved(new ChangeId("a"), false));
    site.on(new Event.Approved(new ChangeId("b"), true));
    assertThat(site.on(new Event.Proposed(Site.change("b")))).contains("report a withdrawn");
    assertThat(site.queued()).containsExactly("b", "a");
  }

  @Test
  void whatAPipelineTakesNoMoreLeaves() {
    Site site = Site.slots(9).enqueueAll("a", "b");
    assertThat(
            site.on(
                new Event.Reconfigured(
                    new GateSettings(
                        List.of(Pipeline.of("other", Manager.SERIAL)),
                        List.of(),
                        Map.of(),
                        Differences.HEADGATE))))
        .containsExactly("report a withdrawn", "report b withdrawn");
    assertThat(site.end("a").reason()).isEqualTo("pipeline gate takes it no more");
  }

  @Test
  void everyStableWordLeadsBack() {
    for (ItemState state : ItemState.values()) {
      assertThat(ItemState.ofCode(state.code())).isEqualTo(state);
    }
    for (BuildState state : BuildState.values()) {
      assertThat(BuildState.ofCode(state.code())).isEqualTo(state);
    }
    for (ItemEnd.Kind kind : ItemEnd.Kind.values()) {
      assertThat(ItemEnd.Kind.ofCode(kind.code())).isEqualTo(kind);
    }
    for (ItemEnd.Cause cause : ItemEnd.Cause.values()) {
      assertThat(ItemEnd.Cause.ofCode(cause.code())).isEqualTo(cause);
    }
    for (Row.Known.Status status : Row.Known.Status.values()) {
      assertThat(Row.Known.Status.ofCode(status.code())).isEqualTo(status);
    }
    assertThatThrownBy(() -> ItemState.ofCode("x")).hasMessageContaining("'x'");
    assertThatThrownBy(() -> ItemEnd.Cause.ofCode("x")).hasMessageContaining("'x'");
  }

  @Test
  void aThousandEndedChangesAreRememberedAndTheOldestIsForgottenFirst() {
    Gate gate = Gate.load(List.of(), GateSettings.DEFAULT);
    for (int i = 0; i < Book.CLOSED_KEPT; i++) {
      end(gate, "c" + i);
    }
    gate.on(new Event.Proposed(Site.change("open")), Instant.EPOCH);
    assertThat(known(gate)).hasSize(Book.CLOSED_KEPT + 1).contains(new ChangeId("c0"));
    Gate loaded = Gate.load(gate.rows(), GateSettings.DEFAULT);
    for (Gate each : List.of(gate, loaded)) {
      assertThat(end(each, "last").changes())
          .contains(new RowChange.Delete(new Row.Key("change", "c0")));
      assertThat(known(each))
          .hasSize(Book.CLOSED_KEPT + 1)
          .contains(new ChangeId("c1"), new ChangeId("open"))
          .doesNotContain(new ChangeId("c0"));
    }
    assertThat(loaded.rows()).isEqualTo(gate.rows());
  }

  @Test
  void anApprovalCanBeWithdrawnFromWhatIsNotQueued() {
    Site site = Site.slots(9);
    site.on(new Event.Proposed(Site.change("a")));
    site.on(new Event.Approved(new ChangeId("a"), false));
    site.on(new Event.ApprovalWithdrawn(new ChangeId("a")));
    assertThat(site.gate().whyNotQueued(PipelineName.GATE, new ChangeId("a")))
        .contains("a is not approved");
  }

  @Test
  void aDependencyThatIsNotCarriedTakesTheChangeOut() {
    Site site = Site.empty(PipelineDraft.site(PipelineDraft.of("check", Manager.INDEPENDENT)));
    site.tip("m");
    site.on(new Event.Proposed(Site.change("a")));
    site.on(new Event.Enqueued(new PipelineName("check"), Site.change("b"), true, 0));
    assertThat(needs(site, "b", "a")).containsExactly("report b rejected");
    assertThat(site.end("b").cause()).isEqualTo(ItemEnd.Cause.DEPENDENCY);
  }

  @Test
  void whatIsCarriedIsBuiltWithItsBranch() {
    BranchRef lake = new BranchRef(new ProjectId("lake"), "main");
    Site site = Site.empty(PipelineDraft.site(PipelineDraft.of("check", Manager.INDEPENDENT)));
    site.capacity(1).tip("m");
    site.on(new Event.TipMoved(lake, new Content("l")));
    site.on(new Event.Proposed(Site.change(lake, "a", "a")));
    site.on(new Event.Enqueued(new PipelineName("check"), Site.change("b", "a"), true, 0));
    Effect.Prepare open = site.preparation("b");
    assertThat(open.base())
        .containsExactly(Map.entry(lake, new Content("l")), Map.entry(Site.MAIN, new Content("m")));
    site.on(
        new Event.Prepared(
            open.preparation(),
            Map.of(Site.MAIN, new Content("m+b"), lake, new Content("l+a")),
            Map.of(new ChangeId("b"), Site.ONE_JOB)));
    assertThat(site.build("b", "test").contents())
        .containsEntry(lake, new Content("l+a"))
        .containsEntry(Site.MAIN, new Content("m+b"));
  }

  @Test
  void aPipelineThatKeepsOldRevisionsTestsEachOnce() {
    PipelineName check = new PipelineName("check");
    Site site =
        Site.empty(
            PipelineDraft.site(
                PipelineDraft.of("check", Manager.INDEPENDENT, Trigger.PROPOSED)
                    .keepsOldRevisions()));
    site.capacity(9).tip("m");
    assertThat(site.on(new Event.Proposed(Site.change("a")))).containsExactly("prepare a on m");
    assertThat(site.on(new Event.Proposed(Site.change("a")))).isEmpty();
    site.merges("a");
    assertThat(site.on(new Event.Proposed(Site.change(Site.MAIN, "a", "a2"))))
        .containsExactly("prepare a on m");
    assertThat(site.passes("a")).containsExactly("report a passed");
    assertThat(site.gate().explain(check, new ChangeId("a"))).isPresent();
    assertThat(site.dequeue("a")).containsExactly("report a withdrawn");
    assertThat(site.gate().isEmpty()).isTrue();
  }

  private static Step end(Gate gate, String name) {
    gate.on(new Event.Proposed(Site.change(name)), Instant.EPOCH);
    return gate.on(new Event.MergedOutside(new ChangeId(name)), Instant.EPOCH);
  }

  private static List<ChangeId> known(Gate gate) {
    return gate.rows().stream()
        .filter(Row.Known.class::isInstance)
        .map(row -> ((Row.Known) row).change().id())
        .toList();
  }

  private static GateSettings circular() {
    Pipeline gate = Pipeline.of("gate", Manager.DEPENDENT, Trigger.APPROVAL);
    return new GateSettings(
        List.of(gate),
        List.of(new SharedQueue("p", Set.of(new ProjectId("p")), true, false, false)),
        Map.of(),
        Differences.HEADGATE);
  }

  private static List<String> needs(Site site, String change, String... others) {
    return site.on(
        new Event.DependenciesChanged(
            new ChangeId(change), List.of(others).stream().map(ChangeId::new).toList()));
  }
}
