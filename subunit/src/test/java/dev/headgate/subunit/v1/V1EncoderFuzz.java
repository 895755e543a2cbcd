package dev.headgate.subunit.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.subunit.Attachment;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.SeededStreams;
import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestResult;
import dev.headgate.subunit.stream.Assembler;
import java.util.ArrayList;
import java.util.List;

/** Whatever the events, what is written of their tests is read again as the same tests. */
public final class V1EncoderFuzz {
  private static final Assembler.Limits LIMITS = new Assembler.Limits(4 << 20, 16 << 20, 0);

  private V1EncoderFuzz() {}

  /** Called by the fuzzer: the input is read as version 1, and as packets. */
  public static void fuzzerTestOneInput(byte[] input) {
    Bytes stream = Bytes.copyOf(input);
    assertReadAgain(V1Read.of(stream).events());
    assertReadAgain(SeededStreams.eventsOf(stream));
  }

  private static void assertReadAgain(List<Event> events) {
    V1Encoder encoder = new V1Encoder(LIMITS);
    // Files of no test are text, which may look like anything.
    events.stream().filter(event -> event.testId() != null).forEach(encoder::event);
    encoder.end();
    int length = encoder.length();
    Bytes written = encoder.take();
    assertThat(written.length()).isEqualTo(length);
    V1Read again = V1Read.of(written);
    assertThat(again.text()).isEmpty();
    assertThat(again.damage()).isEmpty();
    assertThat(words(results(again.events()))).isEqualTo(expected(results(events)));
  }

  private static List<TestResult> results(List<Event> events) {
    List<TestResult> results = new ArrayList<>();
    Assembler assembler = new Assembler(LIMITS, results::add);
    events.forEach(assembler::event);
    assembler.end();
    return results;
  }

  private static List<String> words(List<TestResult> results) {
    return results.stream().map(result -> words(result, result.status(), List.of())).toList();
  }

  /** Those that end, in their order, then those that are lost, of which the last stays open. */
  private static List<String> expected(List<TestResult> results) {
    List<String> words = new ArrayList<>();
    TestResult open = null;
    for (TestResult result : results) {
      if (result.status().isFinal()) {
        words.add(words(result, result.status(), List.of()));
      } else if (result.status() == Status.INPROGRESS) {
        if (open != null) {
          words.add(words(open, Status.FAIL, List.of(V1Encoder.LOST_FILE)));
        }
        open = result;
      }
    }
    if (open != null) {
      words.add(label(open) + " inprogress []");
    }
    return words;
  }

  private static String words(TestResult result, Status status, List<String> more) {
    List<String> files = new ArrayList<>();
    for (Attachment file : result.attachments()) {
      if (!file.name().equals(V1Encoder.LOST_FILE)) {
        files.add(line(file.name()) + "=" + file.head().hex());
      } else {
        files.add(file.name());
      }
    }
    files.addAll(more);
    return label(result) + " " + status.word() + " " + files;
  }

  private static String label(TestResult result) {
    String label = line(result.key().testId());
    return label.isBlank() ? V1Encoder.NAMELESS : label;
  }

  private static String line(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }
}
