package dev.headgate.adapter.git;

import dev.headgate.model.Content;

/**
 * A local branch's way from one commit to another.
 *
 * @param branch its short name
 */
record BranchMove(String branch, Content from, Content to) {
  String ref() {
    return Branch.LOCAL + branch;
  }
}
