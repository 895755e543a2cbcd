package dev.headgate.cli;

/** Shows what happens. Called by one thread at a time. */
interface Display extends AutoCloseable {
  /** Something has happened; the board already shows it. */
  void show(Notice notice, Board board);

  /** Time has passed; called about ten times a second. */
  void tick(Board board);

  /** Nothing more will happen: leaves the screen in order. */
  @Override
  void close();
}
