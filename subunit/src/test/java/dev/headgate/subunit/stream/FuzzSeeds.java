package dev.headgate.subunit.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What the fuzzers of stages begin with: bytes that {@link FuzzEvents} makes events of. */
public final class FuzzSeeds {
  private FuzzSeeds() {}

  static List<byte[]> all() {
    List<byte[]> all = new ArrayList<>();
    for (int seed = 0; seed < 200; seed++) {
      byte[] bytes = new byte[3 * (1 + seed / 4)];
      new Random(seed).nextBytes(bytes);
      all.add(bytes);
    }
    return all;
  }

  /** Writes each to a file of its own in the directory that is the first argument. */
  public static void main(String[] args) throws IOException {
    dev.headgate.subunit.FuzzSeeds.write(all(), Path.of(args[0]));
  }
}
