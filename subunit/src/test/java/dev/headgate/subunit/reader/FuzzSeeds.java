package dev.headgate.subunit.reader;

import dev.headgate.subunit.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What the fuzzer of the reader begins with: streams of both versions, and one in the other. */
public final class FuzzSeeds {
  private FuzzSeeds() {}

  static List<byte[]> all() {
    List<byte[]> packets = dev.headgate.subunit.FuzzSeeds.all();
    List<byte[]> lines = dev.headgate.subunit.v1.FuzzSeeds.all();
    List<byte[]> all = new ArrayList<>(packets);
    all.addAll(lines);
    for (int i = 0; i < lines.size(); i++) {
      Bytes inner = Bytes.copyOf(packets.get(i % packets.size()));
      Bytes outer = Bytes.copyOf(lines.get(i));
      int at = outer.length() * (i % 7) / 6;
      all.add(Bytes.concat(List.of(outer.slice(0, at), inner, outer.slice(at))).toByteArray());
    }
    return all;
  }

  /** Writes each to a file of its own in the directory that is the first argument. */
  public static void main(String[] args) throws IOException {
    dev.headgate.subunit.FuzzSeeds.write(all(), Path.of(args[0]));
  }
}
