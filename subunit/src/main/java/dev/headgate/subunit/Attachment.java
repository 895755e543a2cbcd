package dev.headgate.subunit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a summary kept of one file of one test. It is not meant to be taken apart by patterns.
 *
 * @param name the file's name; may be empty
 * @param number 1 for the first file of that name, 2 for the one begun after its end
 * @param mimeType as its first packet gave it, or null
 * @param head the first bytes
 * @param omitted how many bytes between head and tail were not kept
 * @param tail the last bytes; empty if the head has them all
 * @param complete true if the file's end was seen
 */
public record Attachment(
    String name,
    int number,
    @Nullable String mimeType,
    Bytes head,
    long omitted,
    Bytes tail,
    boolean complete) {

  /** How many bytes the file had so far. */
  public long length() {
    return head.length() + omitted + tail.length();
  }

  /** What was kept as text, with a note in the place of what was not; malformed UTF-8 is U+FFFD. */
  public String text() {
    if (omitted == 0) {
      return tail.isEmpty() ? head.utf8() : Bytes.concat(List.of(head, tail)).utf8();
    }
    return head.utf8() + "\n[" + omitted + " bytes not kept]\n" + tail.utf8();
  }
}
