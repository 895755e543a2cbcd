package dev.headgate.config;

import dev.headgate.config.SiteConfig.Pace;
import dev.headgate.config.SiteConfig.Window;
import java.util.List;
import java.util.Optional;

/** Reads the {@code window} of a pipeline: a number, or how it begins, grows and shrinks. */
final class WindowReader {
  /** More items than any site builds at once; a larger window is no bound, which is written 0. */
  static final int MOST = 100_000;

  static final List<String> KEYS = List.of("start", "floor", "ceiling", "grow", "shrink");
  private static final String EXAMPLE = "write a number, or as in: { start: 20, floor: 3 }";
  private static final String PACE_EXAMPLE = "write it as in: grow: [linear, 1]";

  private final Problems problems;
  private final Values values;

  WindowReader(Problems problems) {
    this.problems = problems;
    this.values = new Values(problems);
  }

  Window read(Values.Value value) {
    if (value.node() instanceof Node.Scalar scalar && !scalar.isNothing()) {
      return values.integer(value, 1, MOST).map(Window::fixed).orElse(Window.DEFAULT);
    }
    Section section = Section.read(value, KEYS, EXAMPLE, problems);
    Window usual = Window.DEFAULT;
    int start = section.integer("start", 0, MOST, usual.start());
    int floor = section.integer("floor", 1, MOST, usual.floor());
    int ceiling = section.integer("ceiling", 0, MOST, usual.ceiling());
    section
        .field("ceiling")
        .filter(written -> ceiling != 0 && ceiling < floor)
        .ifPresent(written ->
            problems.add(
                written.at(),
                "the window's ceiling " + ceiling + " is below its floor " + floor,
                "raise it, or lower the floor"));
    return new Window(
        start,
        floor,
        ceiling,
        section.field("grow").flatMap(this::pace).orElse(usual.grow()),
        section.field("shrink").flatMap(this::pace).orElse(usual.shrink()));
  }

  private Optional<Pace> pace(Values.Value value) {
    if (!(value.node() instanceof Node.Sequence sequence) || sequence.items().size() != 2) {
      if (!(value.node() instanceof Node.Broken)) {
        problems.add(
            value.at(), value.what() + " must be a list of a word and a number", PACE_EXAMPLE);
      }
      return Optional.empty();
    }
    List<Values.Value> items = values.items(value, PACE_EXAMPLE);
    Optional<String> kind = new NameReader(problems).oneOf(items.getFirst(), SiteConfig.PACES);
    boolean multiplies = kind.equals(Optional.of("exponential"));
    Optional<Integer> by = values.integer(items.getLast(), multiplies ? 1 : 0, MOST);
    return kind.isPresent() && by.isPresent()
        ? Optional.of(new Pace(kind.get(), by.get()))
        : Optional.empty();
  }
}
