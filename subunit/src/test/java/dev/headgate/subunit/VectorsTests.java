package dev.headgate.subunit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The streams of {@code vectors.json}, which other implementations share. */
class VectorsTests {
  private static final DateTimeFormatter PYTHON_TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx")
          .toFormatter(Locale.ROOT);

  /** Streams up to this are cut at every place. */
  private static final int SMALL = 256;

  static List<Vector> vectors() {
    return Vector.all();
  }

  static List<Vector> smallVectors() {
    return Vector.all().stream().filter(vector -> vector.bytes().length <= SMALL).toList();
  }

  static List<Vector> validVectors() {
    return Vector.all().stream().filter(Vector::isValid).toList();
  }

  @Test
  void allVectorsAreThere() {
    assertThat(vectors()).hasSize(129);
    assertThat(smallVectors()).hasSizeGreaterThan(100);
    assertThat(validVectors()).hasSize(61);
  }

  /**
   * Verdict 5 of FORMAT.md decides what these two leave open, and so against what the file expects
   * of a reader without that verdict.
   */
  private static final List<String> SECOND_OF_NANOSECONDS =
      List.of("ts-ns-1073741823", "ts-overflow-2106");

  static List<Vector> vectorsButOverfullSeconds() {
    return Vector.all().stream().filter(v -> !SECOND_OF_NANOSECONDS.contains(v.id())).toList();
  }

  static List<Vector> overfullSeconds() {
    return Vector.all().stream().filter(v -> SECOND_OF_NANOSECONDS.contains(v.id())).toList();
  }

  @ParameterizedTest
  @MethodSource("overfullSeconds")
  void nanosecondsOfASecondOrMoreAreDamage(Vector vector) {
    Decoded decoded = Decoded.of(vector.bytes());
    assertThat(decoded.events()).isEmpty();
    assertThat(decoded.bytesOf(PacketDecoder.Next.DAMAGE)).isEqualTo(vector.bytes().length);
  }

  @ParameterizedTest
  @MethodSource("vectorsButOverfullSeconds")
  void acceptedPacketsAreDeliveredAndTheOtherBytesCounted(Vector vector) {
    Decoded decoded = Decoded.of(vector.bytes());
    assertThat(decoded.events().stream().map(event -> abbreviated(event.testId())).toList())
        .isEqualTo(vector.acceptedIds());
    long others =
        decoded.bytesOf(PacketDecoder.Next.TEXT) + decoded.bytesOf(PacketDecoder.Next.DAMAGE);
    assertThat(others).isEqualTo(vector.damageOrTextBytes());
    assertThat(Arrays.equals(decoded.all(), vector.bytes())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("validVectors")
  void eventsOfValidStreamsAreThoseOfThePythonReader(Vector vector) {
    List<Map<String, Object>> ours =
        Decoded.of(vector.bytes()).items().stream().map(VectorsTests::asPython).toList();
    assertThat(ours).isEqualTo(vector.pythonEvents());
  }

  @ParameterizedTest
  @MethodSource("smallVectors")
  void everySplitDeliversTheSame(Vector vector) {
    byte[] input = vector.bytes();
    Decoded whole = Decoded.of(input);
    for (int first = 0; first <= input.length; first++) {
      assertThat(Decoded.of(input, first)).isEqualTo(whole);
      assertThat(Decoded.ofShared(input, first)).isEqualTo(whole);
    }
    int[] everywhere = new int[input.length];
    Arrays.setAll(everywhere, i -> i);
    assertThat(Decoded.of(input, everywhere)).isEqualTo(whole);
    assertThat(Decoded.ofShared(input, everywhere)).isEqualTo(whole);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void piecesOfAPipeDeliverTheSame(Vector vector) {
    byte[] input = vector.bytes();
    int[] cuts = new int[input.length / 65_521];
    Arrays.setAll(cuts, i -> (i + 1) * 65_521);
    assertThat(Decoded.of(input, cuts)).isEqualTo(Decoded.of(input));
  }

  @ParameterizedTest
  @MethodSource("validVectors")
  void eventsAreWrittenBackAsTheSameBytes(Vector vector) {
    PacketEncoder encoder = new PacketEncoder();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    for (Decoded.Item item : Decoded.of(vector.bytes()).items()) {
      if (item.event() != null && isWritten(item.event())) {
        encoder.append(item.event());
        expected.writeBytes(item.bytes().toByteArray());
      }
    }
    assertThat(Arrays.equals(encoder.take().toByteArray(), expected.toByteArray())).isTrue();
  }

  /** What nobody writes (verdict 6), and content that is written as several packets (verdict 8). */
  private static boolean isWritten(Event event) {
    return (event.hasFile() || (!event.eof() && event.mimeType() == null))
        && event.fileContent().length() <= PacketEncoder.MAX_CONTENT;
  }

  private static String abbreviated(String id) {
    return id == null || id.length() <= 40
        ? id
        : id.substring(0, 16) + "... (" + id.length() + " bytes)";
  }

  private static Map<String, Object> asPython(Decoded.Item item) {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (item.event() == null) {
      fields.put("runnable", true);
      fields.put("file_name", "stdout");
      fields.put("file_bytes", content(item.bytes()));
      return fields;
    }
    Event event = item.event();
    put(fields, "test_id", event.testId() == null ? null : string(event.testId()));
    put(fields, "status", event.status() == Status.NONE ? null : event.status().word());
    put(fields, "tags", event.tags().isEmpty() ? null : tags(event.tags()));
    put(fields, "runnable", event.runnable());
    put(fields, "file_name", event.fileName());
    put(fields, "file_bytes", event.hasFile() ? content(event.fileContent()) : null);
    put(fields, "eof", event.eof() ? true : null);
    put(fields, "mime_type", event.mimeType());
    put(fields, "route_code", event.routeCode());
    put(fields, "timestamp", event.timestamp() == null ? null : python(event.timestamp()));
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  private static Object tags(List<String> tags) {
    List<String> sorted = tags.stream().sorted().toList();
    return sorted.size() < 64
        ? sorted
        : Map.of(
            "count", (long) sorted.size(), "first", sorted.getFirst(), "last", sorted.getLast());
  }

  /** Microseconds, a half going to the even neighbour. */
  private static String python(Instant time) {
    long nanos = time.getNano();
    long micros = Math.round(Math.rint(nanos / 1000.0));
    return PYTHON_TIME
        .format(time.truncatedTo(ChronoUnit.SECONDS).plus(micros, ChronoUnit.MICROS).atOffset(UTC))
        .replace(".000000+", "+");
  }

  private static Object string(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    return utf8.length <= 96
        ? text
        : Map.of(
            "str_chars",
            (long) text.length(),
            "utf8_bytes",
            (long) utf8.length,
            "sha256_utf8",
            Vector.sha256(utf8),
            "head",
            text.substring(0, 16));
  }

  private static Map<String, Object> content(Bytes bytes) {
    if (bytes.length() <= 96) {
      return Map.of("hex", bytes.hex());
    }
    byte[] array = bytes.toByteArray();
    return Map.of(
        "len", (long) array.length,
        "sha256", Vector.sha256(array),
        "head_hex", HexFormat.of().formatHex(array, 0, 8));
  }
}
