package dev.headgate.sim.scenario;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import dev.headgate.model.BranchRef;
import dev.headgate.model.Change;
import dev.headgate.model.ChangeId;
import dev.headgate.model.Content;
import dev.headgate.model.Job;
import dev.headgate.model.JobGraph;
import dev.headgate.model.JobName;
import dev.headgate.model.Need;
import dev.headgate.model.PipelineName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Answers the gate's requests to merge an item and to say which jobs it has. */
final class Preparation {
  private final World world;
  private final Setup setup;

  Preparation(World world, Setup setup) {
    this.world = world;
    this.setup = setup;
  }

  /** Some jobs cannot be used as they are defined. */
  private static final class BrokenException extends Exception {
    private static final long serialVersionUID = 1L;

    BrokenException(String message) {
      super(message);
    }
  }

  /** What answers the request. */
  Event answer(Effect.Prepare request) {
    Map<BranchRef, Content> contents = new TreeMap<>(request.base());
    Map<ChangeId, Optional<JobLists>> before = new LinkedHashMap<>();
    List<Change> all = new ArrayList<>(request.carried());
    all.addAll(request.changes());
    for (Change change : all) {
      Content base = content(contents, change.target());
      before.put(change.id(), world.jobsIn(base));
      switch (world.merge(base, world.revision(Mark.of(change)))) {
        case World.Merge.Conflict(String detail) -> {
          return new Event.Conflicted(request.preparation(), detail);
        }
        case World.Merge.Clean(Content merged) -> contents.put(change.target(), merged);
      }
    }
    try {
      return prepared(request, contents, before);
    } catch (BrokenException e) {
      return new Event.ConfigBroken(
          request.preparation(), Objects.requireNonNullElse(e.getMessage(), ""));
    }
  }

  private Event prepared(
      Effect.Prepare request,
      Map<BranchRef, Content> contents,
      Map<ChangeId, Optional<JobLists>> before)
      throws BrokenException {
    Map<BranchRef, Content> own = new TreeMap<>();
    Map<ChangeId, JobGraph> jobs = new LinkedHashMap<>();
    for (Change change : request.changes()) {
      Content content = content(contents, change.target());
      own.put(change.target(), content);
      Optional<JobLists> former =
          Objects.requireNonNullElse(before.get(change.id()), Optional.<JobLists>empty());
      jobs.put(change.id(), graph(request.pipeline(), change, content, former));
    }
    return new Event.Prepared(request.preparation(), own, jobs);
  }

  private Content content(Map<BranchRef, Content> contents, BranchRef branch) {
    Content content = contents.get(branch);
    return content == null ? world.tip(branch) : content;
  }

  /** The jobs of one change of the item. */
  private JobGraph graph(
      PipelineName pipeline, Change change, Content content, Optional<JobLists> before)
      throws BrokenException {
    Proposal proposal = world.revision(Mark.of(change));
    String project = change.target().project().value();
    List<PlannedJob> jobs = jobs(project, pipeline, world.jobsIn(content));
    List<PlannedJob> former =
        before.filter(JobLists::broken).isPresent() ? List.of() : jobs(project, pipeline, before);
    Set<JobName> run = new LinkedHashSet<>();
    for (PlannedJob job : jobs) {
      boolean redefined = proposal.redefines().isPresent() && !former.contains(job);
      if (redefined || job.runsFor(proposal.paths())) {
        run.add(job.job().name());
      }
    }
    addNeeded(jobs, run);
    return graph(jobs.stream().filter(job -> run.contains(job.job().name())).toList());
  }

  /** A job that another one needs runs whatever its file matchers say. */
  private static void addNeeded(List<PlannedJob> jobs, Set<JobName> run) {
    Map<JobName, PlannedJob> byName = new LinkedHashMap<>();
    jobs.forEach(job -> byName.put(job.job().name(), job));
    Deque<JobName> open = new ArrayDeque<>(run);
    while (!open.isEmpty()) {
      PlannedJob job = byName.get(open.remove());
      if (job != null) {
        for (Need need : job.job().needs()) {
          if (need.hard() && byName.containsKey(need.job()) && run.add(need.job())) {
            open.add(need.job());
          }
        }
      }
    }
  }

  private List<PlannedJob> jobs(String project, PipelineName pipeline, Optional<JobLists> redefined)
      throws BrokenException {
    if (redefined.isEmpty() || !setup.inRepository().contains(project)) {
      return setup.jobs(project, pipeline).orElse(List.of());
    }
    if (redefined.get().broken()) {
      throw new BrokenException("the configuration of " + project + " cannot be used");
    }
    return redefined.get().of(pipeline).orElse(List.of());
  }

  private static JobGraph graph(List<PlannedJob> kept) throws BrokenException {
    Set<JobName> names = new LinkedHashSet<>();
    kept.forEach(job -> names.add(job.job().name()));
    List<Job> jobs = new ArrayList<>();
    for (PlannedJob planned : kept) {
      List<Need> needs = new ArrayList<>();
      for (Need need : planned.job().needs()) {
        if (names.contains(need.job())) {
          needs.add(need);
        } else if (need.hard()) {
          throw new BrokenException(
              "job " + planned.job().name() + " needs " + need.job() + ", which does not run");
        }
      }
      jobs.add(planned.job().withNeeds(needs));
    }
    try {
      return new JobGraph(jobs);
    } catch (IllegalArgumentException e) {
      throw new BrokenException(Objects.requireNonNullElse(e.getMessage(), "no job graph"));
    }
  }
}
