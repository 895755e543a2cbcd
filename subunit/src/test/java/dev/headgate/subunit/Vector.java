package dev.headgate.subunit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One stream of {@code conformance/vectors.json} and what a reader must deliver. */
record Vector(Map<String, Object> json, byte[] bytes) {
  /** Bytes of a text or content that stand in the suite in full, and tags of a list. */
  private static final int MOST_SHOWN = 96;

  private static final List<Vector> ALL = load();

  static List<Vector> all() {
    return ALL;
  }

  @SuppressWarnings("unchecked")
  private static List<Vector> load() {
    try (InputStream in = Files.newInputStream(Path.of("conformance", "vectors.json"))) {
      Map<String, Object> document = (Map<String, Object>) Json.read(in);
      List<Map<String, Object>> vectors = (List<Map<String, Object>>) document.get("vectors");
      return vectors.stream().map(json -> new Vector(json, bytesOf(json))).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static byte[] bytesOf(Map<String, Object> json) {
    if (json.get("hex") instanceof String hex) {
      return HexFormat.of().parseHex(hex);
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (Map<String, Object> part : (List<Map<String, Object>>) json.get("parts")) {
      if (part.get("hex") instanceof String hex) {
        all.writeBytes(HexFormat.of().parseHex(hex));
      } else {
        byte[] run = new byte[Math.toIntExact((Long) part.get("count"))];
        Arrays.fill(run, HexFormat.of().parseHex((String) part.get("repeat"))[0]);
        all.writeBytes(run);
      }
    }
    if (!sha256(all.toByteArray()).equals(json.get("sha256"))) {
      throw new IllegalStateException("the parts of " + json.get("name") + " have another digest");
    }
    return all.toByteArray();
  }

  static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  String name() {
    return (String) json.get("name");
  }

  /** True if the stream is sound packets and text, which every reader of the format reads alike. */
  boolean isSound() {
    return json.containsKey("python_subunit");
  }

  /** What {@link #itemsOf} says of a reader that is right. */
  @SuppressWarnings("unchecked")
  List<Map<String, Object>> items() {
    return (List<Map<String, Object>>) json.get("items");
  }

  @SuppressWarnings("unchecked")
  List<Map<String, Object>> pythonEvents() {
    return (List<Map<String, Object>>) json.get("python_subunit");
  }

  @Override
  public String toString() {
    return name();
  }

  /** What was delivered, in the words of the suite. */
  static List<Map<String, Object>> itemsOf(Decoded decoded) {
    return decoded.items().stream().map(Vector::item).toList();
  }

  private static Map<String, Object> item(Decoded.Item item) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kind", item.kind().name().toLowerCase(Locale.ROOT));
    fields.put("at", item.offset());
    fields.put("length", (long) item.bytes().length());
    if (item.event() != null) {
      put(fields, "in_damaged", item.inDamaged() ? true : null);
      putFields(fields, item.event());
    }
    return fields;
  }

  private static void putFields(Map<String, Object> fields, Event event) {
    put(fields, "status", event.status().word());
    put(fields, "runnable", event.runnable());
    put(fields, "timestamp", event.timestamp() == null ? null : event.timestamp().toString());
    put(fields, "test_id", text(event.testId()));
    put(fields, "tags", event.tags().isEmpty() ? null : tags(event.tags()));
    put(fields, "mime_type", text(event.mimeType()));
    put(fields, "file_name", text(event.fileName()));
    put(fields, "file_content", event.hasFile() ? bytes(event.fileContent()) : null);
    put(fields, "eof", event.eof() ? true : null);
    put(fields, "route_code", text(event.routeCode()));
  }

  private static void put(Map<String, Object> fields, String name, Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  private static Object text(String text) {
    if (text == null || text.getBytes(UTF_8).length <= MOST_SHOWN) {
      return text;
    }
    return digest(text.getBytes(UTF_8));
  }

  private static Object tags(List<String> tags) {
    return tags.size() <= MOST_SHOWN
        ? tags.stream().map(Vector::text).toList()
        : Map.of(
            "count", (long) tags.size(), "sha256", sha256(String.join("\n", tags).getBytes(UTF_8)));
  }

  private static Map<String, Object> bytes(Bytes bytes) {
    return bytes.length() <= MOST_SHOWN ? Map.of("hex", bytes.hex()) : digest(bytes.toByteArray());
  }

  private static Map<String, Object> digest(byte[] bytes) {
    return Map.of("length", (long) bytes.length, "sha256", sha256(bytes));
  }
}
