package dev.headgate.sim.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headgate.config.Problem;
import dev.headgate.sim.Histories;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A history in a file is the same history. */
final class HistoryFileTests {
  private static HistoryFile parse(String text) {
    return HistoryFile.parse("h.yaml", text.getBytes(UTF_8));
  }

  private static String problem(String text) {
    assertThat(parse(text)).isInstanceOf(HistoryFile.Invalid.class);
    List<Problem> problems = ((HistoryFile.Invalid) parse(text)).problems();
    return problems.getFirst().toString();
  }

  private static String written(long seed) {
    return HistoryFile.written(
        Draw.history(seed), "it \"broke\"\n\tthere: ü", List.of("a", "b\nc"));
  }

  @Test
  void whatIsWrittenIsReadAsTheSame() {
    for (long seed = 0; seed < 40; seed++) {
      HistoryFile file = parse(written(seed));
      assertThat(file).as(written(seed)).isInstanceOf(HistoryFile.Valid.class);
      MachineHistory saved = (MachineHistory) ((HistoryFile.Valid) file).history();
      assertThat(saved.history()).isEqualTo(Draw.history(seed));
      assertThat(saved.formerlyBroken()).isEqualTo("it \"broke\"\n\tthere: ü");
      assertThat(saved.seed()).isEqualTo(seed);
    }
  }

  @Test
  void itTakesTheSameCourse() {
    for (long seed = 0; seed < 20; seed++) {
      SavedHistory saved = ((HistoryFile.Valid) parse(written(seed))).history();
      assertThat(saved.play().story())
          .isEqualTo(Course.run(Draw.history(seed), Twist.NONE, true).story());
      assertThat(saved.play().broken()).isEmpty();
    }
  }

  @Test
  void whatWasThrownIsWrittenAndReadAsTheSame() {
    List<Long> thrown = LongStream.range(-3, 60).boxed().toList();
    String text =
        HistoryFile.written(
            new Histories.Broken(7, "it \"broke\"\nthere", List.of("one", "two"), thrown));
    assertThat(HistoryFile.isClaimedBy(text.getBytes(UTF_8))).isTrue();
    assertThat(text).contains("# one\n# two\n");
    assertThat(parse(text)).isInstanceOf(HistoryFile.Valid.class);
    SavedHistory saved = ((HistoryFile.Valid) parse(text)).history();
    assertThat(saved.seed()).isEqualTo(7);
    assertThat(saved.formerlyBroken()).isEqualTo("it \"broke\"\nthere");
    assertThat(((ThrownHistory) saved).document().throwing()).isEqualTo(thrown);
    assertThat(saved.play().broken()).isEmpty();
    assertThat(problem(text.replace("gate-throws/1", "gate-throws/2")))
        .contains("a history of the format gate-throws/2: only gate-throws/1 is read");
    assertThat(problem(text.replaceFirst("- \\[.*\\]", "- [x]"))).contains("'x'");
  }

  @Test
  void onlyFilesThatSayItAreTakenForHistories() {
    assertThat(HistoryFile.isClaimedBy(written(1).getBytes(UTF_8))).isTrue();
    assertThat(HistoryFile.isClaimedBy("schema: gate-history/2".getBytes(UTF_8))).isTrue();
    assertThat(HistoryFile.isClaimedBy("schema: gate-conformance/1".getBytes(UTF_8))).isFalse();
    assertThat(HistoryFile.isClaimedBy(new byte[] {-1, 0, 3})).isFalse();
    assertThat(HistoryFile.isClaimedBy(new byte[0])).isFalse();
  }

  @Test
  void whatIsWrongIsSaidWithItsPlace() {
    String text = written(1);
    assertThat(problem("")).contains("the file is empty");
    assertThat(problem("[]")).contains("h.yaml:1:1: the file must be a mapping, not a list");
    assertThat(problem("schema: x")).contains("has no 'broken'");
    assertThat(problem(text.replace("gate-history/1", "gate-history/7")))
        .contains("a history of the format gate-history/7: only gate-history/1 is read");
    assertThat(problem(text.replace("decisions:", "decision:")))
        .contains("unknown key 'decision' in the file; did you mean 'decisions'?");
    assertThat(problem(text.replaceFirst("which: \\d+", "which: many")))
        .contains("'which' must be a number, not 'many'");
    assertThat(problem(text.replaceFirst("which: \\d+", "which: 99999999999")))
        .contains("'which' cannot be 99999999999");
    assertThat(problem(text.replaceFirst("which: \\d+", "which: -1")))
        .contains("a choice is negative");
    assertThat(problem(text.replaceFirst("act: capacity", "act: capacities")))
        .contains("'act' cannot be 'capacities'; did you mean 'capacity'?");
    assertThat(problem(text.replaceFirst("timeout: \\w+", "timeout: soon")))
        .contains("'timeout' must be a duration as in PT1H");
    assertThat(problem(text.replaceFirst("fail-fast: \\w+", "fail-fast: perhaps")))
        .contains("'fail-fast' must be true or false");
    assertThat(problem(text.replaceFirst("(?s)decisions:.*", "decisions: 3")))
        .contains("'decisions' must be a list, not a number");
    assertThat(problem("schema: gate-history/1\nbroken: [")).contains("h.yaml:");
  }
}
