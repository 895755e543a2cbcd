package dev.headgate.subunit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of docs/subunit.md are what our own codec makes of them. */
class FormatExamplesTests {
  private static final Pattern BLOCK =
      Pattern.compile(
          "^```(packet|read-only packet|stream)\n(.*?)\n```$", Pattern.MULTILINE | Pattern.DOTALL);

  record Example(String kind, String hex, List<String> meaning) {
    byte[] bytes() {
      return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Override
    public String toString() {
      return kind + " " + hex;
    }
  }

  static List<Example> examples() throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(Path.of("..", "docs", "subunit.md")));
    List<Example> examples = new ArrayList<>();
    while (block.find()) {
      List<String> lines = block.group(2).lines().map(String::strip).toList();
      examples.add(new Example(block.group(1), lines.getFirst(), lines.subList(1, lines.size())));
    }
    return examples;
  }

  static List<Example> packets() throws IOException {
    return examples().stream().filter(e -> !e.kind.equals("stream")).toList();
  }

  static List<Example> streams() throws IOException {
    return examples().stream().filter(e -> e.kind.equals("stream")).toList();
  }

  @Test
  void examplesAreFound() throws IOException {
    assertThat(packets()).hasSizeGreaterThanOrEqualTo(10);
    assertThat(streams()).hasSizeGreaterThanOrEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("packets")
  void packetMeansWhatThePageSays(Example example) {
    Decoded decoded = Decoded.of(example.bytes());
    assertThat(decoded.items()).hasSize(1);
    Event event = decoded.events().getFirst();
    assertThat(described(event)).isEqualTo(example.meaning);
    boolean same = PacketEncoder.encode(event).equals(Bytes.copyOf(example.bytes()));
    assertThat(same).isEqualTo(example.kind.equals("packet"));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void streamIsTakenApartAsThePageSays(Example example) {
    List<String> items =
        Decoded.of(example.bytes()).items().stream()
            .map(item ->
                item.kind().name().toLowerCase(Locale.ROOT)
                    + (" " + item.offset() + " " + item.bytes().length())
                    + (item.inDamaged() ? " marked" : ""))
            .toList();
    assertThat(items).isEqualTo(example.meaning);
  }

  private static List<String> described(Event event) {
    List<String> lines = new ArrayList<>();
    lines.add("status: " + event.status().word());
    add(lines, "runnable", event.runnable() ? "true" : null);
    add(lines, "timestamp", event.timestamp());
    add(lines, "test id", event.testId());
    add(lines, "tags", event.tags().isEmpty() ? null : String.join(" ", event.tags()));
    add(lines, "MIME type", event.mimeType());
    add(lines, "file name", event.fileName());
    add(lines, "file content", event.hasFile() ? event.fileContent().hex() : null);
    add(lines, "EOF", event.eof() ? "true" : null);
    add(lines, "route code", event.routeCode());
    return lines;
  }

  private static void add(List<String> lines, String name, Object value) {
    if (value != null) {
      lines.add((name + ": " + value).strip());
    }
  }
}
