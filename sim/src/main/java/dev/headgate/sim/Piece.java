package dev.headgate.sim;

import java.util.List;

/**
 * What one revision, or one commit from outside, adds to a content.
 *
 * @param name its revision, such as {@code a.1}
 * @param change the change it is a revision of; its own name if it is from outside
 * @param includes revisions it is stacked on and brings along, itself not among them
 * @param files the files it touches
 * @param configuration the configuration it writes; empty if it leaves that alone
 * @param breaks the jobs that fail on any content that holds it
 * @param flaky whether jobs fail now and then on contents that hold it
 */
record Piece(
    String name,
    String change,
    List<String> includes,
    List<String> files,
    String configuration,
    List<String> breaks,
    boolean flaky) {
  Piece {
    includes = List.copyOf(includes);
    files = List.copyOf(files);
    breaks = List.copyOf(breaks);
  }
}
