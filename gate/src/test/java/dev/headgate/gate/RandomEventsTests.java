package dev.headgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.BuildId;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.JobGraph;
import dev.headgate.model.PreparationId;
import dev.headgate.model.Revision;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Any event at any time, sense or nonsense: the machine neither throws nor loses an item, keeps its
 * slots, and is its rows (which {@link Site} checks with each event).
 */
final class RandomEventsTests {
  private static final int EVENTS = 1_500;
  private static final int NAMES = 8;

  private final List<JobGraph> graphs =
      List.of(
          JobGraph.EMPTY,
          Site.ONE_JOB,
          Site.graph(Site.job("x"), Site.job("y", Site.hard("x"))),
          Site.graph(
              Site.nonVoting("x"),
              Site.job("y", true, 2, 1, Site.soft("x")),
              Site.job("z", Site.hard("x"), Site.hard("y"))));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void anyEventAtAnyTime(long seed) {
    Random random = new Random(seed);
    Site site = Site.empty(new GateSettings(1 + random.nextInt(6)));
    for (int i = 0; i < EVENTS; i++) {
      Event event = event(random, site);
      int before = site.gate().queued(Site.MAIN).size();
      List<String> effects = site.on(event);
      int left = (int) effects.stream().filter(effect -> effect.startsWith("report")).count();
      int after = site.gate().queued(Site.MAIN).size();
      int entered = after - before + left;
      assertThat(entered).as("entries by %s", event).isBetween(0, 1);
    }
    assertThat(site.ended())
        .anyMatch(end -> end.endsWith("landed"))
        .anyMatch(end -> end.endsWith("rejected"))
        .anyMatch(end -> end.endsWith("withdrawn"));
  }

  private Event event(Random random, Site site) {
    ChangeId name = new ChangeId("c" + random.nextInt(NAMES));
    Content tip = new Content("t" + random.nextInt(3));
    return switch (random.nextInt(16)) {
      case 0, 1, 2 -> enqueued(random, site, name);
      case 3 -> new Event.Dequeued(name, "asked for");
      case 4 -> new Event.RevisionChanged(name, revision(random));
      case 5 ->
          random.nextInt(3) == 0 ? new Event.TipMoved(Site.MAIN, tip) : new Event.Abandoned(name);
      case 6 -> new Event.CapacityChanged(random.nextInt(6));
      case 7, 8, 9, 10 -> preparation(random, site);
      case 11, 12, 13, 14 -> build(random, site);
      default -> landing(random, site, tip);
    };
  }

  private static Revision revision(Random random) {
    return new Revision("r" + random.nextInt(2));
  }

  private static Event enqueued(Random random, Site site, ChangeId name) {
    List<String> needs = new ArrayList<>();
    for (String queued : site.queued()) {
      if (random.nextInt(5) == 0 && !queued.equals(name.value())) {
        needs.add(queued);
      }
    }
    return new Event.Enqueued(
        Site.change(
            Site.MAIN, name.value(), revision(random).value(), needs.toArray(String[]::new)));
  }

  private Event preparation(Random random, Site site) {
    PreparationId id = new PreparationId(recent(random, site.preparations()));
    return switch (random.nextInt(8)) {
      case 0 -> new Event.Conflicted(id, "a conflict");
      case 1 -> new Event.ConfigBroken(id, "a broken file");
      default -> {
        JobGraph graph = graphs.get(random.nextInt(graphs.size()));
        yield new Event.Prepared(
            id, new Content("p" + id + "x" + graph.jobs().size()), graph, List.of());
      }
    };
  }

  /** One of the last few ids, which are the ones that may matter, or the next to come. */
  private static long recent(Random random, int newest) {
    return Math.max(1, newest + 1 - random.nextInt(7));
  }

  private static Event build(Random random, Site site) {
    BuildId id = new BuildId(recent(random, site.buildsStarted()));
    return switch (random.nextInt(8)) {
      case 0 -> new Event.BuildStarted(id);
      case 1 -> new Event.BuildLost(id, "gone");
      case 2 ->
          new Event.BuildEnded(
              id, new Verdict(Verdict.Kind.FAILED, "exit status 1"), TestCounts.NONE);
      case 3 ->
          new Event.BuildEnded(id, new Verdict(Verdict.Kind.NONE, "cancelled"), TestCounts.NONE);
      default -> new Event.BuildEnded(id, new Verdict(Verdict.Kind.PASSED, ""), TestCounts.NONE);
    };
  }

  private static Event landing(Random random, Site site, Content tip) {
    ItemId id = site.queued().isEmpty() ? new ItemId(1) : site.item(site.queued().getFirst());
    return random.nextInt(4) == 0
        ? new Event.LandRefused(id, tip, "moved")
        : new Event.Landed(id, tip);
  }
}
