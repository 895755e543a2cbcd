package dev.headgate.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * YAML events to nodes, without recursion and without expanding aliases: neither deep nesting nor a
 * "billion laughs" file costs more than its bytes. The library's own composer does recurse.
 */
final class TreeReader {
  /** The configuration's own shape is six deep; JSON files that detection reads may be deeper. */
  static final int MAX_DEPTH = 64;

  private final Problems problems;
  private final Map<String, Node> anchors = new HashMap<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private Optional<Node> root = Optional.empty();
  private int documents;
  private Place last = Place.START;

  private TreeReader(Problems problems) {
    this.problems = problems;
  }

  /** A collection whose end has not come yet. */
  private record Open(
      Place at, boolean mapping, boolean flow, String anchor, List<Node> children) {}

  /** The first document's value; empty if there is none, or if the text cannot be read on. */
  static Optional<Node> read(String text, Problems problems) {
    TreeReader reader = new TreeReader(problems);
    // One window for the whole text: the library copies all it has of a long scalar with each
    // window.
    LoadSettings settings =
        LoadSettings.builder()
            .setBufferSize(text.length() + 1)
            .setCodePointLimit(SourceText.MAX_BYTES + 1)
            .build();
    ParserImpl events = new ParserImpl(settings, new StreamReader(settings, text));
    boolean more = true;
    while (more) {
      Event event;
      try {
        if (!events.hasNext()) {
          break;
        }
        event = events.next();
      } catch (YamlEngineException | NumberFormatException e) {
        // An escape cut off by the end of the file is a NumberFormatException of the library.
        SyntaxErrors.add(e, text, reader.last, reader.bracket(), problems);
        return Optional.empty();
      }
      event.getStartMark().ifPresent(mark -> reader.last = place(mark));
      more = reader.accept(event);
    }
    return reader.root;
  }

  static Place place(Mark mark) {
    return new Place(mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** Takes one event; false if no later one matters. */
  private boolean accept(Event event) {
    switch (event.getEventId()) {
      case DocumentStart -> {
        documents++;
        if (documents > 1) {
          problems.add(last, "a second document begins here", "keep one document in the file");
          return false;
        }
      }
      case Alias -> complete("", alias((AliasEvent) event));
      case Scalar -> complete(anchorOf((NodeEvent) event), scalar((ScalarEvent) event));
      case SequenceStart, MappingStart -> {
        return begin((CollectionStartEvent) event);
      }
      case SequenceEnd, MappingEnd -> end();
      case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
    }
    return true;
  }

  private Node alias(AliasEvent event) {
    String name = event.getAlias().getValue();
    Node target = anchors.get(name);
    if (target != null) {
      return target;
    }
    problems.add(
        last,
        "'*" + name + "' stands for nothing: no '&" + name + "' is complete above it",
        "put a value that begins with '*' in quotes");
    return new Node.Broken(last);
  }

  private Node scalar(ScalarEvent event) {
    if (event.getTag().isPresent()) {
      addTag(event.getTag().get());
      return new Node.Broken(last);
    }
    return new Node.Scalar(last, event.getValue(), event.isPlain());
  }

  private boolean begin(CollectionStartEvent event) {
    event.getTag().ifPresent(this::addTag);
    if (open.size() == MAX_DEPTH) {
      problems.add(last, "nested deeper than " + MAX_DEPTH + " levels", "");
      root = Optional.empty();
      return false;
    }
    boolean mapping = event instanceof MappingStartEvent;
    open.push(new Open(last, mapping, event.isFlow(), anchorOf(event), new ArrayList<>()));
    return true;
  }

  private Optional<Place> bracket() {
    return Optional.ofNullable(open.peek()).filter(Open::flow).map(Open::at);
  }

  private void end() {
    Open ended = open.pop();
    Node node =
        ended.mapping
            ? new Node.Mapping(ended.at, pairs(ended.children))
            : new Node.Sequence(ended.at, ended.children);
    complete(ended.anchor, node);
  }

  private static List<Node.Entry> pairs(List<Node> children) {
    List<Node.Entry> entries = new ArrayList<>();
    for (int i = 0; i < children.size(); i += 2) {
      entries.add(new Node.Entry(children.get(i), children.get(i + 1)));
    }
    return entries;
  }

  /** An anchor names its node only once that is complete, so that no node contains itself. */
  private void complete(String anchor, Node node) {
    if (!anchor.isEmpty()) {
      anchors.put(anchor, node);
    }
    if (open.isEmpty()) {
      root = Optional.of(node);
    } else {
      open.peek().children.add(node);
    }
  }

  private void addTag(String tag) {
    problems.add(
        last,
        "the tag "
            + Words.quote(tag.replaceFirst("^tag:yaml\\.org,2002:", "!!"))
            + " is not supported",
        "put a value that begins with '!' in quotes");
  }

  private static String anchorOf(NodeEvent event) {
    return event.getAnchor().map(anchor -> anchor.getValue()).orElse("");
  }
}
