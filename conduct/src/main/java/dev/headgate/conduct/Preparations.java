package dev.headgate.conduct;

import dev.headgate.config.Parsed;
import dev.headgate.config.Problem;
import dev.headgate.config.RepositoryConfig;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.ChangeId;
import dev.headgate.model.JobGraph;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Turns the outcome of a preparation into an event: the jobs are read from the very contents that
 * are to be tested.
 */
final class Preparations implements Workspaces.Outcomes {
  private final Effect.Prepare effect;
  private final boolean lands;
  private final Answers answers;

  /**
   * Prepares for one effect.
   *
   * @param lands whether the effect's pipeline lands what passes
   */
  Preparations(Effect.Prepare effect, boolean lands, Answers answers) {
    this.effect = effect;
    this.lands = lands;
    this.answers = answers;
  }

  @Override
  public void merge(Workspaces.Merge merge) {
    answers.answer(
        switch (merge) {
          case Workspaces.Merge.Conflict conflict ->
              new Event.Conflicted(effect.preparation(), conflict.detail());
          case Workspaces.Merge.Merged merged -> prepared(merged);
        });
  }

  @Override
  public void failed(EnvironmentException problem) {
    answers.failed(problem);
  }

  @Override
  public void crashed(Throwable bug) {
    answers.crashed(bug);
  }

  private Event prepared(Workspaces.Merge.Merged merged) {
    boolean contained = lands && effect.base().entrySet().containsAll(merged.contents().entrySet());
    Map<ChangeId, JobGraph> jobs = new LinkedHashMap<>();
    for (Workspaces.MergedChange change : merged.changes()) {
      if (contained) {
        // The base holds the change already, and what the base's own builds say holds for it.
        jobs.put(change.change(), JobGraph.EMPTY);
        continue;
      }
      if (change.configuration().isEmpty()) {
        return broken(
            change,
            "there is no "
                + RepositoryConfig.FILE_NAME
                + " in it; `headgate init` writes one for the common build tools");
      }
      switch (RepositoryConfig.parse(RepositoryConfig.FILE_NAME, change.configuration().get())) {
        case Parsed.Valid valid ->
            jobs.put(
                change.change(),
                valid.config().graph(effect.pipeline().value()).matching(change.changedFiles()));
        case Parsed.Invalid invalid -> {
          return broken(
              change,
              invalid.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
      }
    }
    return new Event.Prepared(effect.preparation(), merged.contents(), jobs);
  }

  /** Of several changes, the one whose file is broken is named. */
  private Event broken(Workspaces.MergedChange change, String why) {
    String whose = effect.changes().size() == 1 ? "" : change.change() + ": ";
    return new Event.ConfigBroken(effect.preparation(), whose + why);
  }
}
