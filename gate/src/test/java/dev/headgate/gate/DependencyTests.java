package dev.headgate.gate;

import static dev.headgate.gate.PipelineDraft.of;
import static dev.headgate.gate.PipelineDraft.site;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Outcome;
import dev.headgate.model.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Declared dependencies: no change lands without what it depends on. */
final class DependencyTests {
  /** Each needs both of the layer below it: there are a billion ways down. */
  @Test
  void whatCannotEnterIsAskedForOnceHoweverManyWaysLeadThere() {
    Site site = Site.empty(site(of("gate", Manager.DEPENDENT, Trigger.APPROVAL)));
    site.capacity(9).tip("m");
    site.on(new Event.Proposed(Site.change("bottom")));
    List<String> below = List.of("bottom");
    for (int layer = 1; layer <= 30; layer++) {
      List<String> here = List.of("left" + layer, "right" + layer);
      for (String name : here) {
        site.on(new Event.Proposed(Site.change(name, below.toArray(String[]::new))));
        site.on(new Event.Approved(new ChangeId(name), true));
      }
      below = here;
    }
    assertThat(site.queued()).isEmpty();
    site.on(new Event.Approved(new ChangeId("bottom"), true));
    assertThat(site.queued()).hasSize(61).startsWith("bottom").endsWith("right30");
  }

  @Test
  void aDependentIsBuiltOnItsDependencyAndLandsAfterIt() {
    Site site = Site.slots(9);
    site.enqueue("a");
    site.enqueue("b", "a");
    site.mergesAll("a", "b");
    site.passes("b");
    site.passes("a");
    assertThat(site.lands("a")).containsExactly("report a landed", "land b: m+a to m+a+b");
  }

  @Test
  void aDependentOfAFailingItemIsNotBuiltAndIsRejectedWithIt() {
    Site site = Site.slots(9);
    site.enqueue("a");
    site.enqueue("b");
    site.enqueue("c", "b");
    site.mergesAll("a", "b", "c");
    assertThat(site.fails("b")).containsExactly("cancel test of c on m+a+b+c");
    assertThat(site.explain("c").state()).isEqualTo(ItemState.WAITING);
    assertThat(site.explain("c").waitsFor()).containsExactly("depends on b, which is failing");
    site.passes("a");
    assertThat(site.lands("a"))
        .containsExactly("report a landed", "report b rejected", "report c rejected");
    assertThat(site.end("c").outcome()).isEqualTo(Outcome.CHANGE);
    assertThat(site.end("c").reason())
        .startsWith("it depends on b, which was rejected: test failed: exit status 1");
  }

  @Test
  void dependentsOfDependentsAreNotBuiltEither() {
    Site site = Site.slots(9);
    site.enqueue("a");
    site.enqueue("b");
    site.enqueue("c", "b");
    site.enqueue("d", "c");
    site.mergesAll("a", "b", "c", "d");
    assertThat(site.fails("b"))
        .containsExactly("cancel test of c on m+a+b+c", "cancel test of d on m+a+b+c+d");
    assertThat(site.explain("d").waitsFor()).containsExactly("depends on b, which is failing");
  }

  @Test
  void aDependentOfAFailingItemIsBuiltAgainWhenThatFailureIsVoid() {
    Site site = Site.slots(9);
    site.enqueue("a");
    site.enqueue("b");
    site.enqueue("c", "b");
    site.mergesAll("a", "b", "c");
    site.fails("b");
    assertThat(site.fails("a")).containsExactlyInAnyOrder("report a rejected", "prepare b on m");
    assertThat(site.merges("b")).containsExactly("prepare c on m+b", "start test of b on m+b");
  }

  @Test
  void itemsBehindABlockedDependentStandOnTheNearestThatCanLand() {
    Site site = Site.slots(9);
    site.enqueue("a");
    site.enqueue("b");
    site.enqueue("c", "b");
    site.enqueue("d");
    site.mergesAll("a", "b", "c", "d");
    assertThat(site.fails("b"))
        .containsExactly(
            "cancel test of c on m+a+b+c", "cancel test of d on m+a+b+c+d", "prepare d on m+a");
  }

  @Test
  void theWholeChainOfDependentsFallsWithItsRoot() {
    Site site = Site.slots(9);
    site.enqueue("a");
    site.enqueue("b", "a");
    site.enqueue("c", "b");
    site.enqueue("d");
    site.mergesAll("a", "b", "c", "d");
    assertThat(site.fails("a"))
        .contains("report a rejected", "report b rejected", "report c rejected", "prepare d on m");
    assertThat(site.queued()).containsExactly("d");
    assertThat(site.end("b").reason())
        .isEqualTo("it depends on a, which was rejected: test failed: exit status 1 (build 1)");
    assertThat(site.end("c").reason())
        .isEqualTo(
            "it depends on b, and that on a, which was rejected:"
                + " test failed: exit status 1 (build 1)");
  }

  @Test
  void dependentsLeaveWithAWithdrawnItem() {
    Site site = Site.slots(9);
    site.enqueue("a");
    site.enqueue("b", "a");
    assertThat(site.dequeue("a")).containsExactly("report a withdrawn", "report b withdrawn");
    assertThat(site.end("b").reason())
        .isEqualTo("it depends on a, which was withdrawn: somebody asked for it");
  }

  @Test
  void aDependencyOnTwoIsMetWhenBothLanded() {
    Site site = Site.slots(9);
    site.enqueue("a");
    site.enqueue("b");
    site.enqueue("c", "a", "b");
    site.mergesAll("a", "b", "c");
    site.passes("a");
    site.lands("a");
    assertThat(site.fails("b"))
        .containsExactly("report b rejected", "cancel test of c on m+a+b+c", "report c rejected");
  }

  @Test
  void aDependencyThatLandedHoldsNobodyAnyMore() {
    Site site = Site.slots(9);
    site.enqueue("a");
    site.enqueue("b", "a");
    site.mergesAll("a", "b");
    site.passes("a");
    site.lands("a");
    // The name enters anew; that entry has nothing to do with what b depended on.
    site.on(new Event.Enqueued(Site.change(Site.MAIN, "a", "a2")));
    assertThat(site.dequeue("a")).containsExactly("report a withdrawn");
    assertThat(site.queued()).containsExactly("b");
  }

  @Test
  void aDependencyThatIsNotQueuedRefusesTheChange() {
    Site site = Site.slots(9);
    assertThat(site.enqueue("b", "a")).containsExactly("report b rejected");
    assertThat(site.end("b").reason())
        .isEqualTo("it depends on a, which has not landed and is not queued");
    assertThat(site.queued()).isEmpty();
  }

  @Test
  void aDependencyOnAnotherBranchRefusesTheChange() {
    BranchRef release = new BranchRef(Site.MAIN.project(), "release");
    Site site = Site.slots(9);
    site.on(new Event.Enqueued(Site.change(release, "a", "a")));
    assertThat(site.enqueue("b", "a")).contains("report b rejected");
    assertThat(site.end("b").reason()).contains("which is queued for p:release");
  }

  @Test
  void stacksThatAllNameEachOtherAreDecidedQuickly() {
    // Each names all before it: 2^40 ways from the top to the bottom.
    Site site = Site.empty(GateSettings.gate(Window.fixed(64))).capacity(64).tip("m");
    List<String> before = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      site.enqueue("s" + i, before.toArray(String[]::new));
      before.add("s" + i);
    }
    before.forEach(site::merges);
    assertThat(site.fails("s0")).contains("report s0 rejected", "report s39 rejected");
    assertThat(site.gate().isEmpty()).isTrue();
  }

  @Test
  void aChangeCannotDependOnItself() {
    assertThatThrownBy(() -> Site.change("a", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("depends on itself");
  }

  @Test
  void whatStandsOnItsCommitFollowsAChangeBeforeWhatDeclaresIt() {
    Site site = Site.slots(9);
    approved(site, Site.change("c", "a"));
    approved(site, Site.change("d", "a"));
    approved(site, onParent("e", "a"));
    site.on(new Event.Proposed(Site.change("c", "a", "x")));
    site.on(new Event.Proposed(Site.change("c", "a")));
    site.enqueue("a");
    assertThat(site.queued()).containsExactly("a", "e", "c", "d");
  }

  @Test
  void aDependentFurtherBehindLeavesWithItsNeed() {
    Site site = Site.slots(9).enqueueAll("h", "a", "x");
    site.enqueue("b", "a");
    site.mergesAll("h", "a", "x");
    site.fails("a");
    site.passes("h");
    assertThat(site.lands("h"))
        .containsExactly("report h landed", "report a rejected", "report b rejected");
  }

  @Test
  void aDependentFurtherBehindIsBuiltWhenItsNeedIsReleased() {
    Site site = Site.slots(9).enqueueAll("a");
    site.on(new Event.Held(new ChangeId("a"), "later"));
    site.enqueue("x");
    site.enqueue("b", "a");
    site.on(new Event.Released(new ChangeId("a")));
    site.mergesAll("a", "x");
    assertThat(site.merges("b")).containsExactly("start test of b on m+a+x+b");
  }

  @Test
  void aPathIsGivenUpWithTheReasonOfWhatItDependsOn() {
    Site site = Site.slots(9).enqueueAll("h", "a");
    site.enqueue("b", "a");
    site.mergesAll("h", "a", "b");
    site.fails("a");
    assertThat(site.explain("b").lastRestart()).isEqualTo("it depends on a, which is failing");
    Site other = Site.slots(9).enqueueAll("h", "a", "x");
    other.enqueue("b", "a");
    other.mergesAll("h", "a", "x", "b");
    other.on(new Event.Held(new ChangeId("a"), "later"));
    other.on(new Event.Held(new ChangeId("x"), "later"));
    assertThat(other.explain("b").waitsFor()).containsExactly("depends on a, which is held");
  }

  @Test
  void aDependencyThatHasLandedNeedNotBeQueued() {
    Site site = Site.slots(9).enqueueAll("a").mergesAll("a");
    site.passes("a");
    site.lands("a");
    assertThat(site.enqueue("b", "a")).containsExactly("prepare b on m+a");
  }

  @Test
  void whatNobodyQueuedNeedsAnyMoreIsForgotten() {
    Site site = Site.slots(9).enqueueAll("a");
    site.enqueue("b", "a");
    site.dequeue("b");
    site.dequeue("a");
    assertThat(known(site)).isEmpty();
    site.enqueue("b", "a");
    assertThat(site.ended()).endsWith("b rejected");
    assertThat(known(site)).as("what was refused").isEmpty();
  }

  @Test
  void theApprovalOfAChangeThatLeftIsNotForALaterTime() {
    Site site = Site.slots(9).enqueueAll("a");
    site.on(new Event.Proposed(Site.change("b", "a")));
    site.dequeue("a");
    assertThat(site.enqueue("b", "a")).containsExactly("report b rejected");
    assertThat(site.end("b").reason())
        .isEqualTo("it depends on a, which has not landed and is not queued");
  }

  private static void approved(Site site, Change change) {
    site.on(new Event.Proposed(change));
    site.on(new Event.Approved(change.id(), false));
  }

  private static Change onParent(String name, String parent) {
    Change plain = Site.change(name, parent);
    return new Change(
        plain.id(),
        plain.target(),
        plain.revision(),
        plain.dependsOn(),
        plain.title(),
        Map.of(new ChangeId(parent), new Revision(parent)),
        "",
        Set.of());
  }

  private static List<ChangeId> known(Site site) {
    return site.gate().rows().stream()
        .filter(Row.Known.class::isInstance)
        .map(row -> ((Row.Known) row).change().id())
        .toList();
  }
}
