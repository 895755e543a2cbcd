package dev.headgate.cli;

import java.io.PrintStream;

/** A line for each thing that happens: for pipes and files. */
final class PlainDisplay implements Display {
  private final PrintStream out;
  private final NoticeLines lines;

  PlainDisplay(PrintStream out, NoticeLines lines) {
    this.out = out;
    this.lines = lines;
  }

  @Override
  public void show(Notice notice, Board board) {
    lines.all(notice).forEach(out::println);
    out.flush();
  }

  @Override
  public void tick(Board board) {}

  @Override
  public void close() {
    out.flush();
  }
}
