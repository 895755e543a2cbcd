package dev.headgate.sim;

import dev.headgate.conduct.Answers;
import dev.headgate.conduct.Builds;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.BuildId;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs builds on invented machines inside the process. */
final class SimulatedBuilds implements Builds {
  private static final int LONGEST_BUILD_MS = 45_000;
  private static final int LONGEST_CANCEL_MS = 3_000;

  private final World world;
  private final Post post;
  private final Map<BuildId, Known> known = new HashMap<>();

  /** A build as this port remembers it; {@code end} is null while it runs. */
  private static final class Known {
    final Effect.@Nullable Start start;
    @Nullable Event end;

    Known(Effect.@Nullable Start start, @Nullable Event end) {
      this.start = start;
      this.end = end;
    }
  }

  SimulatedBuilds(World world, Post post) {
    this.world = world;
    this.post = post;
  }

  @Override
  public void start(Effect.Start effect, Answers answers) {
    Known build = known.get(effect.build());
    if (build != null) {
      world.tally.count(Happening.EFFECT_CARRIED_OUT_AGAIN);
      post.send(answers, build.end != null ? build.end : new Event.BuildStarted(effect.build()));
      return;
    }
    Known begun = new Known(effect, null);
    known.put(effect.build(), begun);
    world.begins(effect);
    world.timeline.inProcess(
        world.dice.between(1, LONGEST_BUILD_MS), () -> end(begun, effect, answers));
    post.send(answers, new Event.BuildStarted(effect.build()));
  }

  private void end(Known build, Effect.Start start, Answers answers) {
    if (build.end == null) {
      Event end = outcome(start);
      build.end = end;
      post.send(answers, end);
    }
  }

  private Event outcome(Effect.Start start) {
    if (world.goesWrong(0.5)) {
      world.tally.count(Happening.BUILD_LOST);
      world.ended(start, new Verdict(Verdict.Kind.ENVIRONMENT, "its machine is gone"));
      return new Event.BuildLost(start.build(), "its machine is gone");
    }
    Verdict verdict = world.goesWrong(1) ? fault() : judged(start);
    world.ended(start, verdict);
    return new Event.BuildEnded(start.build(), verdict, TestCounts.NONE);
  }

  private Verdict fault() {
    world.tally.count(Happening.BUILD_FAULTED);
    return new Verdict(Verdict.Kind.ENVIRONMENT, "the disk is full");
  }

  private Verdict judged(Effect.Start start) {
    Tree tree = world.repository.tree(start.content());
    return switch (world.repository.truth(tree, start.job().name().value(), start.attempt())) {
      case GOOD -> new Verdict(Verdict.Kind.PASSED, "");
      case BROKEN -> new Verdict(Verdict.Kind.FAILED, "exit status 1");
      case CLASHING -> {
        world.tally.count(Happening.BUILD_FAILED_FOR_TWO_CHANGES_TOGETHER);
        yield new Verdict(Verdict.Kind.FAILED, "2 tests failed");
      }
      case FLAKY -> {
        world.tally.count(Happening.BUILD_FLAKED);
        yield new Verdict(Verdict.Kind.FAILED, "1 test failed");
      }
    };
  }

  @Override
  public void cancel(Effect.Cancel effect, Answers answers) {
    Known build =
        known.computeIfAbsent(effect.build(), id -> new Known(null, cancelled(effect.build())));
    world.timeline.inProcess(
        world.dice.between(0, LONGEST_CANCEL_MS),
        () -> {
          if (build.end == null && build.start != null) {
            world.ended(build.start, new Verdict(Verdict.Kind.NONE, "cancelled"));
            build.end = cancelled(effect.build());
          }
          if (build.end != null) {
            post.send(answers, build.end);
          }
        });
  }

  /** No invented build ever pauses. */
  @Override
  public void resume(Effect.Resume effect, Answers answers) {
    throw new IllegalStateException("build " + effect.build() + " never paused");
  }

  private static Event cancelled(BuildId build) {
    return new Event.BuildEnded(
        build, new Verdict(Verdict.Kind.NONE, "cancelled"), TestCounts.NONE);
  }

  /** The process died. What ran is gone; what had ended is remembered if that was on disk. */
  void processDied(boolean remembered) {
    known.values().removeIf(build -> build.end == null || !remembered);
  }
}
