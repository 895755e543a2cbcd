package dev.headgate.adapter.git;

import java.util.function.Function;

/**
 * What a person asked for, or why it cannot be had as asked; a broken machine is an exception
 * instead.
 */
public sealed interface Lookup<T> {
  /** It is there. */
  record Found<T>(T value) implements Lookup<T> {}

  /**
   * It cannot be had.
   *
   * @param reason says to the person who asked what is wrong, where, and what to do
   */
  record Problem<T>(String reason) implements Lookup<T> {}

  /** What was found, or what the other makes of the reason. */
  default T or(Function<String, T> other) {
    return switch (this) {
      case Found<T>(T value) -> value;
      case Problem<T>(String reason) -> other.apply(reason);
    };
  }

  /** The value made into another, or the same problem. */
  default <R> Lookup<R> then(Function<T, Lookup<R>> next) {
    return switch (this) {
      case Found<T>(T value) -> next.apply(value);
      case Problem<T>(String reason) -> new Problem<>(reason);
    };
  }
}
