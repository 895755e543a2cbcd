package dev.headgate.gate;

import static dev.headgate.gate.PipelineDraft.gate;
import static dev.headgate.gate.PipelineDraft.of;
import static dev.headgate.gate.PipelineDraft.queue;
import static dev.headgate.gate.PipelineDraft.site;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import dev.headgate.model.PipelineName;
import dev.headgate.model.ProjectId;
import dev.headgate.model.Revision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Changes that depend on each other, or share a topic, and are one item therefore. */
final class CircleTests {
  private static final PipelineName CHECK = new PipelineName("check");
  private static final BranchRef RELEASE = new BranchRef(Site.MAIN.project(), "release");

  @Test
  void aQueueThatAllowsNoCirclesNamesThoseOfTheCircle() {
    Site site = Site.slots(9);
    site.on(new Event.Proposed(Site.change("a", "b")));
    site.on(new Event.Approved(new ChangeId("a"), false));
    assertThat(site.on(new Event.Enqueued(Site.change("b", "a"))))
        .containsExactly("report b rejected");
    assertThat(site.end("b").reason())
        .isEqualTo(
            "it is in a circle of dependencies (a, b), and the queue of p does not allow them");
  }

  @Test
  void askingForOneOfACircleAgainChangesNothing() {
    Site site = circle();
    assertThat(site.on(new Event.Enqueued(Site.change("a", "b")))).isEmpty();
    assertThat(site.on(new Event.Enqueued(Site.change("b", "a")))).isEmpty();
    assertThat(site.gate().queues().getFirst().items()).hasSize(1);
  }

  @Test
  void aNewerRevisionOfOneThatIsAskedForReplacesTheWholeCircleOnce() {
    Site site = circle();
    assertThat(site.on(new Event.Enqueued(Site.change(Site.MAIN, "a", "a2", "b"))))
        .filteredOn(effect -> effect.startsWith("report"))
        .hasSize(1);
    assertThat(revisions(site)).containsExactly("b", "a2");
    assertThat(site.end("a").reason())
        .isEqualTo("of a, which lands together with it: replaced by revision a2");
  }

  @Test
  void anotherRevisionOfOneTakesTheWholeCircleOutAndNoneEntersWithTheOlder() {
    Site site = circle();
    site.on(new Event.RevisionChanged(new ChangeId("a"), new Revision("a2")));
    assertThat(site.queued()).isEmpty();
  }

  @Test
  void whatCanDoWithoutTheOlderRevisionEntersAgain() {
    Site site =
        Site.empty(
            site(
                List.of(queue("p", true, false, "p")),
                of("check", Manager.INDEPENDENT, Trigger.PROPOSED)));
    site.capacity(9).tip("m");
    site.on(new Event.Proposed(Site.change("a", "b")));
    site.on(new Event.Proposed(Site.change("b", "a")));
    assertThat(site.preparation("a").changes()).hasSize(2);
    site.on(new Event.Proposed(Site.change(Site.MAIN, "a", "a2")));
    assertThat(site.preparation("b").changes()).extracting(Change::id).containsExactly(id("b"));
    assertThat(site.preparation("b").carried())
        .extracting(change -> change.revision().value())
        .containsExactly("a2");
  }

  @Test
  void nothingIsTestedOnACircleThatIsNotAllowed() {
    Site site = Site.empty(site(of("check", Manager.INDEPENDENT))).capacity(9).tip("m");
    site.on(new Event.Proposed(Site.change("a", "b")));
    site.on(new Event.Proposed(Site.change("b", "a")));
    assertThat(site.on(new Event.Enqueued(CHECK, Site.change("c", "a"), true, 0)))
        .containsExactly("report a rejected", "report c rejected");
    assertThat(site.end("a").reason())
        .isEqualTo("it is in a circle of dependencies (a, b), and its queue does not allow them");
    assertThat(site.end("c").reason())
        .isEqualTo("it depends on a, which is in a circle of dependencies");
  }

  @Test
  void whatStandsOnACommitOfTheCircleComesBehindItAndNothingElseComesIn() {
    Site site = Site.empty(site(List.of(queue("p", true, false, "p")), gate()));
    site.capacity(9).tip("m");
    site.enqueue("o");
    site.on(new Event.Proposed(onParents("z", List.of("y", "o"), "y", "o")));
    site.on(new Event.Proposed(onParents("y", List.of("x"), "x")));
    site.on(new Event.Approved(id("z"), false));
    site.on(new Event.Approved(id("y"), false));
    site.on(new Event.Enqueued(Site.change("x", "z")));
    assertThat(revisions(site)).containsExactly("o", "x", "y", "z");
  }

  @Test
  void anEqualJobOfACircleRunsOnceAndNeedsTheJobsOfAllItsChanges() {
    Site site = circle();
    JobGraph one = Site.graph(Site.job("build"), Site.job("test", Site.hard("build")));
    Job other = Site.job("build", true, 2, 0);
    JobGraph two = Site.graph(other, Site.job("test", Site.hard("build")));
    String first = site.gate().queues().getFirst().items().getFirst().changes().getFirst().value();
    site.mergesTogether(first, one, two);
    assertThat(site.builds()).containsExactlyInAnyOrder("a/build starting", "b/build starting");
    assertThat(site.passes("a", "build")).isEmpty();
    assertThat(site.passes("b", "build")).hasSize(1).first().asString().startsWith("start test");
    site.passes("b", "test");
    site.lands(first);
    assertThat(site.end(first).jobs())
        .extracting(end -> end.job() + " of " + end.change())
        .containsExactlyInAnyOrder("build of a", "build of b", "test of b");
  }

  @Test
  void aLandingInPartSaysWhatLandedAndTheRestIsFree() {
    Site site =
        Site.empty(
            site(
                List.of(queue("all", true, false, "p")),
                gate(),
                of("post", Manager.INDEPENDENT, Trigger.MERGED)));
    site.capacity(9).tip("m");
    site.on(new Event.TipMoved(RELEASE, new Content("r")));
    site.on(new Event.Proposed(Site.change(RELEASE, "a", "a", "b")));
    site.on(new Event.Approved(id("a"), false));
    site.on(new Event.Enqueued(Site.change("b", "a")));
    String first = site.gate().queues().getFirst().items().getFirst().changes().getFirst().value();
    site.mergesTogether(first, JobGraph.EMPTY, JobGraph.EMPTY);
    Effect.Land open = site.landing(first);
    assertThat(
            site.on(
                new Event.LandRefused(
                    open.item(),
                    Map.of(Site.MAIN, new Content("m"), RELEASE, new Content("r+a")),
                    "main could not be moved",
                    Set.of(id("a")))))
        .containsExactly("report " + first + " rejected", "prepare a on r+a");
    assertThat(site.end(first).reason())
        .isEqualTo("it passed, but only a landed: main could not be moved");
    assertThat(site.end(first).cause()).isEqualTo(ItemEnd.Cause.IN_PART);
    assertThat(site.preparation("a").pipeline()).isEqualTo(new PipelineName("post"));
    assertThat(site.on(new Event.Enqueued(Site.change("b", "a"))))
        .as("what it needs has landed")
        .containsExactly("prepare b on m");
  }

  @Test
  void aCircleIsNotOneItemWhereDependenciesCountForNothing() {
    for (PipelineDraft draft :
        List.of(
            of("check", Manager.SUPERCEDENT),
            of("check", Manager.INDEPENDENT).ignoresDependencies())) {
      Site site = Site.empty(site(List.of(queue("p", true, false, "p")), draft));
      site.capacity(9).tip("m");
      site.on(new Event.Proposed(Site.change("a", "b")));
      site.on(new Event.Enqueued(CHECK, Site.change("b", "a"), true, 0));
      assertThat(site.preparation("b").changes()).extracting(Change::id).containsExactly(id("b"));
      assertThat(site.gate().explain(id("a"))).isEmpty();
    }
  }

  // Topics.

  @Test
  void changesOfATopicLandTogetherInTheOrderTheyBecameKnown() {
    Site site = topics();
    propose(site, "z", "x");
    propose(site, "x", "x");
    site.on(new Event.Enqueued(topical("y", "x")));
    assertThat(revisions(site)).hasSize(3);
    assertThat(site.gate().queues().getFirst().items()).hasSize(1);
    assertThat(revisions(site)).containsExactly("x", "z", "y");
  }

  @Test
  void aTopicJoinsNothingInAQueueThatDoesNotSaySo() {
    for (GateSettings settings :
        List.of(site(gate()), site(List.of(queue("p", true, false, "p")), gate()))) {
      Site site = Site.empty(settings).capacity(9).tip("m");
      propose(site, "a", "t");
      site.on(new Event.Enqueued(topical("b", "t")));
      assertThat(site.queued()).containsExactly("b");
    }
  }

  @Test
  void aChangeOfTheTopicThatWasGivenUpHoldsNobody() {
    Site site = topics();
    propose(site, "a", "t");
    site.on(new Event.Abandoned(id("a")));
    site.on(new Event.Enqueued(topical("b", "t")));
    assertThat(site.queued()).containsExactly("b");
  }

  @Test
  void aChangeThatHasLeftATopicHoldsNobody() {
    Site site = topics();
    propose(site, "a", "t");
    site.on(new Event.Proposed(topical("a", "u")));
    site.on(new Event.Enqueued(topical("b", "t")));
    assertThat(site.queued()).containsExactly("b");
  }

  @Test
  void aNewChangeOfATopicTakesOutWhatIsQueuedWithoutIt() {
    Site site = topics();
    site.on(new Event.Enqueued(topical("b", "t")));
    assertThat(site.on(new Event.Proposed(topical("c", "t")))).containsExactly("report b rejected");
    assertThat(site.end("b").cause()).isEqualTo(ItemEnd.Cause.DEPENDENCY);
  }

  @Test
  void aChangeThatTakesATopicJoinsWhatIsQueuedWithIt() {
    Site site = topics();
    propose(site, "a", "");
    site.on(new Event.Enqueued(topical("b", "t")));
    assertThat(site.on(new Event.Proposed(topical("a", "t")))).contains("report b withdrawn");
    assertThat(site.explain("a").with()).containsExactly(id("b"));
  }

  @Test
  void aRevisionThatTakesATopicWhileTheFormerLandsStaysOutWithWhatIsQueuedWithIt() {
    PipelineDraft gate = approved().keepsOldRevisions();
    Site site = Site.empty(site(List.of(queue("p", true, true, "p")), gate)).capacity(9).tip("m");
    site.enqueueAll("b", "a").mergesAll("b", "a");
    site.on(new Event.Proposed(topical("a", "t")));
    assertThat(site.passes("b")).containsExactly("land b: m to m+b");
    site.on(new Event.Proposed(onTopic(Site.change(Site.MAIN, "b", "b2"), "t")));
    assertThat(site.on(new Event.Approved(id("b"), true))).isEmpty();
    assertThat(site.queued()).containsExactly("b", "a");
    assertThat(site.lands("b")).contains("report b landed");
  }

  @Test
  void whatIsCarriedNeverHoldsTheChangeThatCarriesIt() {
    BranchRef lake = new BranchRef(new ProjectId("lake"), "main");
    Site site =
        Site.empty(site(List.of(queue("p", true, true, "p")), of("check", Manager.INDEPENDENT)));
    site.on(new Event.TipMoved(lake, new Content("l")));
    site.on(new Event.Proposed(topical("b", "t")));
    site.on(new Event.Proposed(topical("c", "t", "a")));
    site.on(new Event.Enqueued(CHECK, Site.change(lake, "a", "a", "b"), true, 0));
    assertThat(site.preparation("a").carried())
        .extracting(Change::id)
        .containsExactly(id("c"), id("b"));
  }

  private static Site circle() {
    Site site = Site.empty(site(List.of(queue("p", true, false, "p")), approved()));
    site.capacity(9).tip("m");
    site.on(new Event.Proposed(Site.change("a", "b")));
    site.on(new Event.Approved(id("a"), false));
    site.on(new Event.Enqueued(Site.change("b", "a")));
    assertThat(site.gate().queues().getFirst().items()).hasSize(1);
    return site;
  }

  private static Site topics() {
    return Site.empty(site(List.of(queue("p", true, true, "p")), approved())).capacity(9).tip("m");
  }

  /** Approvals bring changes in, so that one that leaves stays approved. */
  private static PipelineDraft approved() {
    return of("gate", Manager.DEPENDENT, Trigger.APPROVAL);
  }

  private static void propose(Site site, String name, String topic) {
    site.on(new Event.Proposed(topical(name, topic)));
    site.on(new Event.Approved(id(name), false));
  }

  private static Change topical(String name, String topic, String... dependsOn) {
    return onTopic(Site.change(name, dependsOn), topic);
  }

  private static Change onTopic(Change plain, String topic) {
    return new Change(
        plain.id(),
        plain.target(),
        plain.revision(),
        plain.dependsOn(),
        "",
        Map.of(),
        topic,
        Set.of());
  }

  private static Change onParents(String name, List<String> parents, String... dependsOn) {
    Change plain = Site.change(name, dependsOn);
    Map<ChangeId, Revision> commits = new LinkedHashMap<>();
    parents.forEach(parent -> commits.put(id(parent), new Revision(parent)));
    return new Change(
        plain.id(), plain.target(), plain.revision(), plain.dependsOn(), "", commits, "", Set.of());
  }

  /** The revisions of all changes in queues, in their order. */
  private static List<String> revisions(Site site) {
    List<String> found = new ArrayList<>();
    for (QueueView view : site.gate().queues()) {
      for (QueueView.Entry entry : view.items()) {
        for (Row row : site.gate().rows()) {
          if (row instanceof Row.Item item && item.id().equals(entry.item())) {
            item.changes().forEach(change -> found.add(change.revision().value()));
          }
        }
      }
    }
    return found;
  }

  private static ChangeId id(String name) {
    return new ChangeId(name);
  }
}
