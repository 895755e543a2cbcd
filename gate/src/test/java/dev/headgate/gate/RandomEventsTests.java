package dev.headgate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.model.BuildId;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.ItemId;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.PipelineName;
import dev.headgate.model.PreparationId;
import dev.headgate.model.Revision;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
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
    Site site = Site.empty(GateSettings.gate(Window.fixed(1 + random.nextInt(6))));
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

  /** The tables in the architecture page are what happens, all of it and nothing else. */
  @Test
  void theTablesOfTransitionsAreComplete() throws IOException {
    Set<String> seen = new TreeSet<>();
    for (long seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      Site site = Site.empty(GateSettings.gate(Window.fixed(1 + random.nextInt(6))));
      for (int i = 0; i < EVENTS; i++) {
        site.on(event(random, site));
      }
      seen.addAll(site.transitions());
    }
    Pattern line = Pattern.compile("^\\| (item|build) \\| (\\w+) \\| (\\w+) \\|.*");
    Set<String> written = new TreeSet<>();
    for (String text : Files.readAllLines(Path.of("../docs/architecture/gate.md"))) {
      Matcher row = line.matcher(text);
      if (row.matches()) {
        written.add(row.group(1) + " " + row.group(2) + " -> " + row.group(3));
      }
    }
    assertThat(seen).isEqualTo(written);
  }

  private Event event(Random random, Site site) {
    ChangeId name = new ChangeId("c" + random.nextInt(NAMES));
    Content tip = new Content("t" + random.nextInt(3));
    return switch (random.nextInt(18)) {
      case 0, 1, 2 -> enqueued(random, site, name);
      case 3 -> new Event.Dequeued(name, "asked for");
      case 4 -> new Event.RevisionChanged(name, revision(random));
      case 5 ->
          random.nextInt(3) == 0 ? new Event.TipMoved(Site.MAIN, tip) : new Event.Abandoned(name);
      case 6 -> new Event.CapacityChanged(random.nextInt(6));
      case 7, 8, 9, 10 -> preparation(random, site);
      case 11, 12, 13, 14 -> build(random, site);
      case 15 -> operator(random, name);
      default -> landing(random, site, tip);
    };
  }

  private static Event operator(Random random, ChangeId name) {
    return switch (random.nextInt(9)) {
      case 6 -> new Event.EstimateChanged(name, random.nextInt(11) / 10.0);
      case 7 -> new Event.TargetsKnown(name, Set.of("t" + random.nextInt(2)));
      case 8 -> new Event.FlakinessKnown(new JobName("x"), random.nextInt(11) / 10.0);
      case 0 -> new Event.Held(name, "a person looks at it");
      case 1 -> new Event.Released(name);
      case 2 -> new Event.Frozen(Site.MAIN, "a release");
      case 3 -> new Event.Thawed(Site.MAIN);
      default ->
          new Event.Promoted(
              PipelineName.GATE, List.of(name, new ChangeId("c" + random.nextInt(NAMES))));
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
        Map<ChangeId, JobGraph> all = new HashMap<>();
        for (int i = 0; i < NAMES; i++) {
          all.put(new ChangeId("c" + i), graph);
        }
        yield new Event.Prepared(
            id, Map.of(Site.MAIN, new Content("p" + id + "x" + graph.jobs().size())), all);
      }
    };
  }

  /** One of the last few ids, which are the ones that may matter, or the next to come. */
  private static long recent(Random random, int newest) {
    return Math.max(1, newest + 1 - random.nextInt(7));
  }

  private static Event build(Random random, Site site) {
    List<BuildId> active =
        site.gate().rows().stream()
            .filter(row -> row instanceof Row.Build build && build.state() != BuildState.ENDED)
            .map(row -> ((Row.Build) row).id())
            .toList();
    BuildId id =
        active.isEmpty() || random.nextInt(4) == 0
            ? new BuildId(recent(random, site.buildsStarted()))
            : active.get(random.nextInt(active.size()));
    return switch (random.nextInt(10)) {
      case 0, 8 -> new Event.BuildStarted(id);
      case 1, 9 ->
          switch (random.nextInt(4)) {
            case 0 -> new Event.BuildPaused(id, Optional.empty());
            case 1 -> new Event.Evidence(id, "a test failed");
            default -> new Event.BuildLost(id, "gone");
          };
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
        ? new Event.LandRefused(id, Map.of(Site.MAIN, tip), "moved", Set.of())
        : new Event.Landed(id, Map.of(Site.MAIN, tip));
  }
}
