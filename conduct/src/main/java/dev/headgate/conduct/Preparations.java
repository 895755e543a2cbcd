package dev.headgate.conduct;

import dev.headgate.config.Parsed;
import dev.headgate.config.Problem;
import dev.headgate.config.RepositoryConfig;
import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.JobGraph;
import java.util.stream.Collectors;

/**
 * Turns the outcome of a merge into an event: the jobs are read from the very content that is to be
 * tested.
 */
final class Preparations implements Workspaces.Outcomes {
  /** The pipeline whose jobs decide over landing. */
  private static final String PIPELINE = "gate";

  private final Effect.Prepare effect;
  private final Answers answers;

  Preparations(Effect.Prepare effect, Answers answers) {
    this.effect = effect;
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
    if (merged.content().equals(effect.base())) {
      // The base holds the change already, and what the base's own builds say holds for it.
      return prepared(merged, JobGraph.EMPTY);
    }
    if (merged.configuration().isEmpty()) {
      return broken(
          "there is no "
              + RepositoryConfig.FILE_NAME
              + " in it; `headgate init` writes one for the common build tools");
    }
    return switch (RepositoryConfig.parse(
        RepositoryConfig.FILE_NAME, merged.configuration().get())) {
      case Parsed.Valid valid -> prepared(merged, valid.config().graph(PIPELINE));
      case Parsed.Invalid invalid ->
          broken(
              invalid.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")));
    };
  }

  private Event prepared(Workspaces.Merge.Merged merged, JobGraph jobs) {
    return new Event.Prepared(effect.preparation(), merged.content(), jobs, merged.changedFiles());
  }

  private Event broken(String why) {
    return new Event.ConfigBroken(effect.preparation(), why);
  }
}
