/**
 * A git repository as the gate sees it: what its branches hold, changes merged onto contents,
 * branches moved, and folders that hold exactly one content.
 *
 * <p>It decides nothing about changes, speaks to no forge, and never works with git's files where
 * the program can do it. Effects come in through {@code GitWorkspaces} and {@code GitBranches} and
 * go to git processes, whose results go back as answers; builds take their folders from {@code
 * Slots}.
 */
@NullMarked
package dev.headgate.adapter.git;

import org.jspecify.annotations.NullMarked;
