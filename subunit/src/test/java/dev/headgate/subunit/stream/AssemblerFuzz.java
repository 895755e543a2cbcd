package dev.headgate.subunit.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.subunit.Attachment;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestResult;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Whatever the events, every attempt is delivered once, with all its files, or their length. */
public final class AssemblerFuzz {
  /** More than any input needs; with less, what runs is delivered in between. */
  private static final int ROOMY = 1 << 20;

  private AssemblerFuzz() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    List<Event> events = FuzzEvents.of(input);
    assertDelivered(events, new Assembler.Limits(1 << 20, 16 << 20, Integer.MAX_VALUE));
    assertDelivered(events, Assembler.Limits.USUAL);
    assertDelivered(events, new Assembler.Limits(4, ROOMY, 2));
    assertDelivered(events, new Assembler.Limits(4, 900, 1));
    assertDelivered(events, Assembler.Limits.PROMPT);
  }

  private static void assertDelivered(List<Event> events, Assembler.Limits limits) {
    List<TestResult> results = new ArrayList<>();
    Assembler assembler = new Assembler(limits, results::add);
    events.forEach(assembler::event);
    assembler.end();
    assertThat(ran(results)).containsAll(begun(events));
    if (limits.maxHeld() >= ROOMY) {
      assertThat(ran(results)).doesNotHaveDuplicates();
    }
    long content = 0;
    boolean omitted = false;
    for (TestResult result : results) {
      omitted |= result.attachmentsOmitted() > 0;
      for (Attachment file : result.attachments()) {
        content += file.length();
        assertThat(file.head().length() + file.tail().length())
            .isLessThanOrEqualTo(limits.maxFile());
      }
    }
    long sent = sent(events);
    assertThat(content).isLessThanOrEqualTo(sent);
    boolean announced = events.stream().anyMatch(AssemblerFuzz::isAnnouncedWithFile);
    if (assembler.lateEvents() == 0 && !omitted && !announced && limits.maxFile() > 0) {
      assertThat(content).isEqualTo(sent);
    }
    if (limits.linger() == Integer.MAX_VALUE) {
      assertThat(assembler.lateEvents()).isZero();
    }
  }

  /** Announcements are delivered without files. */
  private static boolean isAnnouncedWithFile(Event event) {
    return event.status() == Status.EXISTS && event.hasFile();
  }

  private static long sent(List<Event> events) {
    return events.stream()
        .filter(event -> Name.of(event) != null)
        .mapToLong(event -> event.fileContent().length())
        .sum();
  }

  /** Attempts that are more than announced. */
  private static List<String> ran(List<TestResult> results) {
    return results.stream()
        .filter(result -> result.status() != Status.EXISTS)
        .map(result -> result.key().toString())
        .toList();
  }

  private static Set<String> begun(List<Event> events) {
    Attempts attempts = new Attempts();
    Set<String> begun = new HashSet<>();
    for (Event event : events) {
      int attempt = attempts.of(event);
      Name name = Name.of(event);
      if (name != null && (event.status() == Status.INPROGRESS || event.status().isFinal())) {
        begun.add(
            new dev.headgate.subunit.TestKey(name.route(), name.testId(), attempt).toString());
      }
    }
    return begun;
  }
}
