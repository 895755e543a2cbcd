package dev.headgate.cli;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Names of files and folders made of any text: no name leads out of its folder, plain texts stay as
 * they are, and the others carry a digest, so that two texts do not share one.
 */
final class FolderNames {
  /** File systems take 255 bytes; the digest and an ending need some of them. */
  private static final int MOST_CHARACTERS = 180;

  private FolderNames() {}

  static String of(String text) {
    String name = harmless(text);
    return name.equals(text) ? name : name + "~" + digest(text);
  }

  private static String harmless(String text) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < text.length() && name.length() < MOST_CHARACTERS; i++) {
      char c = text.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-_+=,@()[]".indexOf(c) >= 0
              || (c == '.' && i > 0);
      name.append(plain ? c : '_');
    }
    return name.isEmpty() ? "_" : name.toString();
  }

  private static String digest(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return "%08x%x".formatted(crc.getValue(), bytes.length);
  }
}
