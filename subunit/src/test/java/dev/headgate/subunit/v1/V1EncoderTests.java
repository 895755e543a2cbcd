package dev.headgate.subunit.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What version 1 can say of a stream, and what it loses. */
class V1EncoderTests {
  private static String written(Event.Builder... events) {
    V1Encoder encoder = new V1Encoder();
    for (Event.Builder event : events) {
      encoder.event(event.build());
    }
    encoder.end();
    return encoder.take().utf8();
  }

  @Test
  void testIsWrittenWithTimesTagsAndFiles() {
    String stream =
        written(
            Event.test("a", Status.INPROGRESS).timestamp(Instant.parse("2010-01-02T03:04:05Z")),
            Event.test("a", Status.NONE)
                .mimeType("text/plain; charset=\"utf8\"")
                .file("log", Bytes.ofUtf8("one")),
            Event.test("a", Status.NONE).file("log", Bytes.ofUtf8("two")).eof(true),
            Event.test("a", Status.FAIL)
                .tags("x", "y z")
                .timestamp(Instant.parse("2010-01-02T03:04:06.5Z")));
    assertThat(stream)
        .isEqualTo(
            "time: 2010-01-02 03:04:05.000000Z\ntest: a\ntags: x y_z\n"
                + "time: 2010-01-02 03:04:06.500000Z\nfailure: a [ multipart\n"
                + "Content-Type: text/plain; charset=\"utf8\"\nlog\n6\r\nonetwo0\r\n]\n");
  }

  @Test
  void eachStatusHasItsWordAndTheErrorTagItsOwn() {
    assertThat(written(Event.test("a", Status.SUCCESS))).isEqualTo("test: a\nsuccess: a\n");
    assertThat(written(Event.test("a", Status.UXSUCCESS))).isEqualTo("test: a\nuxsuccess: a\n");
    assertThat(written(Event.test("a", Status.XFAIL))).isEqualTo("test: a\nxfail: a\n");
    assertThat(written(Event.test("a", Status.SKIP))).isEqualTo("test: a\nskip: a\n");
    assertThat(written(Event.test("a", Status.FAIL))).isEqualTo("test: a\nfailure: a\n");
    assertThat(written(Event.test("a", Status.FAIL).tags("error", "x")))
        .isEqualTo("test: a\ntags: x\nerror: a\n");
  }

  @Test
  void overlappingTestsFollowOneAnother() {
    String stream =
        written(
            Event.test("a", Status.INPROGRESS).routeCode("0"),
            Event.test("b", Status.INPROGRESS).routeCode("1"),
            Event.test("b", Status.SUCCESS).routeCode("1"),
            Event.test("a", Status.SUCCESS).routeCode("0"));
    assertThat(stream).isEqualTo("test: b\nsuccess: b\ntest: a\nsuccess: a\n");
  }

  @Test
  void announcementsAndRunStatusesAreLost() {
    assertThat(
            written(
                Event.test("a", Status.EXISTS),
                Event.builder().status(Status.FAIL),
                Event.test("b", Status.NONE).file("f", Bytes.ofUtf8("x"))))
        .isEmpty();
  }

  @Test
  void lastOfSeveralLostTestsIsLeftOpen() {
    String stream = written(Event.test("a", Status.INPROGRESS), Event.test("b", Status.INPROGRESS));
    V1Read read = V1Read.of(stream);
    assertThat(read.said())
        .containsExactly(
            "a inprogress",
            "a none headgate.lost=the stream ended while this test ran\n.",
            "a fail [error]",
            "b inprogress");
  }

  @Test
  void outputIsTextAndNeverHidesADirective() {
    V1Encoder encoder = new V1Encoder();
    encoder.text(Bytes.ofUtf8("no line end"));
    encoder.event(Event.test("a", Status.SUCCESS).build());
    encoder.event(Event.builder().file("stdout", Bytes.ofUtf8("out\n")).build());
    encoder.damage(Bytes.copyOf(new byte[] {(byte) 0xB3}));
    encoder.progress(new Progress(Progress.Kind.ADJUST, 3));
    encoder.end();
    Bytes stream = encoder.take();
    assertThat(V1Read.of(stream).said()).containsExactly("a inprogress", "a success");
    assertThat(V1Read.of(stream).text()).isEqualTo("no line end\nout\n\uFFFD\n");
    assertThat(stream.utf8()).endsWith("progress: +3\n");
    assertThat(encoder.length()).isZero();
  }

  @Test
  void namesThatNoLineCanCarryAreMadeToFit() {
    assertThat(V1Read.of(written(Event.test("a\nsuccess: b\r", Status.SUCCESS))).said())
        .containsExactly("a success: b  inprogress", "a success: b  success");
    assertThat(V1Read.of(written(Event.test(" \t", Status.FAIL))).said())
        .containsExactly("(no id) inprogress", "(no id) fail");
    String odd =
        written(
            Event.test("a [", Status.FAIL)
                .mimeType("a/b;c=d/e")
                .file("n\nm", Bytes.ofUtf8("]\n"))
                .tags("-x"));
    assertThat(V1Read.of(odd).said())
        .containsExactly("a [ inprogress", "a [ none n m=]\n.", "a [ fail");
    assertThat(odd).contains("Content-Type: application/octet-stream\n");
  }

  @Test
  void longAttachmentKeepsBothEndsAndSaysHowMuchIsMissing() {
    byte[] content = new byte[5 << 20];
    java.util.Arrays.fill(content, (byte) 'x');
    Event.Builder event = Event.test("a", Status.FAIL).file("log", Bytes.copyOf(content)).eof(true);
    List<Event> read = V1Read.of(written(event)).events();
    long length = read.stream().mapToLong(e -> e.fileContent().length()).sum();
    assertThat(length).isBetween(4L << 20, (4L << 20) + 100);
    assertThat(read.stream().map(e -> e.fileContent().utf8()))
        .anyMatch(t -> t.contains("[1048576 bytes not kept]"));
  }
}
