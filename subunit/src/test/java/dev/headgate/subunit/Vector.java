package dev.headgate.subunit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** One stream of {@code vectors.json} and what a reader must deliver. */
record Vector(Map<String, Object> json, byte[] bytes) {
  private static final List<Vector> ALL = load();

  static List<Vector> all() {
    return ALL;
  }

  @SuppressWarnings("unchecked")
  private static List<Vector> load() {
    try (InputStream in = Vector.class.getResourceAsStream("vectors.json")) {
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
      throw new IllegalStateException("the parts of " + json.get("id") + " have another digest");
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

  String id() {
    return (String) json.get("id");
  }

  boolean isValid() {
    return "valid".equals(json.get("spec_verdict"));
  }

  long damageOrTextBytes() {
    return (Long) json.get("damage_or_text_bytes");
  }

  @SuppressWarnings("unchecked")
  List<String> acceptedIds() {
    return (List<String>) json.get("accepted_ids");
  }

  @SuppressWarnings("unchecked")
  List<Map<String, Object>> pythonEvents() {
    return (List<Map<String, Object>>) json.get("events_by_python_subunit");
  }

  @Override
  public String toString() {
    return id();
  }
}
