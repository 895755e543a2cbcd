package dev.headgate.gate;

import dev.headgate.model.PipelineName;

/** The rows that a step touches, read when it is complete. */
final class Rows {
  private final State state;
  private final Draft draft;

  Rows(State state, Draft draft) {
    this.state = state;
    this.draft = draft;
  }

  void touch(Item item) {
    draft.put(new Row.Key("item", item.id.toString()), item::row);
  }

  void touch(Build build) {
    draft.put(new Row.Key("build", build.id.toString()), build::row);
  }

  void touch(Queue queue) {
    if (queue.pipeline.manager().lands()) {
      draft.put(new Row.Key("queue", queue.key.toString()), queue::row);
    }
  }

  void touch(Book.Entry entry) {
    draft.put(new Row.Key("change", entry.change().id().toString()), entry::row);
    touchSite();
  }

  void touchHealth(PipelineName pipeline) {
    draft.put(new Row.Key("pipeline", pipeline.toString()), () -> state.healthRow(pipeline));
  }

  void touchSite() {
    draft.put(new Row.Key("site", "site"), state::site);
  }

  void forgetQueue(QueueKey key) {
    draft.delete(new Row.Key("queue", key.toString()));
  }
}
