package dev.headgate.sim.machine;

import dev.headgate.gate.GateSettings;
import dev.headgate.model.BranchRef;
import dev.headgate.model.JobGraph;
import dev.headgate.model.ProjectId;
import java.util.List;

/**
 * All that is fixed before a history begins.
 *
 * @param settings how the site is set up at first, then how it may be set up later
 * @param proposals the changes that may come to exist
 * @param graphs the jobs that a merge may find
 */
record Setup(
    long seed,
    List<GateSettings> settings,
    List<ProjectId> projects,
    List<BranchRef> branches,
    List<Proposal> proposals,
    List<JobGraph> graphs) {
  Setup {
    settings = List.copyOf(settings);
    projects = List.copyOf(projects);
    branches = List.copyOf(branches);
    proposals = List.copyOf(proposals);
    graphs = List.copyOf(graphs);
    if (settings.isEmpty() || branches.isEmpty() || proposals.isEmpty() || graphs.isEmpty()) {
      throw new IllegalArgumentException(
          "a history needs settings, a branch, a proposal and a job graph at least");
    }
  }

  /** A number that looks like chance and depends on the seed and on what is asked alone. */
  int chance(String what, int bound) {
    long mixed = (seed ^ 0x9e3779b97f4a7c15L) * 0xbf58476d1ce4e5b9L + what.hashCode();
    mixed = (mixed ^ (mixed >>> 31)) * 0x94d049bb133111ebL;
    return (int) Math.floorMod(mixed ^ (mixed >>> 29), (long) bound);
  }
}
