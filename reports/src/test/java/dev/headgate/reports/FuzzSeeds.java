package dev.headgate.reports;

import dev.headgate.reports.Samples.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What the fuzzers of readers begin with: the samples of each format. */
public final class FuzzSeeds {
  private FuzzSeeds() {}

  static List<byte[]> of(ReportFormat format) {
    return Samples.all()
        .filter(sample -> sample.format() == format)
        .map(sample -> sample.content().toByteArray())
        .toList();
  }

  /**
   * Writes each to a file of its own in the directory that is the first argument; the second is the
   * name of the target, which begins with the name of its format.
   */
  public static void main(String[] args) throws IOException {
    Path directory = Files.createDirectories(Path.of(args[0]));
    String target = args[1].toUpperCase(Locale.ROOT);
    int number = 0;
    for (Sample sample : Samples.list()) {
      if (target.startsWith(sample.format().name())) {
        Files.write(directory.resolve("seed-" + number++), sample.content().toByteArray());
      }
    }
  }
}
