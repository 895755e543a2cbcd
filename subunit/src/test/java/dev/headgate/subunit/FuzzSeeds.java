package dev.headgate.subunit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What fuzzers begin with: the streams of the suite, and streams made from seeds. */
public final class FuzzSeeds {
  /** Longer ones would slow the fuzzer down and teach it nothing. */
  private static final int LONGEST = 4 << 10;

  private FuzzSeeds() {}

  /** All of them, always the same. */
  public static List<byte[]> all() {
    List<byte[]> all = new ArrayList<>();
    Vector.all().stream().map(Vector::bytes).filter(b -> b.length <= LONGEST).forEach(all::add);
    for (int seed = 0; seed < 100; seed++) {
      byte[] stream = new RandomStreams(seed).stream(1 + seed % 6);
      if (stream.length <= LONGEST) {
        all.add(stream);
      }
    }
    return all;
  }

  /** Writes each to a file of its own in the directory that is the first argument. */
  public static void main(String[] args) throws IOException {
    write(all(), Path.of(args[0]));
  }

  /** Writes each to a file of its own. */
  public static void write(List<byte[]> seeds, Path directory) throws IOException {
    Files.createDirectories(directory);
    int number = 0;
    for (byte[] seed : seeds) {
      Files.write(directory.resolve("seed-" + number++), seed);
    }
  }
}
