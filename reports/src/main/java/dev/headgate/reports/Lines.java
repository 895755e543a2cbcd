package dev.headgate.reports;

import dev.headgate.reports.Problem.Kind;
import dev.headgate.subunit.Bytes;

/** Bytes that come in pieces, as lines of text without their ends. */
final class Lines implements TextDecoder.Sink {
  /** Takes the lines. */
  interface Taker {
    /** One line; the last one need not have had an end. */
    void line(String line);

    /** A part of a line that is too long to be one, in pieces; its rest follows. */
    void tooLong(String part, boolean last);
  }

  /** The longest line, in characters: a test's whole output as one JSON text. */
  static final int MAX_LINE = 1 << 22;

  private final Taker taker;
  private final Findings findings;
  private final TextDecoder decoder = new TextDecoder(this, false);
  private final StringBuilder line = new StringBuilder();
  private boolean cut;
  private boolean afterReturn;
  private boolean anything;
  private boolean undecodable;
  private long number = 1;

  Lines(Taker taker, Findings findings) {
    this.taker = taker;
    this.findings = findings;
  }

  void offer(Bytes piece) {
    decoder.offer(piece);
  }

  void end() {
    decoder.end();
    if (!line.isEmpty() || cut) {
      give();
    }
    if (!anything) {
      findings.problem(Kind.EMPTY, 0, 0, "the report is empty");
    }
  }

  /** True as long as there was nothing but blanks. */
  boolean isEmpty() {
    return !anything;
  }

  /** The number of the line that was given last, from 1. */
  long number() {
    return number;
  }

  @Override
  public void undecodable(String message) {
    if (!undecodable) {
      undecodable = true;
      findings.problem(Kind.ENCODING, number, line.length() + 1L, message);
    }
  }

  @Override
  public void chars(char[] chars, int length) {
    int from = 0;
    for (int i = 0; i < length; i++) {
      char c = chars[i];
      if (c == '\n' || afterReturn) {
        add(chars, from, i);
        from = c == '\n' ? i + 1 : i;
        afterReturn = false;
        give();
        number++;
      }
      if (c == '\r') {
        add(chars, from, i);
        from = i + 1;
        afterReturn = true;
      }
    }
    add(chars, from, length);
  }

  private void add(char[] chars, int from, int to) {
    int at = from;
    while (at < to) {
      int next = Math.min(to, at + MAX_LINE - line.length());
      line.append(chars, at, next - at);
      at = next;
      if (line.length() == MAX_LINE) {
        cut();
      }
    }
  }

  private void cut() {
    if (!cut) {
      String message = "a line of more than " + MAX_LINE + " characters";
      findings.problem(Kind.LIMIT, number, 0, message);
    }
    cut = true;
    anything = true;
    taker.tooLong(line.toString(), false);
    line.setLength(0);
  }

  private void give() {
    afterReturn = false;
    String whole = line.toString();
    line.setLength(0);
    anything |= cut || !whole.isBlank();
    if (cut) {
      cut = false;
      taker.tooLong(whole, true);
    } else {
      taker.line(whole);
    }
  }
}
