package dev.headgate.adapter.git;

import dev.headgate.conduct.Answers;
import dev.headgate.conduct.EnvironmentException;
import dev.headgate.conduct.Workspaces;
import dev.headgate.gate.Event;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Takes what ports tell and hands it out one by one. */
final class Inbox implements Answers, Workspaces.Outcomes {
  private static final long PATIENCE_SECONDS = 60;

  private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

  @Override
  public void answer(Event event) {
    told.add(event);
  }

  @Override
  public void merge(Workspaces.Merge merge) {
    told.add(merge);
  }

  @Override
  public void failed(EnvironmentException problem) {
    told.add(problem);
  }

  @Override
  public void crashed(Throwable bug) {
    told.add(bug);
  }

  /** Waits until something was told, and leaves it here. */
  void await() {
    Object next = take();
    told.add(next);
  }

  Event event() {
    return next(Event.class);
  }

  Workspaces.Merge.Merged merged() {
    return next(Workspaces.Merge.Merged.class);
  }

  String conflict() {
    return next(Workspaces.Merge.Conflict.class).detail();
  }

  String problem() {
    return String.valueOf(next(EnvironmentException.class).getMessage());
  }

  private <T> T next(Class<T> wanted) {
    Object next = take();
    if (!wanted.isInstance(next)) {
      throw new AssertionError("expected " + wanted.getSimpleName() + ", was told " + next);
    }
    return wanted.cast(next);
  }

  private Object take() {
    try {
      Object next = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing was told within " + PATIENCE_SECONDS + " s");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
