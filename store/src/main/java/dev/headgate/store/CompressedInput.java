package dev.headgate.store;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.GZIPInputStream;

/** Reads what may be compressed, with gzip or Zstandard, without being told. */
public final class CompressedInput {
  private static final byte[] GZIP = {0x1f, (byte) 0x8b};
  private static final byte[] ZSTD = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd};
  private static final int BUFFER = 1 << 16;

  private CompressedInput() {}

  /**
   * The bytes that the stream holds: decompressed if it begins as gzip or Zstandard data does,
   * several frames one after the other included, else as they are. Reads no further than the first
   * byte that tells, so that a live stream is not held up.
   *
   * <p>Reading what was returned throws an {@link IOException} where compressed data is damaged or
   * ends early; what came before was delivered.
   *
   * @param in is closed with what is returned
   */
  public static InputStream open(InputStream in) throws IOException {
    PushbackInputStream pushback = new PushbackInputStream(in, ZSTD.length);
    byte[] head = new byte[ZSTD.length];
    int length = 0;
    while (mayBecome(GZIP, head, length) || mayBecome(ZSTD, head, length)) {
      int next = pushback.read();
      if (next < 0) {
        break;
      }
      head[length++] = (byte) next;
    }
    pushback.unread(head, 0, length);
    if (begins(GZIP, head, length)) {
      return new GZIPInputStream(pushback, BUFFER);
    }
    return begins(ZSTD, head, length) ? new ZstdInputStreamNoFinalizer(pushback) : pushback;
  }

  /** Whether the bytes so far are those of the mark, which has more. */
  private static boolean mayBecome(byte[] mark, byte[] head, int length) {
    return length < mark.length && begins(mark, head, length, length);
  }

  private static boolean begins(byte[] mark, byte[] head, int length) {
    return length >= mark.length && begins(mark, head, length, mark.length);
  }

  private static boolean begins(byte[] mark, byte[] head, int length, int count) {
    for (int i = 0; i < Math.min(count, length); i++) {
      if (mark[i] != head[i]) {
        return false;
      }
    }
    return true;
  }
}
