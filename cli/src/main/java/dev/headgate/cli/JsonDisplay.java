package dev.headgate.cli;

import java.io.PrintStream;
import java.time.Clock;

/** One JSON document a line for each notice, written out at once. */
final class JsonDisplay implements Display {
  private final PrintStream out;
  private final Clock clock;

  JsonDisplay(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void show(Notice notice, Board board) {
    out.println(JsonText.of(GateDocument.of(notice, clock.instant())));
    out.flush();
  }

  @Override
  public void tick(Board board) {}

  @Override
  public void close() {
    out.flush();
  }
}
