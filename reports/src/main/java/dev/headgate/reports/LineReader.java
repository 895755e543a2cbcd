package dev.headgate.reports;

import dev.headgate.reports.Problem.Kind;
import dev.headgate.subunit.Bytes;

/**
 * What readers of lines have in common: lines that are none of the format's are output of the run
 * as a whole.
 */
abstract class LineReader implements ReportReader, Lines.Taker {
  private final Findings findings;
  private final Lines lines;
  private final RawText output;
  private boolean ended;

  LineReader(ReportSink sink) {
    findings = new Findings(sink);
    lines = new Lines(this, findings);
    output = new RawText(findings, null, FileNames.STDOUT);
  }

  @Override
  public final void offer(Bytes piece) {
    if (ended) {
      throw new IllegalStateException("the report has ended");
    }
    lines.offer(piece);
  }

  @Override
  public final void end() {
    if (!ended) {
      ended = true;
      lines.end();
      finish();
      output.flush();
      findings.end();
    }
  }

  @Override
  public final void tooLong(String part, boolean last) {
    output.add(last ? part + "\n" : part);
  }

  /** Says what never came. */
  abstract void finish();

  final Findings findings() {
    return findings;
  }

  /** A line that is none of the format's. */
  final void text(String line) {
    output.add(line + "\n");
  }

  /** Output of the run as a whole. */
  final void output(String text) {
    output.add(text);
  }

  /** To be called before any event, so that the output before it comes before it. */
  final void flushOutput() {
    output.flush();
  }

  /** Nothing of the report was of the format; of an empty one that is not said too. */
  final void foreign(String message) {
    if (!lines.isEmpty()) {
      problem(Kind.FOREIGN, message);
    }
  }

  final void problem(Kind kind, String message) {
    findings.problem(kind, lines.number(), 0, message);
  }
}
