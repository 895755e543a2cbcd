package dev.headgate.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ConsoleTests {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void textIsUtf8WhateverThePlatformSays() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Console console = new Console(out, err, Terminal.none());
    console.out().print("Schleuße → offen");
    assertThat(console.close()).isEqualTo(ExitCode.SUCCESS);
    assertThat(out.toByteArray()).isEqualTo("Schleuße → offen".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void resultsThatAreLostAreTheMachinesFault() {
    Console console = new Console(failing("No space left on device"), err, Terminal.none());
    console.out().println("a result");
    assertThat(console.close()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .isEqualTo("headgate: standard output cannot be written: No space left on device\n");
  }

  @Test
  void aReaderThatLeftEarlyLostNothing() {
    Console console = new Console(failing("Broken pipe"), err, Terminal.none());
    console.out().println("a result");
    assertThat(console.close()).isEqualTo(ExitCode.SUCCESS);
    assertThat(err.size()).isZero();
  }

  @Test
  void failuresAreSaidAtOnce() {
    Console console = new Console(new ByteArrayOutputStream(), err, Terminal.none());
    console.err().println("wrong");
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("wrong");
  }

  private static OutputStream failing(String message) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException(message);
      }
    };
  }
}
