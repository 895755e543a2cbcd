package dev.headgate.subunit.stream;

import dev.headgate.subunit.Event;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Adds tags to every test and takes others away.
 *
 * <p>Tags of an event replace the earlier ones of its test. So an event with tags has them edited;
 * one without gets the added tags, unless its test has shown tags before. For that, tests with tags
 * of their own are remembered, some 30,000 of them, those last heard of: tags that a forgotten one
 * showed are replaced by the added ones. To take away the last tag of a test that keeps others
 * earlier in the stream is not possible: no packet says "no tags".
 *
 * <p>Events without a test id are left as they are.
 *
 * @param add the tags that every test gets, behind its own
 * @param remove the tags that no test keeps; one that is also added is added
 */
public record TagEdit(List<String> add, Set<String> remove) implements Stage {
  public TagEdit {
    add = List.copyOf(new LinkedHashSet<>(add));
    remove = Set.copyOf(remove);
  }

  /** The tags that become of an event's tags, in a stable order. */
  public List<String> edit(List<String> tags) {
    Set<String> edited = new LinkedHashSet<>(tags);
    edited.removeAll(remove);
    edited.addAll(add);
    return new ArrayList<>(edited);
  }

  @Override
  public StreamSink into(StreamSink next) {
    return new Tagging(this, next);
  }

  private static final class Tagging extends Passing {
    private final TagEdit edit;
    private final RecentTests<Boolean> tagged = new RecentTests<>();

    Tagging(TagEdit edit, StreamSink next) {
      super(next);
      this.edit = edit;
    }

    @Override
    public void event(Event event) {
      Name name = Name.of(event);
      if (name == null) {
        next.event(event);
        return;
      }
      if (!event.tags().isEmpty()) {
        tagged.put(name, true, 0);
      } else if (edit.add.isEmpty() || tagged.get(name) != null) {
        next.event(event);
        return;
      }
      next.event(event.toBuilder().tags(edit.edit(event.tags())).build());
    }
  }
}
