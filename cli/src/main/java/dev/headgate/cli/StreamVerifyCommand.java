package dev.headgate.cli;

import dev.headgate.subunit.DamageReason;
import dev.headgate.subunit.PacketDecoder;
import dev.headgate.subunit.TestTally;
import java.io.IOException;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code headgate stream verify}: what every byte of a stream is. */
@Command(
    name = "verify",
    description = "Accounts for every byte of a stream of version 2: packets, text and damage.",
    footer = {"", "Exit code 1 if there is damage, or a test failed or was lost."},
    sortOptions = false)
final class StreamVerifyCommand implements Callable<ExitCode> {
  private final Invocation invocation;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "The stream; default: standard input.")
  String file = StreamInput.STDIN;

  @Option(
      names = "--all",
      description = "Lists every run of packets and text too, not only damage.")
  boolean all;

  @Option(
      names = "--no-text",
      description =
          "Text between packets is a fault too, as where nothing but packets is expected.")
  boolean noText;

  @Option(names = "--json", description = "JSON lines: each part, then the sums.")
  boolean json;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  boolean help;

  StreamVerifyCommand(Invocation invocation) {
    this.invocation = invocation;
  }

  @Override
  public ExitCode call() throws IOException {
    TestTally tally = new TestTally(0);
    Account account = new Account(tally);
    CommandFailure cut;
    try (StreamInput input = StreamInput.open(invocation, file)) {
      cut = StreamFeed.read(input, account);
    }
    account.print();
    ExitCode code = StreamCommand.exitCode(tally, cut);
    return account.damage.parts > 0 || (noText && account.text.parts > 0)
        ? code.worse(ExitCode.FAILED)
        : code;
  }

  /** Parts of one kind. */
  private static final class Sum {
    long parts;
    long bytes;
  }

  private final class Account extends PacketTaker {
    private final TestTally tally;
    private final Sum packets = new Sum();
    private final Sum text = new Sum();
    private final Sum damage = new Sum();
    private final PrintStream out = invocation.console().out();
    private final Style style = new Style(invocation.console().terminal().coloursOnOut());
    private long inDamaged;
    private PacketDecoder.Next kind = PacketDecoder.Next.END;
    private Optional<DamageReason> reason = Optional.empty();
    private long begin;
    private long length;
    private long count;

    Account(TestTally tally) {
      this.tally = tally;
    }

    @Override
    void item(PacketDecoder.Next next) {
      Optional<DamageReason> why =
          next == PacketDecoder.Next.DAMAGE
              ? Optional.of(decoder.damageReason())
              : Optional.empty();
      if (next != kind || !why.equals(reason)) {
        part(next, why);
      }
      if (next == PacketDecoder.Next.EVENT) {
        tally.accept(decoder);
        inDamaged += decoder.inDamaged() ? 1 : 0;
      }
      count++;
      length += decoder.length();
    }

    @Override
    public void end() {
      super.end();
      part(PacketDecoder.Next.END, Optional.empty());
    }

    /** Ends the part so far, and begins one. */
    private void part(PacketDecoder.Next next, Optional<DamageReason> why) {
      if (length > 0) {
        Sum sum =
            switch (kind) {
              case EVENT -> packets;
              case TEXT -> text;
              case DAMAGE -> damage;
              case NEED_MORE, END -> throw new IllegalStateException("bytes of no kind");
            };
        sum.parts += kind == PacketDecoder.Next.EVENT ? count : 1;
        sum.bytes += length;
        if (all || json || kind == PacketDecoder.Next.DAMAGE) {
          tell();
        }
      }
      kind = next;
      reason = why;
      begin = decoder.offset();
      length = 0;
      count = 0;
    }

    private String word() {
      return switch (kind) {
        case EVENT -> "packets";
        case TEXT -> "text";
        case DAMAGE -> "damage";
        case NEED_MORE, END -> throw new IllegalStateException("bytes of no kind");
      };
    }

    private void tell() {
      if (json) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("v", 1);
        line.put("offset", begin);
        line.put("length", length);
        line.put("kind", word());
        if (kind == PacketDecoder.Next.EVENT) {
          line.put("packets", count);
        }
        reason.ifPresent(why -> line.put("reason", why.code()));
        out.println(JsonText.of(line));
        return;
      }
      String what =
          switch (kind) {
            case EVENT -> Wording.count(count, "packet");
            case TEXT -> "text";
            case DAMAGE -> style.bad("damage: " + reason.map(DamageReason::words).orElse(""));
            case NEED_MORE, END -> throw new IllegalStateException("bytes of no kind");
          };
      out.println("%12d  %10d  %s".formatted(begin, length, what));
    }

    private void print() {
      if (json) {
        Map<String, Object> sums = new LinkedHashMap<>();
        sums.put("v", 1);
        sums.put("bytes", packets.bytes + text.bytes + damage.bytes);
        sums.put("packets", packets.parts);
        sums.put("packet-bytes", packets.bytes);
        sums.put("text-parts", text.parts);
        sums.put("text-bytes", text.bytes);
        sums.put("damage-parts", damage.parts);
        sums.put("damage-bytes", damage.bytes);
        sums.put("packets-within-damage", inDamaged);
        out.println(JsonText.of(sums));
        return;
      }
      out.println(
          "%s: %s in packets (%d), %d of text in %s, %d damaged in %s"
              .formatted(
                  Wording.count(packets.bytes + text.bytes + damage.bytes, "byte"),
                  packets.bytes,
                  packets.parts,
                  text.bytes,
                  Wording.count(text.parts, "part"),
                  damage.bytes,
                  Wording.count(damage.parts, "part")));
      if (inDamaged > 0) {
        out.println(
            style.warning(
                Wording.count(inDamaged, "packet")
                    + " within the extent of a damaged one: it may be content that looks so"));
      }
    }
  }
}
