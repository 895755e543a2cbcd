package dev.headgate.reports;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headgate.subunit.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that come in pieces, as characters. The encoding is that of a byte order mark, or for XML
 * that of its declaration, or UTF-8; what is no character in it becomes U+FFFD.
 */
final class TextDecoder {
  /** Takes what was decoded. */
  interface Sink {
    /** The next characters; the array is used again. */
    void chars(char[] chars, int length);

    /** Bytes that were no character, or an encoding that is not known. */
    void undecodable(String message);
  }

  /** Where an XML declaration has ended, or is not to come any more. */
  private static final int MAX_DECLARATION = 256;

  private static final int CHARS = 1 << 12;

  private static final Pattern ENCODING =
      Pattern.compile("^\\s*<\\?xml[^>]{0,200}?encoding\\s*=\\s*[\"']([^\"'>]{1,60})[\"']");

  private final Sink sink;
  private final boolean xml;
  private final char[] chars = new char[CHARS];
  private @Nullable CharsetDecoder decoder;

  /** The bytes before the encoding is known, and later those of an incomplete character. */
  private Bytes held = Bytes.EMPTY;

  TextDecoder(Sink sink, boolean xml) {
    this.sink = sink;
    this.xml = xml;
  }

  void offer(Bytes piece) {
    Bytes all = held.isEmpty() ? piece : Bytes.concat(List.of(held, piece));
    if (decoder == null && !isHeadComplete(all)) {
      held = all.compact();
      return;
    }
    decode(all, false);
  }

  void end() {
    decode(held, true);
  }

  private boolean isHeadComplete(Bytes head) {
    return head.length() >= MAX_DECLARATION
        || (xml ? head.length() >= 4 && head.indexOf((byte) '>', 0) >= 0 : head.length() >= 4);
  }

  private void decode(Bytes all, boolean end) {
    int from = 0;
    CharsetDecoder current = decoder;
    if (current == null) {
      Charset charset = charset(all);
      from = markLength(all, charset);
      current =
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT);
      decoder = current;
    }
    ByteBuffer in = all.asByteBuffer().position(from);
    CharBuffer out = CharBuffer.wrap(chars);
    CoderResult result = CoderResult.OVERFLOW;
    while (!result.isUnderflow()) {
      result = current.decode(in, out, end);
      if (result.isError()) {
        replace(in, out, result.length());
      } else {
        give(out);
      }
    }
    held = in.hasRemaining() ? Bytes.copyOf(in) : Bytes.EMPTY;
  }

  private void replace(ByteBuffer in, CharBuffer out, int length) {
    in.position(in.position() + length);
    give(out);
    sink.undecodable("bytes that are no text in the report's encoding");
    out.put('\uFFFD');
    give(out);
  }

  private void give(CharBuffer out) {
    if (out.position() > 0) {
      sink.chars(chars, out.position());
      out.clear();
    }
  }

  private static int markLength(Bytes head, Charset charset) {
    if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      return 3;
    }
    boolean wide = charset.equals(UTF_16LE) || charset.equals(UTF_16BE);
    return wide && (startsWith(head, 0xFF, 0xFE) || startsWith(head, 0xFE, 0xFF)) ? 2 : 0;
  }

  private Charset charset(Bytes head) {
    if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      return UTF_8;
    }
    if (startsWith(head, 0xFF, 0xFE) || (head.length() > 3 && isWide(head, 0))) {
      return UTF_16LE;
    }
    if (startsWith(head, 0xFE, 0xFF) || (head.length() > 3 && isWide(head, 1))) {
      return UTF_16BE;
    }
    return xml ? declared(head) : UTF_8;
  }

  /** True if the first two characters are ASCII in two bytes each. */
  private static boolean isWide(Bytes head, int ascii) {
    int zero = 1 - ascii;
    return head.at(zero) == 0
        && head.at(zero + 2) == 0
        && head.at(ascii) > 0
        && head.at(ascii + 2) > 0;
  }

  private Charset declared(Bytes head) {
    String start =
        new String(head.toByteArray(), 0, Math.min(head.length(), MAX_DECLARATION), ISO_8859_1);
    Matcher matcher = ENCODING.matcher(start);
    if (!matcher.find()) {
      return UTF_8;
    }
    try {
      Charset charset = Charset.forName(matcher.group(1).strip());
      // The declaration could be read as ASCII, whatever it says of itself.
      return charset.name().startsWith("UTF-16") || charset.name().startsWith("UTF-32")
          ? UTF_8
          : charset;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      sink.undecodable("the encoding '" + matcher.group(1) + "' is not known; read as UTF-8");
      return UTF_8;
    }
  }

  private static boolean startsWith(Bytes head, int... values) {
    for (int i = 0; i < values.length; i++) {
      if (head.length() <= i || (head.at(i) & 0xFF) != values[i]) {
        return false;
      }
    }
    return true;
  }
}
