package dev.headgate.subunit.backchannel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketEncoder;
import dev.headgate.subunit.SeededStreams;
import dev.headgate.subunit.Status;
import dev.headgate.subunit.backchannel.Instruction.Input;
import dev.headgate.subunit.backchannel.Instruction.RunTest;
import dev.headgate.subunit.backchannel.Instruction.Stop;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstructionTests {
  private static final List<Instruction> ALL =
      List.of(
          new RunTest("", "a"),
          new RunTest("w/1", "a.b"),
          new Input("", Bytes.ofUtf8("next\n"), false),
          new Input("w", Bytes.EMPTY, true),
          new Input("w", Bytes.EMPTY, false),
          new Stop(""),
          new Stop("w/1/2"));

  @Test
  void instructionsComeBackFromTheStreamTheyBecame() {
    for (Instruction instruction : ALL) {
      Bytes stream = PacketEncoder.encode(instruction.event());
      assertThat(SeededStreams.eventsOf(stream).stream().map(Instruction::of))
          .singleElement()
          .satisfies(read -> assertThat(read).contains(instruction));
    }
  }

  @Test
  void eventsAreThoseOfTheFormat() {
    assertThat(new RunTest("w", "a").event())
        .isEqualTo(Event.test("a", Status.EXISTS).routeCode("w").build());
    assertThat(new Input("", Bytes.ofUtf8("x"), true).event())
        .isEqualTo(Event.builder().file("stdin", Bytes.ofUtf8("x")).eof(true).build());
    assertThat(new Stop("").event())
        .isEqualTo(Event.builder().file("headgate.stop", Bytes.EMPTY).eof(true).build());
  }

  @Test
  void stepIsTakenOffOnTheWay() {
    assertThat(new Stop("w/1/2").withoutFirstStep()).isEqualTo(new Stop("1/2"));
    assertThat(new RunTest("w", "a").withoutFirstStep()).isEqualTo(new RunTest("", "a"));
    assertThat(new Input("", Bytes.EMPTY, true).withoutFirstStep())
        .isEqualTo(new Input("", Bytes.EMPTY, true));
  }

  @Test
  void whatIsNotKnownIsNoInstruction() {
    for (Event event :
        List.of(
            Event.test("a", Status.INPROGRESS).build(),
            Event.test("", Status.EXISTS).build(),
            Event.test("a", Status.NONE).file("stdin", Bytes.ofUtf8("x")).build(),
            Event.builder().status(Status.EXISTS).build(),
            Event.builder().status(Status.FAIL).file("headgate.stop", Bytes.EMPTY).build(),
            Event.builder().file("stdout", Bytes.EMPTY).build())) {
      assertThat(Instruction.of(event)).as("%s", event).isEmpty();
    }
    assertThat(Instruction.of(Event.builder().file("headgate.stop", Bytes.ofUtf8("now")).build()))
        .contains(new Stop(""));
    assertThatThrownBy(() -> new RunTest("", "")).isInstanceOf(IllegalArgumentException.class);
  }
}
