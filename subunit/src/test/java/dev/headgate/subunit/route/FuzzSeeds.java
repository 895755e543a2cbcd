package dev.headgate.subunit.route;

import java.io.IOException;
import java.nio.file.Path;

/** What the fuzzer of routes begins with. */
public final class FuzzSeeds {
  private FuzzSeeds() {}

  /** Writes each to a file of its own in the directory that is the first argument. */
  public static void main(String[] args) throws IOException {
    dev.headgate.subunit.FuzzSeeds.write(dev.headgate.subunit.FuzzSeeds.all(), Path.of(args[0]));
  }
}
