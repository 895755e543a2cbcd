package dev.headgate.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that the jobs of a file, their needs and its pipelines fit together. */
final class GraphChecks {
  private final Map<String, Draft.JobDraft> jobs = new LinkedHashMap<>();
  private final Problems problems;
  private final Problems warnings;

  GraphChecks(List<Draft.JobDraft> jobs, Problems problems, Problems warnings) {
    jobs.forEach(job -> this.jobs.put(job.name().job(), job));
    this.problems = problems;
    this.warnings = warnings;
  }

  void check(List<Draft.PipelineDraft> pipelines) {
    for (Draft.JobDraft job : jobs.values()) {
      checkNeeds(job);
    }
    new Circles(jobs, problems).check();
    for (Draft.PipelineDraft pipeline : pipelines) {
      checkPipeline(pipeline);
    }
    warn(pipelines);
  }

  private void checkNeeds(Draft.JobDraft job) {
    Set<String> seen = new HashSet<>();
    for (Draft.NeedDraft need : job.needs()) {
      Draft.Reference reference = need.job();
      if (!known(reference, "job " + Words.quote(job.name().job()) + " needs")) {
        continue;
      }
      if (!seen.add(reference.job())) {
        problems.add(reference.at(), Words.quote(reference.job()) + " is needed twice", "");
      }
      Draft.JobDraft needed = jobs.get(reference.job());
      if (needed != null && job.voting() && !needed.voting() && !need.soft()) {
        addUntested(job.name().job(), reference);
      }
    }
  }

  private void addUntested(String job, Draft.Reference needed) {
    String name = Words.quote(needed.job());
    problems.add(
        needed.at(),
        "voting job "
            + Words.quote(job)
            + " needs "
            + name
            + ", which does not vote: when "
            + name
            + " fails, a change could land without "
            + Words.quote(job)
            + " having run",
        "let " + name + " vote, or make it a soft need: { job: " + needed.job() + ", soft: true }");
  }

  private boolean known(Draft.Reference reference, String what) {
    if (jobs.containsKey(reference.job())) {
      return true;
    }
    if (!problems.exhausted() && !jobs.isEmpty()) {
      problems.add(
          reference.at(),
          what + " " + Words.quote(reference.job()) + ", which is no job",
          Words.suggest(reference.job(), jobs.keySet(), "the jobs are"));
    }
    return false;
  }

  private void checkPipeline(Draft.PipelineDraft pipeline) {
    String what = "pipeline " + Words.quote(pipeline.name());
    Set<String> listed = new HashSet<>();
    for (Draft.Reference reference : pipeline.jobs()) {
      if (known(reference, what + " lists") && !listed.add(reference.job())) {
        problems.add(reference.at(), Words.quote(reference.job()) + " is listed twice", "");
      }
    }
    for (Draft.Reference reference : pipeline.jobs()) {
      Set<String> missing = missing(reference.job(), listed);
      if (!missing.isEmpty()) {
        problems.add(
            reference.at(),
            what
                + " lists "
                + Words.quote(reference.job())
                + " without what it needs: "
                + Words.list(missing),
            "add it to the list");
      }
    }
  }

  /** What the job needs, and what that needs in turn, as far as the pipeline does not list it. */
  private Set<String> missing(String job, Set<String> listed) {
    Set<String> missing = new LinkedHashSet<>();
    List<String> open = new ArrayList<>(List.of(job));
    while (!open.isEmpty()) {
      Draft.JobDraft next = jobs.get(open.removeLast());
      if (next == null) {
        continue;
      }
      for (Draft.NeedDraft need : next.needs()) {
        String name = need.job().job();
        if (!need.soft() && jobs.containsKey(name) && !listed.contains(name) && missing.add(name)) {
          open.add(name);
        }
      }
    }
    return missing;
  }

  /** Warns of what is allowed and hardly meant. */
  private void warn(List<Draft.PipelineDraft> pipelines) {
    Map<String, Set<String>> runs = new LinkedHashMap<>();
    RepositoryConfig.PIPELINES.stream()
        .filter(name -> !RepositoryConfig.RUN_NONE.contains(name))
        .forEach(name -> runs.put(name, jobs.keySet()));
    for (Draft.PipelineDraft pipeline : pipelines) {
      Set<String> listed = new HashSet<>();
      pipeline.jobs().forEach(job -> listed.add(job.job()));
      runs.put(pipeline.name(), listed);
    }
    for (Draft.JobDraft job : jobs.values()) {
      if (runs.values().stream().noneMatch(listed -> listed.contains(job.name().job()))) {
        warnings.add(
            job.name().at(),
            "no pipeline runs job " + Words.quote(job.name().job()),
            "list it under 'pipelines', or remove it");
      }
    }
    Set<String> gate = runs.getOrDefault("gate", Set.of());
    List<Draft.JobDraft> gated =
        jobs.values().stream().filter(job -> gate.contains(job.name().job())).toList();
    if (!gated.isEmpty() && gated.stream().noneMatch(Draft.JobDraft::voting)) {
      warnings.add(
          gated.getFirst().name().at(),
          "no job of the gate votes: every change lands, whatever its jobs say",
          "let one of them vote");
    }
  }
}
