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

/** The public suite, {@code conformance/vectors.json}. */
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

  static List<Vector> soundVectors() {
    return Vector.all().stream().filter(Vector::isSound).toList();
  }

  @Test
  void allVectorsAreThere() {
    assertThat(vectors()).hasSizeGreaterThanOrEqualTo(142);
    assertThat(vectors()).extracting(Vector::name).doesNotHaveDuplicates();
    assertThat(smallVectors()).hasSizeGreaterThan(110);
    assertThat(soundVectors()).hasSizeGreaterThanOrEqualTo(59);
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void itemsAreThoseOfThePlainReadingOfTheRules(Vector vector) {
    assertThat(vector.items()).isEqualTo(Vector.itemsOf(ReferenceDecoder.decode(vector.bytes())));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void itemsAreDelivered(Vector vector) {
    Decoded decoded = Decoded.of(vector.bytes());
    assertThat(Vector.itemsOf(decoded)).isEqualTo(vector.items());
    assertThat(Arrays.equals(decoded.all(), vector.bytes())).isTrue();
  }

  /** FORMAT.md, verdict 5, against the first list of vectors, which took these for events. */
  @Test
  void nanosecondsOfASecondOrMoreAreDamage() {
    List<String> names = List.of("ts-ns-1073741823", "ts-overflow-2106");
    List<Vector> overfull =
        Vector.all().stream().filter(vector -> names.contains(vector.name())).toList();
    assertThat(overfull).hasSize(2);
    for (Vector vector : overfull) {
      assertThat(Decoded.of(vector.bytes()).bytesOf(PacketDecoder.Next.DAMAGE))
          .isEqualTo(vector.bytes().length);
    }
  }

  @ParameterizedTest
  @MethodSource("soundVectors")
  void eventsOfSoundStreamsAreThoseOfThePythonReader(Vector vector) {
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
      assertThat(Decoded.ofBuffers(Decoded.BufferKind.DIRECT, input, first)).isEqualTo(whole);
    }
    int[] everywhere = new int[input.length];
    Arrays.setAll(everywhere, i -> i);
    assertThat(Decoded.of(input, everywhere)).isEqualTo(whole);
    assertThat(Decoded.ofShared(input, everywhere)).isEqualTo(whole);
    assertThat(Decoded.ofPairs(input, everywhere)).isEqualTo(whole);
    for (Decoded.BufferKind kind : Decoded.BufferKind.values()) {
      assertThat(Decoded.ofBuffers(kind, input, everywhere)).as("%s", kind).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void piecesOfAPipeDeliverTheSame(Vector vector) {
    byte[] input = vector.bytes();
    int[] cuts = new int[input.length / 65_521];
    Arrays.setAll(cuts, i -> (i + 1) * 65_521);
    Decoded whole = Decoded.of(input);
    assertThat(Decoded.of(input, cuts)).isEqualTo(whole);
    assertThat(Decoded.ofShared(input, cuts)).isEqualTo(whole);
    for (Decoded.BufferKind kind : Decoded.BufferKind.values()) {
      assertThat(Decoded.ofPieces(kind.of(input, 0, input.length))).as("%s", kind).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource("soundVectors")
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
