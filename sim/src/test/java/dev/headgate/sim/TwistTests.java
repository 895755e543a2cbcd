package dev.headgate.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.conduct.Answers;
import dev.headgate.conduct.Branches;
import dev.headgate.conduct.Builds;
import dev.headgate.conduct.EnvironmentException;
import dev.headgate.conduct.Ports;
import dev.headgate.conduct.Reports;
import dev.headgate.conduct.Workspaces;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.Content;
import dev.headgate.model.TestCounts;
import dev.headgate.model.Verdict;
import dev.headgate.store.HistoryEntry;
import dev.headgate.store.SiteStore;
import dev.headgate.store.Snapshot;
import dev.headgate.store.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Each part of the world made wrong on purpose: the invariants must notice, each its own. */
final class TwistTests {
  /** Every twist shows within so many histories. */
  private static final int HISTORIES = 400;

  private static final Reports NOBODY =
      new Reports() {
        @Override
        public void announce(Effect.Announce effect) {}

        @Override
        public void report(Effect.Report effect) {}
      };

  private static Event landed(Effect.Land effect) {
    return new Event.Landed(effect.item(), Map.of(effect.move().branch(), effect.move().content()));
  }

  private static void isNoticed(Twist twist, String... how) {
    Set<String> missing = new LinkedHashSet<>(List.of(how));
    List<String> noticed = new ArrayList<>();
    for (long seed = 0; seed < HISTORIES && !missing.isEmpty(); seed++) {
      Simulation.run(seed, false, twist)
          .broken()
          .ifPresent(message -> {
            String invariant = message.lines().findFirst().orElseThrow();
            missing.removeIf(invariant::contains);
            noticed.add(invariant);
          });
    }
    assertThat(missing).as("what is not noticed, but only %s", noticed).isEmpty();
  }

  private static Twist builds(BiFunction<Builds, World, Builds> twist) {
    return new Twist() {
      @Override
      public Ports ports(Ports honest, World world) {
        return new Ports(
            honest.workspaces(),
            honest.branches(),
            twist.apply(honest.builds(), world),
            honest.reports());
      }
    };
  }

  private static Twist branches(BiFunction<Branches, World, Branches> twist) {
    return new Twist() {
      @Override
      public Ports ports(Ports honest, World world) {
        return new Ports(
            honest.workspaces(),
            twist.apply(honest.branches(), world),
            honest.builds(),
            honest.reports());
      }
    };
  }

  private static Twist workspaces(BiFunction<Workspaces, World, Workspaces> twist) {
    return new Twist() {
      @Override
      public Ports ports(Ports honest, World world) {
        return new Ports(
            twist.apply(honest.workspaces(), world),
            honest.branches(),
            honest.builds(),
            honest.reports());
      }
    };
  }

  private static Twist transactions(UnaryOperator<Transaction> twist) {
    return new Twist() {
      @Override
      public SiteStore store(SiteStore honest, World world) {
        return new TwistedStore(honest, twist);
      }
    };
  }

  @Test
  void aBranchMovedWithoutComparing() {
    isNoticed(
        branches((honest, world) ->
            new Branches() {
              @Override
              public void land(Effect.Land effect, Answers answers) {
                world.land(effect);
                answers.answer(landed(effect));
              }

              @Override
              public void ask(Effect.Ask effect, Answers answers) {
                honest.ask(effect, answers);
              }
            }),
        "which is not built on it");
  }

  @Test
  void aLandingThatIsOnlySaid() {
    isNoticed(
        branches((honest, world) ->
            new Branches() {
              @Override
              public void land(Effect.Land effect, Answers answers) {
                answers.answer(landed(effect));
              }

              @Override
              public void ask(Effect.Ask effect, Answers answers) {
                honest.ask(effect, answers);
              }
            }),
        "is reported as landed and did not");
  }

  @Test
  void aLandingThatIsDoneAndCalledRefused() {
    isNoticed(
        branches((honest, world) ->
            new Branches() {
              @Override
              public void land(Effect.Land effect, Answers answers) {
                if (world
                    .repository
                    .tip(effect.move().branch())
                    .content()
                    .equals(effect.move().expectedTip())) {
                  world.land(effect);
                  answers.answer(
                      new Event.LandRefused(
                          effect.item(),
                          Map.of(effect.move().branch(), effect.move().expectedTip()),
                          "by mistake",
                          Set.of()));
                } else {
                  honest.land(effect, answers);
                }
              }

              @Override
              public void ask(Effect.Ask effect, Answers answers) {
                honest.ask(effect, answers);
              }
            }),
        "is reported as rejected and has landed");
  }

  @Test
  void aFailedBuildThatIsCalledPassed() {
    isNoticed(
        builds((honest, world) ->
            answersOfStarts(
                honest,
                event ->
                    event instanceof Event.BuildEnded ended
                        ? new Event.BuildEnded(
                            ended.build(), new Verdict(Verdict.Kind.PASSED, ""), TestCounts.NONE)
                        : event)),
        "is said to be passed and never was");
  }

  @Test
  void aPassedBuildThatIsCalledFailed() {
    isNoticed(
        builds((honest, world) ->
            answersOfStarts(
                honest,
                event ->
                    event instanceof Event.BuildEnded ended
                        ? new Event.BuildEnded(
                            ended.build(), new Verdict(Verdict.Kind.FAILED, "x"), TestCounts.NONE)
                        : event)),
        "is said to be failed and never was");
  }

  private static Builds answersOfStarts(Builds honest, UnaryOperator<Event> twist) {
    return new Builds() {
      @Override
      public void start(Effect.Start effect, Answers answers) {
        honest.start(
            effect,
            new Answers() {
              @Override
              public void answer(Event event) {
                answers.answer(twist.apply(event));
              }

              @Override
              public void failed(EnvironmentException problem) {
                answers.failed(problem);
              }

              @Override
              public void crashed(Throwable bug) {
                answers.crashed(bug);
              }
            });
      }

      @Override
      public void cancel(Effect.Cancel effect, Answers answers) {
        honest.cancel(effect, answers);
      }

      @Override
      public void resume(Effect.Resume effect, Answers answers) {
        honest.resume(effect, answers);
      }
    };
  }

  @Test
  void aCancelledBuildThatRunsOn() {
    isNoticed(
        builds((honest, world) ->
            new Builds() {
              @Override
              public void start(Effect.Start effect, Answers answers) {
                honest.start(effect, answers);
              }

              @Override
              public void cancel(Effect.Cancel effect, Answers answers) {
                answers.answer(
                    new Event.BuildEnded(
                        effect.build(),
                        new Verdict(Verdict.Kind.NONE, "cancelled"),
                        TestCounts.NONE));
              }

              @Override
              public void resume(Effect.Resume effect, Answers answers) {
                honest.resume(effect, answers);
              }
            }),
        "runs and nobody knows of it");
  }

  @Test
  void aBuildThatIsStartedAgainWhileItRuns() {
    isNoticed(
        builds((honest, world) ->
            new Builds() {
              @Override
              public void start(Effect.Start effect, Answers answers) {
                world.begins(effect);
                world.timeline.inProcess(
                    60_000,
                    () -> {
                      world.ended(effect, new Verdict(Verdict.Kind.PASSED, ""));
                      answers.answer(
                          new Event.BuildEnded(
                              effect.build(),
                              new Verdict(Verdict.Kind.PASSED, ""),
                              TestCounts.NONE));
                    });
              }

              @Override
              public void cancel(Effect.Cancel effect, Answers answers) {
                honest.cancel(effect, answers);
              }

              @Override
              public void resume(Effect.Resume effect, Answers answers) {
                honest.resume(effect, answers);
              }
            }),
        "runs twice");
  }

  @Test
  void aBuildThatNeverEnds() {
    isNoticed(
        builds((honest, world) ->
            new Builds() {
              @Override
              public void start(Effect.Start effect, Answers answers) {
                if (effect.build().value() != 2) {
                  honest.start(effect, answers);
                }
              }

              @Override
              public void cancel(Effect.Cancel effect, Answers answers) {
                honest.cancel(effect, answers);
              }

              @Override
              public void resume(Effect.Resume effect, Answers answers) {
                honest.resume(effect, answers);
              }
            }),
        "it is not decided in time");
  }

  @Test
  void aMergeThatIsCalledImpossible() {
    isNoticed(
        workspaces((honest, world) ->
            (effect, outcomes) -> outcomes.merge(new Workspaces.Merge.Conflict("no"))),
        "is rejected as unbuildable and can be built");
  }

  @Test
  void jobsReadFromTheBaseInsteadOfTheContent() {
    isNoticed(
        workspaces((honest, world) ->
            (effect, outcomes) -> {
              Content base = effect.baseOfChange();
              Tree merged = world.repository.merge(base, effect.change().revision().value());
              if (merged == null) {
                outcomes.merge(new Workspaces.Merge.Conflict("both change the same lines"));
                return;
              }
              String text = world.repository.tree(base).configuration();
              outcomes.merge(
                  new Workspaces.Merge.Merged(
                      Map.of(effect.change().target(), merged.content()),
                      List.of(
                          new Workspaces.MergedChange(
                              effect.change().id(),
                              merged.content().equals(base) ? List.of() : merged.changedFiles(),
                              Optional.of(text).filter(some -> !some.isEmpty())))));
            }),
        "never passed on it");
  }

  @Test
  void aBrokenConfigurationTakenForOneWithoutJobs() {
    String none = "jobs:\n  unit: { run: make unit, files: [\"nothing/**\"] }\n";
    isNoticed(
        workspaces((honest, world) ->
            (effect, outcomes) -> {
              Tree merged =
                  world.repository.merge(effect.baseOfChange(), effect.change().revision().value());
              if (merged == null || world.repository.jobs(merged).isPresent()) {
                honest.prepare(effect, outcomes);
                return;
              }
              outcomes.merge(
                  new Workspaces.Merge.Merged(
                      Map.of(effect.change().target(), merged.content()),
                      List.of(
                          new Workspaces.MergedChange(
                              effect.change().id(), List.of(), Optional.of(none)))));
            }),
        "landed with a broken configuration");
  }

  @Test
  void aMergeOntoTheWrongBase() {
    isNoticed(
        workspaces((honest, world) ->
            (effect, outcomes) ->
                honest.prepare(
                    new Effect.Prepare(
                        effect.preparation(),
                        effect.item(),
                        effect.pipeline(),
                        effect.changes(),
                        effect.carried(),
                        Map.of(
                            effect.change().target(),
                            world.repository.tips(effect.change().target()).getFirst()),
                        effect.assumed()),
                    outcomes)),
        "which is not built on it",
        "which lacks");
  }

  @Test
  void peopleWhoAreNotTold() {
    isNoticed(
        new Twist() {
          @Override
          public Ports ports(Ports honest, World world) {
            return new Ports(honest.workspaces(), honest.branches(), honest.builds(), NOBODY);
          }
        },
        "nobody was told of item");
  }

  @Test
  void aStoreThatLosesRows() {
    isNoticed(
        transactions(honest ->
            new Transaction(
                honest.eventIds(),
                honest.puts().stream().filter(row -> !row.kind().equals("build")).toList(),
                honest.deletes(),
                honest.effects(),
                honest.answered(),
                honest.history())),
        "the store gave back other rows");
  }

  @Test
  void aStoreThatKeepsDeletedRows() {
    isNoticed(
        transactions(honest ->
            new Transaction(
                honest.eventIds(),
                honest.puts(),
                List.of(),
                honest.effects(),
                honest.answered(),
                honest.history())),
        "the store gave back other rows");
  }

  @Test
  void aStoreThatLosesEffects() {
    isNoticed(
        transactions(honest ->
            new Transaction(
                honest.eventIds(),
                honest.puts(),
                honest.deletes(),
                List.of(),
                honest.answered(),
                honest.history())),
        "it is not decided in time");
  }

  @Test
  void aStoreThatKeepsAnsweredEffects() {
    isNoticed(
        transactions(honest ->
            new Transaction(
                honest.eventIds(),
                honest.puts(),
                honest.deletes(),
                honest.effects(),
                List.of(),
                honest.history())),
        "effects are left in the outbox");
  }

  /** An honest store but for what it is given to commit. */
  private record TwistedStore(SiteStore honest, UnaryOperator<Transaction> twist)
      implements SiteStore {
    @Override
    public Snapshot load() {
      return honest.load();
    }

    @Override
    public boolean seen(String eventId) {
      return honest.seen(eventId);
    }

    @Override
    public void commit(Transaction transaction) {
      honest.commit(twist.apply(transaction));
    }

    @Override
    public List<HistoryEntry> history(String subject) {
      return honest.history(subject);
    }

    @Override
    public List<HistoryEntry> recentHistory(int limit) {
      return honest.recentHistory(limit);
    }

    @Override
    public void close() {
      honest.close();
    }
  }
}
