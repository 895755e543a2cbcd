package dev.headgate.gate;

/** One difference between the rows before a step and after it. */
public sealed interface RowChange {
  /** The row is new or has changed. */
  record Put(Row row) implements RowChange {}

  /** The row is gone. */
  record Delete(Row.Key key) implements RowChange {}
}
