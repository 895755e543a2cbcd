package dev.headgate.gate;

import dev.headgate.model.BranchRef;
import dev.headgate.model.BuildId;
import dev.headgate.model.Change;
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
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A fact that reaches the gate (DESIGN §6). An event about something that is gone, or that repeats
 * what is known, changes nothing; so every event may arrive late, twice, or in another order than
 * it happened.
 */
public sealed interface Event {
  // Changes.

  /**
   * A change exists, at this revision, with these dependencies. At another revision than the known
   * one, its approval is gone and its items leave, unless their pipeline keeps old revisions.
   * Brings it into pipelines that are triggered by proposals.
   */
  record Proposed(Change change) implements Event {}

  /**
   * A known change was approved.
   *
   * @param enters whether that brings it into pipelines that are triggered by approvals; if not, it
   *     is only known to be approved
   */
  record Approved(ChangeId change, boolean enters) implements Event {}

  /** A change is no longer approved; items that need its approval leave. */
  record ApprovalWithdrawn(ChangeId change) implements Event {}

  /** A change has another revision than the one that was enqueued; its items leave. */
  record RevisionChanged(ChangeId change, Revision revision) implements Event {}

  /** A change exists no more; its items leave. */
  record Abandoned(ChangeId change) implements Event {}

  /**
   * A change was merged by other means. Brings it into pipelines that are triggered by merges. Its
   * items go on: landing them finds the branch contains them.
   */
  record MergedOutside(ChangeId change) implements Event {}

  /** What a change depends on has changed at the same revision; parents come first. */
  record DependenciesChanged(ChangeId change, List<ChangeId> dependsOn) implements Event {
    public DependenciesChanged {
      dependsOn = List.copyOf(dependsOn);
    }
  }

  // Operators.

  /**
   * A change shall enter a pipeline. Entering again at the same revision changes nothing, not even
   * what it is known to need ({@link DependenciesChanged} and {@link Proposed} do); at another
   * revision the older entry leaves and the newer one goes to the end.
   *
   * @param approves whether asking for it is its approval, as it is for whoever gates their own
   *     branches
   * @param lane it enters before all items of a lower lane; 0 is the usual one
   */
  record Enqueued(PipelineName pipeline, Change change, boolean approves, int lane)
      implements Event {
    /** The usual way into the usual pipeline: whoever asks approves. */
    public Enqueued(Change change) {
      this(PipelineName.GATE, change, true, 0);
    }
  }

  /**
   * A change shall leave without a verdict; an item that is landing right now leaves only if its
   * landing is refused.
   *
   * @param pipeline the pipeline to leave; empty for all of them
   */
  record Dequeued(Optional<PipelineName> pipeline, ChangeId change, String reason)
      implements Event {
    /** Out of all pipelines. */
    public Dequeued(ChangeId change, String reason) {
      this(Optional.empty(), change, reason);
    }
  }

  /**
   * Queued changes shall go first, in this order. Items at the head that keep their places keep
   * their builds; the others enter anew.
   */
  record Promoted(PipelineName pipeline, List<ChangeId> changes) implements Event {
    public Promoted {
      changes = List.copyOf(changes);
    }
  }

  /** A queued change shall be passed over: it keeps its place, and is neither built nor landed. */
  record Held(ChangeId change, String reason) implements Event {}

  /** A held change shall go on. */
  record Released(ChangeId change) implements Event {}

  /** Nothing may land on a branch until it is thawed; testing goes on. */
  record Frozen(BranchRef branch, String reason) implements Event {}

  /** Changes may land on a branch again. */
  record Thawed(BranchRef branch) implements Event {}

  /**
   * The site is set up in another way. Items keep their builds and job graphs as long as their
   * project is still in their pipeline.
   */
  record Reconfigured(GateSettings settings) implements Event {}

  // Answers.

  /** A branch points at the given content, whoever moved it there. */
  record TipMoved(BranchRef branch, Content tip) implements Event {}

  /**
   * An item stands merged on its path.
   *
   * @param contents what its builds test and what would land, for each branch of its changes, and,
   *     where nothing lands, of the changes it carries; equal to the path's base if the base
   *     already contains the changes
   * @param jobs for each of its changes, the jobs that apply to it as the configuration in {@code
   *     contents} defines them for this pipeline
   */
  record Prepared(
      PreparationId preparation, Map<BranchRef, Content> contents, Map<ChangeId, JobGraph> jobs)
      implements Event {
    public Prepared {
      contents = Collections.unmodifiableMap(new TreeMap<>(contents));
      jobs = Collections.unmodifiableMap(new LinkedHashMap<>(jobs));
    }

    /** For an item of one change; the jobs are those that its changed files call for. */
    public Prepared(
        PreparationId preparation,
        Change change,
        Content content,
        JobGraph jobs,
        List<String> changedFiles) {
      this(
          preparation,
          Map.of(change.target(), content),
          Map.of(change.id(), jobs.matching(changedFiles)));
    }
  }

  /** An item cannot be merged on its path; the detail names the files. */
  record Conflicted(PreparationId preparation, String detail) implements Event {}

  /**
   * The configuration in the merged content is unusable; the detail names file, line and column.
   */
  record ConfigBroken(PreparationId preparation, String detail) implements Event {}

  /** A build has begun to run. */
  record BuildStarted(BuildId build) implements Event {}

  /**
   * A build has ended and nothing of it runs any more.
   *
   * @param children the jobs needing this one that shall run after it passed, others are skipped;
   *     empty if it did not say, and then all of them run
   */
  record BuildEnded(
      BuildId build, Verdict verdict, TestCounts tests, Optional<Set<JobName>> children)
      implements Event {
    public BuildEnded {
      children = sorted(children);
    }

    /** A build that did not say which jobs shall run after it. */
    public BuildEnded(BuildId build, Verdict verdict, TestCounts tests) {
      this(build, verdict, tests, Optional.empty());
    }
  }

  /** A build is done as far as jobs needing it go, and waits for them before it ends. */
  record BuildPaused(BuildId build, Optional<Set<JobName>> children) implements Event {
    public BuildPaused {
      children = sorted(children);
    }
  }

  /** What ran a build is gone, or none could be had, and the build with it. */
  record BuildLost(BuildId build, String reason, Again again) implements Event {
    /** It counts against the job's attempts. */
    public BuildLost(BuildId build, String reason) {
      this(build, reason, Again.COUNTED);
    }

    /** Whether a lost build is built again. */
    public enum Again {
      /** As long as the job has attempts left. */
      COUNTED,
      /** In any case: what ran it was taken away on purpose. */
      ALWAYS,
      /** Never: no worker can be had for it. */
      NEVER
    }
  }

  /**
   * A build that still runs is known to fail. It may start the alternative; it rejects nothing by
   * itself.
   */
  record Evidence(BuildId build, String detail) implements Event {}

  /** An item has landed; the tips are where its branches stood right after. */
  record Landed(ItemId item, Map<BranchRef, Content> tips) implements Event {
    public Landed {
      tips = Collections.unmodifiableMap(new TreeMap<>(tips));
    }
  }

  /**
   * Not all of an item's branches were moved; the tips are where they stand.
   *
   * @param landed those of its changes that landed all the same; empty if none did
   */
  record LandRefused(ItemId item, Map<BranchRef, Content> tips, String reason, Set<ChangeId> landed)
      implements Event {
    public LandRefused {
      tips = Collections.unmodifiableMap(new TreeMap<>(tips));
      landed = Collections.unmodifiableSet(new TreeSet<>(landed));
    }
  }

  /** So many builds may run at once from now on; at least 0. */
  record CapacityChanged(int slots) implements Event {}

  // What other rooms know. It is kept for policies that rank paths; optimism needs none of it.

  /**
   * How likely a known change is to pass, as far as can be told.
   *
   * @param probability from 0 to 1
   */
  record EstimateChanged(ChangeId change, double probability) implements Event {
    public EstimateChanged {
      requireProbability(probability);
    }
  }

  /** Which build targets a known change touches; empty if it touches none. */
  record TargetsKnown(ChangeId change, Set<String> targets) implements Event {
    public TargetsKnown {
      targets = Collections.unmodifiableSet(new TreeSet<>(targets));
    }
  }

  /**
   * How often a job fails without fault of the change.
   *
   * @param rate from 0 to 1
   */
  record FlakinessKnown(JobName job, double rate) implements Event {
    public FlakinessKnown {
      requireProbability(rate);
    }
  }

  /** Nothing happened but time; lets the machine look again. */
  record ClockAdvanced() implements Event {}

  private static void requireProbability(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("a probability is from 0 to 1, got " + value);
    }
  }

  private static Optional<Set<JobName>> sorted(Optional<Set<JobName>> children) {
    return children.map(set -> Collections.unmodifiableSet(new TreeSet<>(set)));
  }
}
