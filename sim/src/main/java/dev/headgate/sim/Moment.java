package dev.headgate.sim;

import dev.headgate.gate.Effect;
import dev.headgate.gate.Event;
import java.util.List;

/** One step in a line for people. */
record Moment(Event event, List<Effect> effects) {
  @Override
  public String toString() {
    List<String> did = effects.stream().map(Moment::sentence).toList();
    return sentence(event) + (did.isEmpty() ? "" : "  →  " + String.join(", ", did));
  }

  private static String sentence(Event event) {
    return switch (event) {
      case Event.Prepared e -> "Prepared[" + e.preparation() + ", " + e.contents() + "]";
      case Event.Reconfigured e -> "Reconfigured";
      default -> event.toString();
    };
  }

  private static String sentence(Effect effect) {
    return switch (effect) {
      case Effect.Prepare e ->
          "prepare " + e.preparation() + " " + e.change().revision() + " on " + e.baseOfChange();
      case Effect.Start e -> "start " + e.build() + " " + e.job().name() + " on " + e.content();
      case Effect.Cancel e -> "cancel " + e.build();
      case Effect.Land e ->
          "land item " + e.item() + ": " + e.move().expectedTip() + " to " + e.move().content();
      case Effect.Resume e -> "resume " + e.build();
      case Effect.Announce e -> "announce item " + e.item();
      case Effect.Report e ->
          "report item %s (%s) %s: %s"
              .formatted(e.item(), e.change().id(), e.end().kind().code(), e.end().reason());
      case Effect.Ask e -> "ask " + e.branch();
    };
  }
}
