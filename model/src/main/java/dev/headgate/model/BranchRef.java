package dev.headgate.model;

/**
 * One branch of one project: where changes land.
 *
 * @param project the project
 * @param branch the branch's short name, as in {@code main}; never blank
 */
public record BranchRef(ProjectId project, String branch) implements Comparable<BranchRef> {
  public BranchRef {
    Names.requireName("branch", branch);
  }

  @Override
  public int compareTo(BranchRef other) {
    int byProject = project.compareTo(other.project);
    return byProject != 0 ? byProject : branch.compareTo(other.branch);
  }

  @Override
  public String toString() {
    return project + ":" + branch;
  }
}
