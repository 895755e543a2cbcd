package dev.headgate.subunit.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.PacketDecoder;
import dev.headgate.subunit.PacketEncoder;
import dev.headgate.subunit.SeededStreams;
import dev.headgate.subunit.Status;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamReaderTests {
  private static final Bytes PACKET = PacketEncoder.encode(Event.test("p", Status.SUCCESS).build());

  /** Strings in UTF-8 and packets, one behind the other. */
  private static Bytes joined(Object... parts) {
    return Bytes.concat(
        Arrays.stream(parts)
            .map(part -> part instanceof Bytes bytes ? bytes : Bytes.ofUtf8((String) part))
            .toList());
  }

  private static List<String> said(Format format, Object... parts) {
    return StreamRead.of(format, joined(parts)).said;
  }

  private static String text(String text) {
    return "text " + Bytes.ofUtf8(text).hex();
  }

  @Test
  void version1AloneIsRecognised() {
    assertThat(said(Format.AUTO, "hello\ntest: a\nout\nsuccess: a\nbye"))
        .containsExactly(text("hello\n"), "a inprogress", text("out\n"), "a success", text("bye"));
  }

  @Test
  void linesLikeDirectivesAreTextOnceAPacketWasSeen() {
    String lines = "test: foo\nsuccess: foo\ntags: x\n";
    assertThat(said(Format.AUTO, PACKET, lines, PACKET, lines))
        .containsExactly("p success", text(lines), "p success", text(lines));
    assertThat(said(Format.BOTH, PACKET, "test: foo\nsuccess: foo\n"))
        .containsExactly("p success", "foo inprogress", "foo success");
    assertThat(said(Format.V2, "test: foo\nsuccess: foo\n"))
        .containsExactly(text("test: foo\nsuccess: foo\n"));
    assertThat(said(Format.V1, "test: a\n", PACKET, "\nsuccess: a\n"))
        .containsExactly("a inprogress", "text " + PACKET.hex() + "0a", "a success");
  }

  @Test
  void testThatRanWhenTheFirstPacketCameMayEnd() {
    assertThat(
            said(
                Format.AUTO,
                "test: a\n",
                PACKET,
                "test: b\nfailure: a [\nwhy\n]\ntest: c\nsuccess: c\n"))
        .containsExactly(
            "a inprogress",
            "p success",
            text("test: b\n"),
            "a none traceback=" + Bytes.ofUtf8("why\n").hex(),
            "a fail",
            text("test: c\nsuccess: c\n"));
  }

  @Test
  void wordWithoutColonCountsWhenItIsBorneOut() {
    assertThat(
            said(
                Format.AUTO,
                "testing the connection\ntest one ... ok\ntest old\nsuccess old\ntest new\n"))
        .containsExactly(
            text("testing the connection\ntest one ... ok\ntest old\n"),
            "old inprogress",
            "old success",
            "new inprogress");
    assertThat(said(Format.AUTO, "test result: ok. 5 passed\n", PACKET))
        .containsExactly(text("test result: ok. 5 passed\n"), "p success");
  }

  @Test
  void detailsMayContainWhatLooksLikeAPacket() {
    Bytes plausible = Bytes.copyOf(new byte[] {(byte) 0xB3, 0x20, 0, 0x7F, (byte) 0xFF, 10});
    Bytes damaged = joined(PACKET.slice(0, PACKET.length() - 1), Bytes.copyOf(new byte[] {0, 10}));
    for (Bytes odd : List.of(plausible, damaged, Bytes.copyOf(new byte[] {(byte) 0xB3, 10}))) {
      for (Format format : List.of(Format.AUTO, Format.BOTH, Format.V1)) {
        assertThat(said(format, "test: a\nfailure: a [\n", odd, "]\ntest: b\nsuccess: b\n"))
            .containsExactly(
                "a inprogress",
                "a none traceback=" + odd.hex(),
                "a fail",
                "b inprogress",
                "b success");
      }
    }
  }

  @Test
  void packetWithinAChunkIsContentAndElsewhereAnEvent() {
    String head =
        "test: a\nfailure: a [ multipart\nContent-Type: a/b\nf\n"
            + Integer.toHexString(PACKET.length())
            + "\r\n";
    assertThat(said(Format.AUTO, head, PACKET, "0\r\n]\ntest: b\n"))
        .containsExactly("a inprogress", "a none f=" + PACKET.hex(), "a fail", "b inprogress");
    assertThat(said(Format.AUTO, "test: a\nfailure: a [\nx\n", PACKET, "y\n]\n"))
        .containsExactly(
            "a inprogress",
            "p success",
            "a none traceback=" + Bytes.ofUtf8("x\ny\n").hex(),
            "a fail");
  }

  @Test
  void packetWithinALineLeavesItText() {
    assertThat(said(Format.BOTH, "test: a", PACKET, "\nsuccess: a\n"))
        .containsExactly(text("test: a"), "p success", text("\nsuccess: a\n"));
    assertThat(said(Format.AUTO, "abc", PACKET)).containsExactly(text("abc"), "p success");
  }

  @Test
  void damageIsDamageUntilAVersion1TestWasSeen() {
    Bytes damaged = joined(PACKET.slice(0, PACKET.length() - 1), "!");
    assertThat(said(Format.AUTO, damaged, PACKET))
        .containsExactly("damage " + damaged.hex(), "p success");
    assertThat(said(Format.AUTO, damaged, "\ntest: a\n"))
        .containsExactly("damage " + damaged.hex(), text("\n"), "a inprogress");
    assertThat(said(Format.AUTO, "test: a\n", damaged, "\nsuccess: a\n"))
        .containsExactly("a inprogress", "text " + damaged.hex() + "0a", "a success");
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void anySplitSaysTheSameAndAccountsForEveryByte(Format format) {
    int events = 0;
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Bytes stream = mixed(seed);
      StreamRead whole = StreamRead.of(format, stream);
      events += whole.events.size();
      for (int i = 0; i < 4; i++) {
        int[] cuts = random.ints(random.nextInt(9), 0, stream.length() + 1).sorted().toArray();
        assertThat(StreamRead.of(format, stream, cuts).said)
            .as("seed %d %s", seed, Arrays.toString(cuts))
            .isEqualTo(whole.said);
      }
    }
    assertThat(events).isGreaterThan(200);
  }

  private static Bytes mixed(int seed) {
    SeededStreams random = new SeededStreams(seed);
    List<Object> parts = new ArrayList<>();
    for (int i = random.below(12); i >= 0; i--) {
      switch (random.below(8)) {
        case 0 -> parts.add(PACKET);
        case 1 -> parts.add(Bytes.copyOf(random.stream(2)));
        case 2 -> parts.add("test: a\n");
        case 3 -> parts.add("success: a\n");
        case 4 -> parts.add("test: b\nfailure: b [\nx\n]\n");
        case 5 -> parts.add("test c\nerror: c [ multipart\nContent-Type: a/b\nf\n20\r\n");
        case 6 -> parts.add("0\r\n]\n");
        default -> parts.add("line" + (random.oneIn(2) ? "\n" : ""));
      }
    }
    return joined(parts.toArray());
  }

  @Test
  void streamOfPacketsIsReadAsThePacketDecoderReadsIt() {
    for (int seed = 0; seed < 200; seed++) {
      Bytes stream = Bytes.copyOf(new SeededStreams(seed).stream(8));
      assertThat(StreamRead.of(Format.V2, stream).events).isEqualTo(SeededStreams.eventsOf(stream));
      assertThat(StreamRead.of(Format.AUTO, stream).events)
          .as("seed %d", seed)
          .isEqualTo(SeededStreams.eventsOf(stream));
    }
  }

  @Test
  void whatLooksLikeAPacketInDetailsCanBeGivenUp() {
    StreamReader reader = new StreamReader(Format.AUTO);
    StreamRead read = new StreamRead();
    reader.offer(
        joined(
            "test: a\nfailure: a [\n",
            Bytes.copyOf(new byte[] {(byte) 0xB3, 0x20, 0, (byte) 0xBF, 0, 0}),
            "\n]\n"));
    reader.drainTo(read);
    assertThat(read.said).containsExactly("a inprogress");
    assertThat(reader.rescan()).isTrue();
    reader.offer(Bytes.ofUtf8("test: b\n"));
    reader.drainTo(read);
    assertThat(read.said).hasSize(4).endsWith("a fail", "b inprogress");
    reader.offer(PACKET);
    reader.drainTo(read);
    assertThat(read.said).last().isEqualTo("p success");
    assertThat(reader.rescan()).isFalse();
  }

  @Test
  void accessorsNeedTheirItem() {
    StreamReader reader = new StreamReader(Format.AUTO);
    assertThat(reader.current()).isEqualTo(PacketDecoder.Next.NEED_MORE);
    assertThatThrownBy(reader::event).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(reader::span).isInstanceOf(IllegalStateException.class);
    reader.offer(joined("x", PACKET));
    assertThat(reader.next()).isEqualTo(PacketDecoder.Next.TEXT);
    assertThat(reader.length()).isEqualTo(1);
    assertThat(reader.next()).isEqualTo(PacketDecoder.Next.EVENT);
    assertThat(reader.offset()).isEqualTo(1);
    assertThat(reader.inDamaged()).isFalse();
    reader.end();
    assertThat(reader.next()).isEqualTo(PacketDecoder.Next.END);
    StreamReader lines = new StreamReader(Format.V1);
    lines.end();
    assertThatThrownBy(() -> lines.offer(PACKET)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void packetWithinALineOfDetailsComesBeforeIt() {
    assertThat(said(Format.BOTH, "test: a\nfailure: a [ multipart\n3", PACKET, "]\n"))
        .containsExactly("a inprogress", "p success", "damage " + Bytes.ofUtf8("3]\n").hex());
  }

  @Test
  void damageBehindDetailsIsDamageHoweverItIsCut() {
    Bytes damaged = Bytes.copyOf(new byte[] {(byte) 0xB3, 0x2D, 0x37, 0x5A, 10});
    Bytes stream =
        joined(PACKET, "test: x\nsuccess: x [ multipart\n", damaged, "test: a\nx".repeat(20));
    for (Format format : Format.values()) {
      List<String> whole = StreamRead.of(format, stream).said;
      for (int cut = 0; cut <= stream.length(); cut++) {
        assertThat(StreamRead.of(format, stream, cut).said)
            .as("%s cut at %d", format, cut)
            .isEqualTo(whole);
      }
    }
    assertThat(StreamRead.of(Format.BOTH, stream).said)
        .startsWith("p success", "x inprogress", "damage " + damaged.hex(), "x success");
  }
}
