package dev.headgate.gate;

import static dev.headgate.gate.PipelineDraft.gate;
import static dev.headgate.gate.PipelineDraft.of;
import static dev.headgate.gate.PipelineDraft.site;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.BranchRef;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Outcome;
import dev.headgate.model.PipelineName;
import dev.headgate.model.Revision;
import dev.headgate.model.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How changes enter a queue, enter again, and are taken out. */
final class EntryTests {
  private static Event.Enqueued revision(String name, String revision, String... dependsOn) {
    return new Event.Enqueued(Site.change(Site.MAIN, name, revision, dependsOn));
  }

  @Test
  void changesQueueInTheOrderTheyEnter() {
    Site site = Site.slots(1).enqueueAll("c", "a", "b");
    assertThat(site.queued()).containsExactly("c", "a", "b");
  }

  @Test
  void enteringAgainAtTheSameRevisionChangesNothing() {
    Site site = Site.slots(1).enqueueAll("a", "b").mergesAll("a");
    assertThat(site.enqueue("a")).isEmpty();
    assertThat(site.queued()).containsExactly("a", "b");
    assertThat(site.builds()).containsExactly("a/test starting");
  }

  @Test
  void aNewerRevisionReplacesTheOlderAndGoesToTheEnd() {
    Site site = Site.slots(9).enqueueAll("a", "b").mergesAll("a", "b");
    assertThat(site.on(revision("a", "a2")))
        .containsExactly(
            "cancel test of a on m+a",
            "report a withdrawn",
            "cancel test of b on m+a+b",
            "prepare b on m");
    assertThat(site.queued()).containsExactly("b", "a");
    assertThat(site.end("a").reason()).isEqualTo("replaced by revision a2");
    site.merges("b");
    assertThat(site.merges("a")).containsExactly("start test of a on m+b+a2");
  }

  @Test
  void aNewerRevisionOfWhatIsLandingIsRefusedAndTheLandingGoesOn() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    site.passes("a");
    assertThat(site.on(revision("a", "a2"))).containsExactly("report a rejected");
    assertThat(site.end("a").reason()).contains("an older revision of it is landing right now");
    assertThat(site.lands("a")).containsExactly("report a landed");
  }

  @Test
  void whatWasLandingLeavesForTheNewerRevisionIfItsLandingIsRefused() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    site.passes("a");
    site.on(revision("a", "a2"));
    assertThat(site.isRefused("a", "n")).containsExactly("report a withdrawn");
    assertThat(site.end("a").reason()).isEqualTo("replaced by revision a2");
    assertThat(site.queued()).isEmpty();
  }

  @Test
  void whoAsksForARevisionReplacesTheFormerAlsoWherePipelinesKeepOldOnes() {
    Site site = Site.empty(site(gate().keepsOldRevisions())).capacity(9).tip("m");
    site.enqueueAll("a").mergesAll("a");
    assertThat(site.on(revision("a", "a2"))).contains("report a withdrawn");
    assertThat(site.queued()).containsExactly("a");
  }

  @Test
  void aRevisionThatStandsInAPipelineBehindWhichANewerOneEnteredDoesNotEnterAgain() {
    PipelineDraft gate = of("gate", Manager.DEPENDENT, Trigger.APPROVAL).keepsOldRevisions();
    Site site = Site.empty(site(gate)).capacity(9).tip("m");
    for (String revision : List.of("a", "a2", "a", "a2")) {
      site.on(new Event.Proposed(Site.change(Site.MAIN, "a", revision)));
      site.on(new Event.Approved(new ChangeId("a"), true));
    }
    assertThat(site.gate().queues().getFirst().items()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void aChangeThatIsForAnotherBranchNowLeavesAlsoWherePipelinesKeepOldRevisions() {
    BranchRef release = new BranchRef(Site.MAIN.project(), "release");
    for (PipelineDraft gate : List.of(gate(), gate().keepsOldRevisions())) {
      Site site = Site.empty(site(gate)).capacity(9).tip("m").enqueueAll("a").mergesAll("a");
      assertThat(site.on(new Event.Proposed(Site.change(release, "a", "a"))))
          .containsExactly("cancel test of a on m+a", "report a withdrawn");
      assertThat(site.end("a").reason()).isEqualTo("it is for p:release now");
    }
  }

  @Test
  void aChangeEntersAgainAfterItWasRejected() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    site.fails("a");
    assertThat(site.enqueue("a")).containsExactly("prepare a on m");
  }

  @Test
  void anotherTargetIsAnotherEntry() {
    BranchRef release = new BranchRef(Site.MAIN.project(), "release");
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    assertThat(site.on(new Event.Enqueued(Site.change(release, "a", "a"))))
        .containsExactly("cancel test of a on m+a", "report a withdrawn", "ask p:release");
    assertThat(site.queued()).isEmpty();
  }

  @Test
  void aDequeuedChangeLeavesWithItsReasonAndNobodysFault() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    assertThat(site.dequeue("a")).containsExactly("cancel test of a on m+a", "report a withdrawn");
    assertThat(site.end("a").outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(site.end("a").reason()).isEqualTo("somebody asked for it");
    assertThat(site.gate().isEmpty()).isTrue();
    assertThat(Site.slots(9).enqueueAll("a").gate().isEmpty()).isFalse();
    assertThat(site.gate().isIdle()).as("its build still ends").isFalse();
    site.ends("a", "test", Verdict.Kind.NONE, "cancelled");
    assertThat(site.gate().isIdle()).isTrue();
  }

  @Test
  void dequeuingWhatIsNotQueuedChangesNothing() {
    Site site = Site.slots(9);
    assertThat(site.dequeue("a")).isEmpty();
    assertThat(site.on(new Event.Abandoned(new ChangeId("a")))).isEmpty();
    assertThat(site.on(new Event.RevisionChanged(new ChangeId("a"), new Revision("x")))).isEmpty();
  }

  @Test
  void anAbandonedChangeLeaves() {
    Site site = Site.slots(9).enqueueAll("a");
    assertThat(site.on(new Event.Abandoned(new ChangeId("a"))))
        .containsExactly("report a withdrawn");
    assertThat(site.end("a").reason()).isEqualTo("the change exists no more");
  }

  @Test
  void aChangeThatMovedToAnotherRevisionLeaves() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    assertThat(site.on(new Event.RevisionChanged(new ChangeId("a"), new Revision("a2"))))
        .containsExactly("cancel test of a on m+a", "report a withdrawn");
    assertThat(site.end("a").reason()).contains("it moved to revision a2 while it was gated");
  }

  @Test
  void aRevisionThatIsTheQueuedOneChangesNothing() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    assertThat(site.on(new Event.RevisionChanged(new ChangeId("a"), new Revision("a")))).isEmpty();
    assertThat(site.queued()).containsExactly("a");
  }

  @Test
  void everyEntryHasAnIdOfItsOwn() {
    Site site = Site.slots(9).enqueueAll("a");
    var first = site.item("a");
    site.dequeue("a");
    site.enqueue("a");
    assertThat(site.item("a")).isNotEqualTo(first);
  }

  @Test
  void whoAsksForAnotherRevisionThanTheKnownOneGetsThatOne() {
    Site site = Site.slots(9);
    site.on(new Event.Proposed(Site.change("a")));
    site.on(revision("a", "a2"));
    assertThat(site.merges("a")).containsExactly("start test of a on m+a2");
  }

  @Test
  void whoAsksForAKnownChangeApprovesIt() {
    Site site = Site.slots(9);
    site.on(new Event.Proposed(Site.change("a")));
    assertThat(site.enqueue("a")).containsExactly("prepare a on m");
  }

  @Test
  void aNewerRevisionThatIsOnlyProposedIsKnownAfterTheOlderOneLeft() {
    Site site = Site.slots(9).enqueueAll("a");
    assertThat(site.on(new Event.Proposed(Site.change(Site.MAIN, "a", "a2"))))
        .containsExactly("report a withdrawn");
    assertThat(site.gate().whyNotQueued(PipelineName.GATE, new ChangeId("a")))
        .contains("a is not approved");
    site.on(new Event.Approved(new ChangeId("a"), false));
    site.on(new Event.Enqueued(PipelineName.GATE, Site.change(Site.MAIN, "a", "a2"), false, 0));
    assertThat(site.queued()).containsExactly("a");
  }

  @Test
  void anApprovalThatIsToldAgainMayBringTheChangeIn() {
    Site site =
        Site.empty(
            PipelineDraft.site(PipelineDraft.of("gate", Manager.DEPENDENT, Trigger.APPROVAL)));
    site.on(new Event.Proposed(Site.change("a")));
    site.on(new Event.Approved(new ChangeId("a"), false));
    assertThat(site.queued()).isEmpty();
    site.on(new Event.Approved(new ChangeId("a"), true));
    assertThat(site.queued()).containsExactly("a");
  }

  @Test
  void whatIsRefusedHasAnIdOfItsOwnToo() {
    Site site = Site.slots(9).enqueueAll("a");
    site.enqueue("b", "x");
    site.enqueue("c", "x");
    site.enqueue("d");
    assertThat(
            site.effects().stream()
                .filter(Effect.Report.class::isInstance)
                .map(effect -> ((Effect.Report) effect).item()))
        .doesNotHaveDuplicates()
        .doesNotContain(site.item("a"), site.item("d"));
  }

  @Test
  void whoAsksAgainForWhatWasGivenUpWhileItLandsMustApproveItAgain() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    site.passes("a");
    site.on(new Event.Abandoned(new ChangeId("a")));
    site.on(new Event.Enqueued(PipelineName.GATE, Site.change("a"), false, 0));
    assertThat(site.isRefused("a", "n")).containsExactly("report a rejected");
    assertThat(site.end("a").reason()).isEqualTo("a is not approved");
  }

  @Test
  void whoAsksAgainAfterAnApprovalWasWithdrawnWhileItLandsApprovesIt() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    site.passes("a");
    site.on(new Event.ApprovalWithdrawn(new ChangeId("a")));
    site.enqueue("a");
    assertThat(site.isRefused("a", "n")).containsExactly("prepare a on n");
  }

  @Test
  void whoAsksAgainAfterAnAbandonedChangeLeftEntersAnew() {
    Site site = Site.slots(9);
    site.on(new Event.Proposed(Site.change("a")));
    site.on(new Event.Abandoned(new ChangeId("a")));
    assertThat(site.gate().whyNotQueued(PipelineName.GATE, new ChangeId("a")))
        .contains("a was given up");
    assertThat(site.enqueue("a")).containsExactly("prepare a on m");
  }
}
