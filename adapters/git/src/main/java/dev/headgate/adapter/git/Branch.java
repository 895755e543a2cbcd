package dev.headgate.adapter.git;

import dev.headgate.model.Content;

/**
 * A branch as it stood when it was looked up.
 *
 * @param name what people call it: {@code topic/a}, or {@code origin/topic/a} for what was last
 *     fetched from a remote
 * @param ref its full name, under {@code refs/heads/} or {@code refs/remotes/}
 * @param tip the commit it pointed to
 */
public record Branch(String name, String ref, Content tip) {
  static final String LOCAL = "refs/heads/";
  static final String REMOTE = "refs/remotes/";
  static final String TAG = "refs/tags/";

  /** Whether it is a branch of this repository, and so can be landed on. */
  public boolean isLocal() {
    return ref.startsWith(LOCAL);
  }
}
