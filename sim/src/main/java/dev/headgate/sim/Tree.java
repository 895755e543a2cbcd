package dev.headgate.sim;

import dev.headgate.model.Content;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A content of the invented repository: its first parent, and what was merged onto that. */
final class Tree {
  private final Content content;
  private final @Nullable Tree parent;
  private final List<Piece> added;
  private final List<Piece> pieces = new ArrayList<>();
  private final Set<String> names = new LinkedHashSet<>();
  private final String configuration;

  private Tree(Content content, @Nullable Tree parent, List<Piece> added, String configuration) {
    this.content = content;
    this.parent = parent;
    this.added = added;
    this.configuration = configuration;
    if (parent != null) {
      pieces.addAll(parent.pieces);
    }
    pieces.addAll(added);
    pieces.forEach(piece -> names.add(piece.name()));
  }

  /** A content that holds nothing but a configuration; an empty one is none. */
  static Tree root(String name, String configuration) {
    return new Tree(new Content(name), null, List.of(), configuration);
  }

  /** This content with pieces merged onto it, the last of which names the new content. */
  Tree with(List<Piece> more) {
    String configured = configuration;
    for (Piece piece : more) {
      configured = piece.configuration().isEmpty() ? configured : piece.configuration();
    }
    return new Tree(new Content(content + "+" + more.getLast().name()), this, more, configured);
  }

  Content content() {
    return content;
  }

  @Nullable Tree parent() {
    return parent;
  }

  /** All that is in it, oldest first. */
  List<Piece> pieces() {
    return pieces;
  }

  /** The text of its configuration file; empty if it has none. */
  String configuration() {
    return configuration;
  }

  boolean holds(String piece) {
    return names.contains(piece);
  }

  boolean holdsSomeOf(String change) {
    return pieces.stream().anyMatch(piece -> piece.change().equals(change));
  }

  /** The files that differ from its first parent. */
  List<String> changedFiles() {
    Set<String> files = new LinkedHashSet<>();
    for (Piece piece : added) {
      files.addAll(piece.files());
      if (!piece.configuration().isEmpty()) {
        files.add(".headgate.yaml");
      }
    }
    return List.copyOf(files);
  }

  /** Whether the other is this content or among its first parents. */
  boolean descendsFrom(Content other) {
    for (Tree tree = this; tree != null; tree = tree.parent) {
      if (tree.content.equals(other)) {
        return true;
      }
    }
    return false;
  }
}
