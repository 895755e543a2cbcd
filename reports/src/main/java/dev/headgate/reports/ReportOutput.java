package dev.headgate.reports;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;

/** Text to a stream as UTF-8; half a surrogate pair becomes a question mark. */
final class ReportOutput {
  private final OutputStream out;

  ReportOutput(OutputStream out) {
    this.out = out;
  }

  void write(CharSequence text) throws IOException {
    out.write(text.toString().getBytes(UTF_8));
  }

  void write(byte[] utf8) throws IOException {
    out.write(utf8);
  }

  void flush() throws IOException {
    out.flush();
  }
}
