package dev.headgate.subunit.v1;

import dev.headgate.subunit.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Locale;
import java.util.Random;

/** Makes version 1 streams from a seed. */
final class V1Streams {
  private static final String[] LABELS = {
    "a",
    "b",
    "mod.Class.test",
    "old mcdonald",
    "día",
    " leading",
    "trailing ",
    "a [",
    "x ]",
    "test: a"
  };

  private static final String[] OUTCOMES = {
    "success", "successful", "failure", "error", "skip", "xfail", "uxsuccess"
  };

  private final Random random;
  private final ByteArrayOutputStream stream = new ByteArrayOutputStream();

  /** Only what existing readers read without complaint. */
  private final boolean tame;

  V1Streams(long seed, boolean tame) {
    this.random = new Random(seed);
    this.tame = tame;
  }

  private int below(int bound) {
    return random.nextInt(bound);
  }

  private String one(String... of) {
    return of[below(of.length)];
  }

  private V1Streams put(String text) {
    stream.writeBytes(Bytes.ofUtf8(text).toByteArray());
    return this;
  }

  private String colon() {
    return below(3) == 0 ? "" : ":";
  }

  Bytes stream(int pieces) {
    put("time: 2001-02-03 04:05:06.000007Z\n");
    for (int i = 0; i < pieces; i++) {
      piece();
    }
    return Bytes.copyOf(stream.toByteArray());
  }

  private void piece() {
    switch (below(tame ? 6 : 9)) {
      case 0, 1, 2 -> test();
      case 3 ->
          put(
              one(
                  "text\n",
                  "testimony of x\n",
                  " test: a\n",
                  "\n",
                  "success: z\n",
                  "]\n",
                  "test\n"));
      case 4 -> tags();
      case 5 -> time();
      case 6 -> put(one("test: open\n", "progress: push\n", "progress: +4\n", "progress: x\n"));
      case 7 -> {
        byte[] noise = new byte[below(40)];
        random.nextBytes(noise);
        stream.writeBytes(noise);
      }
      default ->
          put(one("test: a", "failure: a [", "\r\n", "]", " [ multipart\n", "3\r\nabc", "0\r\n"));
    }
  }

  private void tags() {
    put("tags" + colon() + " " + one("x", "y -x", "-y", "x y", "-nothing z") + "\n");
  }

  private void time() {
    put(
        "time: 20"
            + (10 + below(80))
            + "-01-02 03:04:0"
            + below(10)
            + "."
            + (100_000 + below(900_000))
            + "Z\n");
  }

  private void test() {
    String label = one(LABELS);
    String end = !tame && below(4) == 0 ? "\r\n" : "\n";
    put(one("test", "testing") + colon() + " " + label + end);
    for (int i = below(3); i > 0; i--) {
      switch (below(4)) {
        case 0 -> tags();
        case 1 -> time();
        case 2 -> put("success: other" + end + "test: " + label + end);
        default -> put("output\n");
      }
    }
    put(one(OUTCOMES) + colon() + " " + label);
    switch (below(3)) {
      case 0 -> put(end);
      case 1 -> simple(end);
      default -> parts(end);
    }
  }

  private void simple(String end) {
    put(" [" + end);
    for (int i = below(5); i > 0; i--) {
      put(one("Traceback\n", " ]\n", "\n", " ] x\n", "] x\n", "test: a\n", "tags: q\n", "  ]\n"));
    }
    put("]" + end);
  }

  private void parts(String end) {
    put(" [ multipart" + end);
    for (int i = below(3); i > 0; i--) {
      put("Content-Type: " + one("text/plain", "text/plain;charset=utf8", "a/b;c=d,e=f") + "\n");
      put("file " + i + "\n");
      for (int chunks = below(3); chunks > 0; chunks--) {
        byte[] content = new byte[1 + below(below(20) == 0 ? 100_000 : 60)];
        random.nextBytes(content);
        if (tame) {
          // Theirs dies of a text that is not UTF-8.
          for (int k = 0; k < content.length; k++) {
            content[k] = (byte) "abc ]\r\n\t0".charAt(content[k] & 7);
          }
        }
        put(Integer.toHexString(content.length).toUpperCase(Locale.ROOT) + "\r\n");
        stream.writeBytes(content);
      }
      put("0\r\n");
    }
    put("]" + end);
  }
}
