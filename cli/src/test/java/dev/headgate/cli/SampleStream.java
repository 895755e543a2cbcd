package dev.headgate.cli;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketEncoder;
import dev.headgate.subunit.Status;

/** Streams of test events as shell commands that print them, so that a job needs a shell only. */
final class SampleStream {
  private SampleStream() {}

  /** Two tests, of which {@code bridge.opens} fails with two lines. */
  static String failingTest() {
    return print(
        packets(
            Event.test("bridge.holds", Status.SUCCESS).build(),
            Event.test("bridge.opens", Status.INPROGRESS).build(),
            Event.test("bridge.opens", Status.FAIL)
                .file("traceback", Bytes.ofUtf8("expected open\nbut was shut\n"))
                .mimeType("text/plain;charset=utf8")
                .build()));
  }

  /** A test that passes, a packet of another that is damaged in its middle, a test that passes. */
  static String damagedTest() {
    Bytes before = packets(Event.test("dam.before", Status.SUCCESS).build());
    Bytes damaged = packets(Event.test("dam.lost", Status.FAIL).build());
    Bytes after = packets(Event.test("dam.after", Status.SUCCESS).build());
    byte[] broken = damaged.toByteArray();
    broken[broken.length / 2] ^= 0x20;
    return print(before) + print(Bytes.copyOf(broken)) + print(after);
  }

  private static Bytes packets(Event... events) {
    PacketEncoder encoder = new PacketEncoder();
    for (Event event : events) {
      encoder.append(event);
    }
    return encoder.take();
  }

  /** A command that prints the bytes, each as an octal escape, which every shell's printf knows. */
  private static String print(Bytes bytes) {
    StringBuilder command = new StringBuilder("printf '");
    for (int i = 0; i < bytes.length(); i++) {
      command.append("\\%03o".formatted(bytes.at(i) & 0xff));
    }
    return command.append("'\n").toString();
  }
}
