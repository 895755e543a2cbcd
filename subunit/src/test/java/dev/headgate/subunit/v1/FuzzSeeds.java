package dev.headgate.subunit.v1;

import dev.headgate.subunit.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What fuzzers of version 1 begin with: streams made from seeds. */
public final class FuzzSeeds {
  private static final int LONGEST = 4 << 10;

  private FuzzSeeds() {}

  /** All of them, always the same. */
  public static List<byte[]> all() {
    List<byte[]> all = new ArrayList<>();
    for (int seed = 0; seed < 120; seed++) {
      Bytes stream = new V1Streams(seed, seed % 3 == 0).stream(1 + seed % 8);
      if (stream.length() <= LONGEST) {
        all.add(stream.toByteArray());
      }
    }
    return all;
  }

  /** Writes each to a file of its own in the directory that is the first argument. */
  public static void main(String[] args) throws IOException {
    dev.headgate.subunit.FuzzSeeds.write(all(), Path.of(args[0]));
  }
}
