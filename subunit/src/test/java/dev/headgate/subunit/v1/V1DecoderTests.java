package dev.headgate.subunit.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class V1DecoderTests {
  @ParameterizedTest
  @CsvSource({
    "success, success",
    "successful, success",
    "failure, fail",
    "error, fail",
    "skip, skip",
    "xfail, xfail",
    "uxsuccess, uxsuccess"
  })
  void everyOutcomeEndsTheTestWithAndWithoutColon(String word, String status) {
    String tags = word.equals("error") ? " [error]" : "";
    for (String colon : List.of(":", "", "::")) {
      for (String start : List.of("test", "testing")) {
        String input = start + colon + " old mcdonald\n" + word + colon + " old mcdonald\n";
        assertThat(V1Read.of(input).said())
            .containsExactly("old mcdonald inprogress", "old mcdonald " + status + tags);
        assertThat(V1Read.of(input).text()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "randombytes\n",
        " test: a\n",
        "Test: a\n",
        "tester: a\n",
        "test:a\n",
        "test\n",
        "test: \n",
        "test:\n",
        "success: a\n",
        "failure a\n",
        "uxsuccess: a\n",
        "]\n",
        "",
        "\n",
        "\r\n",
        ":\n",
        "time: soon\n",
        "time: 1969-12-31 23:59:59Z\n",
        "time: 2010-02-30 00:00:00Z\n",
        "progress: many\n",
        "progress: \n",
        "no line end",
        "tes",
        "skip: a [\nreason\n]\n"
      })
  void whatIsNoDirectiveIsText(String input) {
    V1Read read = V1Read.of(input);
    assertThat(read.text()).isEqualTo(input);
    assertThat(read.events()).isEmpty();
  }

  @Test
  void textKeepsItsBytesWhateverTheEncoding() {
    Bytes input = Bytes.copyOf(new byte[] {(byte) 0xB3, 0x20, 0, 10, (byte) 0xFF, 0, 13, 10, 't'});
    assertThat(V1Read.of(input).items()).containsExactly(new V1Item.Text(input));
  }

  @Test
  void outcomesOfOtherTestsAndFurtherStartsAreTextWhileOneRuns() {
    V1Read read = V1Read.of("test a\ntest a\ntest: b\nsuccess: b\nfailure: a x\nsuccess: a\n");
    assertThat(read.said()).containsExactly("a inprogress", "a success");
    assertThat(read.text()).isEqualTo("test a\ntest: b\nsuccess: b\nfailure: a x\n");
  }

  @ParameterizedTest
  @CsvSource({
    "failure, traceback, fail", "error, traceback, fail", "xfail, traceback, xfail",
    "uxsuccess, traceback, uxsuccess", "skip, reason, skip", "success, message, success"
  })
  void detailsWithoutPartsAreOneFile(String word, String file, String status) {
    V1Read read = V1Read.of("test: a\n" + word + ": a [\none\n ]\n  ]\ntest: b\n]x\n]\nafter\n");
    String tags = word.equals("error") ? " [error]" : "";
    assertThat(read.said())
        .containsExactly(
            "a inprogress",
            "a none " + file + "=one\n]\n  ]\ntest: b\n]x\n.",
            "a " + status + tags);
    assertThat(read.text()).isEqualTo("after\n");
    assertThat(read.events().get(1).mimeType())
        .isEqualTo(file.equals("traceback") ? "text/x-traceback;charset=utf8" : "text/plain");
  }

  @Test
  void partsAreFilesWithTheirTypes() {
    V1Read read =
        V1Read.of(
            "test: a\nfailure: a [ multipart\nContent-Type: text/plain;charset=utf8\nlog\n"
                + "4\r\n]\nab3\r\ncde0\r\nContent-Type: image/png\nempty\n0\r\n]\n");
    assertThat(read.said())
        .containsExactly("a inprogress", "a none log=]\nabcde.", "a none empty=.", "a fail");
    assertThat(read.events())
        .extracting(Event::mimeType)
        .containsExactly(null, "text/plain;charset=utf8", "image/png", null);
    assertThat(read.damage()).isEmpty();
  }

  @Test
  void linesMayEndWithCrLf() {
    V1Read read = V1Read.of("test: a\r\nfailure: a [\r\nx\r\n]\r\ntest: b\r\nsuccess: b\r\n");
    assertThat(read.said())
        .containsExactly(
            "a inprogress", "a none traceback=x\r\n.", "a fail", "b inprogress", "b success");
  }

  @Test
  void bracketWithCrIsContentWhereLinesEndWithLf() {
    assertThat(V1Read.of("test: a\nfailure: a [\n]\r\n]\n").said().get(1))
        .isEqualTo("a none traceback=]\r\n.");
  }

  @Test
  void lastLineMayLackItsEnd() {
    assertThat(V1Read.of("test: a\nsuccess: a").said()).last().isEqualTo("a success");
    assertThat(V1Read.of("test: a\r\nsuccess: a\r").said()).last().isEqualTo("a success");
    assertThat(V1Read.of("test: a\nskip: a [\nwhy\n]").said()).last().isEqualTo("a skip");
    assertThat(V1Read.of("test: a\nskip: a [ multipart\n]").said()).last().isEqualTo("a skip");
  }

  @Test
  void testOpenAtTheEndStaysInProgressWithItsTags() {
    assertThat(V1Read.of("tags: x\ntest: a\ntags: y\nout\n").said())
        .containsExactly("a inprogress", "a none [x, y]");
    assertThat(V1Read.of("test: a\nfailure: a [\nhalf").said())
        .containsExactly("a inprogress", "a none traceback=half");
    assertThat(V1Read.of("test: a\nerror: a [ multipart\nContent-Type: a/b\nf\n9\r\nhal").said())
        .containsExactly("a inprogress", "a none f=hal");
  }

  @Test
  void tagsOutsideHoldForLaterTestsAndInsideForThatTest() {
    V1Read read =
        V1Read.of(
            "tags: x y\ntest: a\ntags: z -x\nsuccess: a\ntest: b\nsuccess: b\ntags: -x -y\n"
                + "test: c\nsuccess: c\n");
    assertThat(read.said())
        .containsExactly(
            "a inprogress",
            "a success [y, z]",
            "b inprogress",
            "b success [x, y]",
            "c inprogress",
            "c success");
  }

  @ParameterizedTest
  @CsvSource({
    "2010-01-02 03:04:05Z, 2010-01-02T03:04:05Z",
    "2010-01-02 03:04:05.25Z, 2010-01-02T03:04:05.25Z",
    "2010-01-02T03:04:05.123456789+01:30, 2010-01-02T01:34:05.123456789Z",
    "20100102 030405Z, 2010-01-02T03:04:05Z",
    "2010-01-02 03:04, 2010-01-02T03:04:00Z",
    "2010-1-2, 2010-01-02T00:00:00Z"
  })
  void timeHoldsForLaterEvents(String time, Instant expected) {
    List<Event> events = V1Read.of("test: a\ntime: " + time + "\nsuccess: a\ntest: b\n").events();
    assertThat(events).extracting(Event::timestamp).containsExactly(null, expected, expected);
  }

  @Test
  void progressIsAnItemOfItsOwn() {
    assertThat(
            V1Read.of("progress: 4\nprogress +2\nprogress: -1\nprogress: push\nprogress: pop\n")
                .items())
        .containsExactly(
            new V1Item.Progressed(new Progress(Progress.Kind.SET, 4), 12),
            new V1Item.Progressed(new Progress(Progress.Kind.ADJUST, 2), 12),
            new V1Item.Progressed(new Progress(Progress.Kind.ADJUST, -1), 13),
            new V1Item.Progressed(new Progress(Progress.Kind.PUSH, 0), 15),
            new V1Item.Progressed(new Progress(Progress.Kind.POP, 0), 14));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\n",
        "Content-Type:text\n",
        "Content-Type: a/b\nf\nxyz\r\n",
        "Content-Type: a/b\nf\n1234567890123456\r\n",
        "Content-Type: a/b\nf\n3\r\nabcz\r\n"
      })
  void brokenPartsAreDamageAndTheOutcomeStands(String broken) {
    V1Read closed = V1Read.of("test: a\nerror: a [ multipart\n" + broken + "rest\n]\nafter\n");
    assertThat(closed.said()).last().isEqualTo("a fail [error]");
    assertThat(closed.damage()).endsWith("rest\n");
    assertThat(closed.text()).isEqualTo("after\n");
    V1Read open = V1Read.of("test: a\nerror: a [ multipart\n" + broken + "test: b\nsuccess: b\n");
    assertThat(open.said()).endsWith("a fail [error]", "b inprogress", "b success");
  }

  @Test
  void labelsAreComparedByTheirBytes() {
    Bytes input =
        Bytes.concat(
            List.of(
                Bytes.ofUtf8("test: "), Bytes.copyOf(new byte[] {(byte) 0xB3, 0}),
                Bytes.ofUtf8("\nsuccess: "), Bytes.copyOf(new byte[] {(byte) 0xB4, 0}),
                Bytes.ofUtf8("\nsuccess: "), Bytes.copyOf(new byte[] {(byte) 0xB3, 0})));
    assertThat(V1Read.of(input).said())
        .containsExactly("\uFFFD\uFFFD inprogress", "\uFFFD\uFFFD success");
  }

  @Test
  void largeAttachmentsComeInPiecesAndMemoryIsBounded() {
    V1Decoder decoder = new V1Decoder();
    decoder.offer(
        Bytes.ofUtf8("test: a\nfailure: a [ multipart\nContent-Type: a/b\nf\nFFFFFFFFF\r\n"));
    byte[] part = new byte[100_000];
    long delivered = 0;
    for (int i = 0; i < 700; i++) {
      decoder.offer(part, 0, part.length);
      for (V1Item item = decoder.next(); item != null; item = decoder.next()) {
        if (item instanceof V1Item.Happened happened) {
          delivered += happened.event().fileContent().length();
          assertThat(happened.event().fileContent().length()).isLessThanOrEqualTo(65_536);
        }
      }
    }
    assertThat(70_000_000 - delivered).isBetween(0L, 65_536L);
  }

  @Test
  void lineTooLongForADirectiveIsText() {
    String line = "test: " + "x".repeat(V1Parser.MAX_LINE) + "\n";
    assertThat(V1Read.of(line).text()).isEqualTo(line);
    assertThat(V1Read.of(Bytes.ofUtf8(line), 5, 100, 200_000).text()).isEqualTo(line);
    String longest = "test: " + "x".repeat(V1Parser.MAX_LINE - 7) + "\n";
    assertThat(V1Read.of(longest).events())
        .extracting(Event::status)
        .containsExactly(Status.INPROGRESS);
    assertThat(V1Read.of(Bytes.ofUtf8(longest), 5, 100, 200_000)).isEqualTo(V1Read.of(longest));
  }

  @Test
  void offeringAfterTheEndIsMisuse() {
    V1Decoder decoder = new V1Decoder();
    decoder.end();
    assertThatThrownBy(() -> decoder.offer(Bytes.ofUtf8("x")))
        .isInstanceOf(IllegalStateException.class);
    assertThat(decoder.next()).isNull();
  }
}
