package dev.headgate.runner;

import static dev.headgate.runner.Pump.CHUNK_BYTES;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Takes the bytes of one pipe apart into events and text, gathers the text into pieces worth a
 * packet each, and limits how much of it is kept. Confined to one thread.
 */
final class PipeText {
  /** Takes what comes of it. */
  interface Output {
    /** An event of the job, its route code as the job wrote it. */
    void event(Event event) throws IOException;

    /** An event that fits no packet under our route: its bytes follow as text. */
    void unroutable(Event event) throws IOException;

    /** Text of the job for the file of that name. */
    void text(String file, Bytes text) throws IOException;

    /** A remark on the output. */
    void note(String text) throws IOException;
  }

  /** How long part of a line may wait for its rest: less than a person notices. */
  static final Duration PART_WAIT = Duration.ofMillis(100);

  /**
   * After this silence a packet of which a part is there is suspected of a damaged length. Long,
   * for an undamaged one may contain packets (the output of a nested run) and its writer be stopped
   * half way by a busy machine; to give it up then could not be undone.
   */
  static final Duration RESCAN_SILENCE = Duration.ofSeconds(5);

  /**
   * A packet whose fields without content are longer may not fit any more under a route (the format
   * ends at 4 MiB, and a packet written has up to 1 MiB of content). Such a test id is no test's.
   */
  private static final int MOST_FIELD_BYTES = 2 << 20;

  private final String file;
  private final Output output;
  private final KeptText kept;
  private final PacketDecoder decoder = new PacketDecoder();
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private Deadline partWait = Deadline.in(Duration.ZERO);
  private Deadline rescan = Deadline.in(Duration.ZERO);
  private boolean mayRescan;
  private long damagedBytes;
  private long doubtfulEvents;
  private long unroutableEvents;

  PipeText(String file, RunnerSettings settings, Output output) {
    this.file = file;
    this.output = output;
    this.kept = new KeptText(settings.headBytes(), settings.tailBytes());
  }

  /** Takes the next bytes of the pipe. */
  void accept(Bytes bytes) throws IOException {
    boolean waited = pending.size() > 0;
    decoder.offer(bytes);
    drain();
    if (!waited) {
      partWait = Deadline.in(PART_WAIT);
    }
    mayRescan = decoder.held() > 0;
    if (mayRescan) {
      rescan = Deadline.in(RESCAN_SILENCE);
    }
  }

  /** Takes the end of the pipe. */
  void end() throws IOException {
    decoder.end();
    drain();
    flush(pending.size());
    mayRescan = false;
  }

  /**
   * Passes on what need not wait: whole lines, and what waited long enough for the rest of its line
   * or packet. To be called when nothing more is there, and when {@link #untilSettled} has passed.
   */
  void settle() throws IOException {
    if (mayRescan && rescan.passed()) {
      mayRescan = false;
      while (decoder.rescan()) {
        drain();
      }
    }
    flush(partWait.passed() ? pending.size() : lastLineEnd());
  }

  /** How long until {@link #settle} has something to do, if no more bytes come; empty if never. */
  Optional<Duration> untilSettled() {
    if (pending.size() > 0) {
      return Optional.of(partWait.left());
    }
    return mayRescan ? Optional.of(rescan.left()) : Optional.empty();
  }

  private void drain() throws IOException {
    while (true) {
      switch (decoder.next()) {
        case EVENT -> event();
        case TEXT -> text();
        case DAMAGE -> {
          damagedBytes += decoder.length();
          text();
        }
        case NEED_MORE, END -> {
          return;
        }
      }
    }
  }

  private void event() throws IOException {
    flush(pending.size());
    if (decoder.inDamaged()) {
      doubtfulEvents++;
    }
    if (decoder.length() - decoder.fileContentLength() <= MOST_FIELD_BYTES) {
      output.event(decoder.event());
    } else {
      unroutableEvents++;
      output.unroutable(decoder.event());
      text();
    }
  }

  private void text() throws IOException {
    decoder.writeSpanTo(pending);
    if (pending.size() >= CHUNK_BYTES) {
      flush(pending.size());
    }
  }

  private int lastLineEnd() {
    if (pending.size() == 0) {
      return 0;
    }
    byte[] bytes = pending.toByteArray();
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private void flush(int length) throws IOException {
    if (length == 0) {
      return;
    }
    Bytes bytes = Bytes.copyOf(pending.toByteArray());
    pending.reset();
    bytes.slice(length).writeTo(pending);
    boolean wasOver = kept.isOver();
    pass(kept.accept(bytes.slice(0, length)));
    if (kept.isOver() && !wasOver) {
      output.note(
          file
              + " is long: what follows is shown when the job has ended, and only its end is kept");
    }
  }

  private void pass(Bytes text) throws IOException {
    for (int at = 0; at < text.length(); at += CHUNK_BYTES) {
      output.text(file, text.slice(at, Math.min(text.length(), at + CHUNK_BYTES)));
    }
  }

  /** Passes on the end of a long text and what there is to remark, when the pipe has ended. */
  void finish() throws IOException {
    if (kept.dropped() > 0) {
      output.note(kept.dropped() + " bytes of " + file + " were dropped here");
    }
    if (kept.isOver()) {
      pass(kept.tail());
    }
    if (damagedBytes > 0) {
      output.note(damagedBytes + " bytes of damaged packets are kept in " + file);
    }
    if (doubtfulEvents > 0) {
      output.note(doubtfulEvents + " events of " + file + " were found inside damaged packets");
    }
    if (unroutableEvents > 0) {
      output.note(unroutableEvents + " events too large to pass on are kept in " + file);
    }
  }
}
