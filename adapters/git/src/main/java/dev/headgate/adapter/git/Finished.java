package dev.headgate.adapter.git;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How a git process ended and what it said. */
final class Finished {
  private final int exit;
  private final byte[] output;
  private final String error;

  /** Takes the output over; the caller must not keep it. */
  Finished(int exit, byte[] output, String error) {
    this.exit = exit;
    this.output = output;
    this.error = error;
  }

  int exit() {
    return exit;
  }

  boolean succeeded() {
    return exit == 0;
  }

  /** What it wrote to its error output, the end of it if it was long, without the last newline. */
  String error() {
    return error.strip();
  }

  /** Its output itself, not to be written to. */
  byte[] bytes() {
    return output;
  }

  /** Its output as UTF-8, damaged bytes replaced, without the last newline. */
  String text() {
    String text = new String(output, StandardCharsets.UTF_8);
    return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
  }

  /** Its lines, without empty ones. */
  List<String> lines() {
    return split('\n');
  }

  /** Its fields if it ends each with a zero byte, without empty ones. */
  List<String> fields() {
    return split('\0');
  }

  private List<String> split(char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= output.length; i++) {
      if (i == output.length || output[i] == separator) {
        if (i > start) {
          parts.add(new String(output, start, i - start, StandardCharsets.UTF_8));
        }
        start = i + 1;
      }
    }
    return parts;
  }
}
