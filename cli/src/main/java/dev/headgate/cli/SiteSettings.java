package dev.headgate.cli;

import dev.headgate.config.SiteConfig;
import dev.headgate.gate.Differences;
import dev.headgate.gate.Manager;
import dev.headgate.gate.Pipeline;
import dev.headgate.gate.SharedQueue;
import dev.headgate.gate.Window;
import dev.headgate.model.PipelineName;
import dev.headgate.model.ProjectId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a site file says, in the gate's words. */
final class SiteSettings {
  private SiteSettings() {}

  /** The pipeline without its triggers: a local gate takes in what it is told to, and no more. */
  static Pipeline pipeline(SiteConfig.Pipeline written) {
    return new Pipeline(
        new PipelineName(written.name()),
        manager(written.manager()),
        Set.of(),
        window(written.window()),
        written.failFast(),
        written.supersedes().stream().map(PipelineName::new).collect(Collectors.toSet()),
        written.keepsOldRevisions(),
        written.ignoresDependencies(),
        written.disableAfter(),
        written.precedence(),
        Set.copyOf(written.requires()),
        Set.copyOf(written.rejects()),
        written.projects().map(SiteSettings::projects));
  }

  private static Manager manager(String code) {
    for (Manager manager : Manager.values()) {
      if (manager.code().equals(code)) {
        return manager;
      }
    }
    throw new IllegalArgumentException("no manager has the code '" + code + "'");
  }

  static Window window(SiteConfig.Window written) {
    return new Window(
        written.start(),
        written.floor(),
        written.ceiling(),
        pace(written.grow()),
        pace(written.shrink()));
  }

  private static Window.Pace pace(SiteConfig.Pace written) {
    for (Window.Pace.Kind kind : Window.Pace.Kind.values()) {
      if (kind.code().equals(written.kind())) {
        return new Window.Pace(kind, written.by());
      }
    }
    throw new IllegalArgumentException("no window changes '" + written.kind() + "'");
  }

  static SharedQueue queue(SiteConfig.Queue written) {
    return new SharedQueue(
        written.name(),
        projects(written.projects()),
        written.circular(),
        written.perBranch(),
        written.byTopic());
  }

  private static Set<ProjectId> projects(List<String> names) {
    return names.stream().map(ProjectId::new).collect(Collectors.toSet());
  }

  static Differences differences(SiteConfig written) {
    Map<String, Boolean> set = written.differences();
    Differences usual = Differences.HEADGATE;
    return new Differences(
        set.getOrDefault("lands-without-jobs", usual.landsWithoutJobs()),
        set.getOrDefault("skipped-voting-jobs-block", usual.skippedVotingJobsBlock()),
        set.getOrDefault("soft-needs-survive-failure", usual.softNeedsSurviveFailure()),
        set.getOrDefault("shrinks-for-failed-jobs-only", usual.shrinksForFailedJobsOnly()),
        set.getOrDefault("rebuilds-when-tip-moves", usual.rebuildsWhenTipMoves()),
        set.getOrDefault("reports-in-order", usual.reportsInOrder()),
        set.getOrDefault("reuses-verdicts", usual.reusesVerdicts()),
        set.getOrDefault("reports-every-refusal", usual.reportsEveryRefusal()),
        set.getOrDefault("reports-moves", usual.reportsMoves()),
        set.getOrDefault("keeps-empty-windows", usual.keepsEmptyWindows()));
  }
}
