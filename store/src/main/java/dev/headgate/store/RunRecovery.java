package dev.headgate.store;

import dev.headgate.subunit.PacketDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Brings files and tables together again: seals what a process that died left open, and makes the
 * tables anew from the segments. Every step can be cut off by another crash and done again.
 */
final class RunRecovery {
  private final RunFolder folder;
  private final RunTables tables;

  RunRecovery(RunFolder folder, RunTables tables) {
    this.folder = folder;
    this.tables = tables;
  }

  /** Seals what dead sessions left, and gives up runs of which nothing is left. */
  void clearUp() throws IOException {
    for (RunFolder.Session session : folder.deadSessions()) {
      try {
        for (Path segment : folder.segments(session)) {
          recover(segment);
        }
      } finally {
        folder.endSession(session);
      }
    }
    for (RunTables.Entry entry : tables.withoutEnd()) {
      if (!Files.exists(folder.resolve(entry.writtenTo()))) {
        tables.lost(entry.run().header());
      }
    }
  }

  private void recover(Path segment) throws IOException {
    try (SegmentReader found = SegmentReader.openAny(segment)) {
      String runId = found.header().runId();
      Optional<RunTables.Entry> known = tables.find(runId);
      if (known.isEmpty()) {
        tables.begin(found.header(), folder.relative(segment));
      }
      String digest = known.map(entry -> entry.run().digest()).orElse("");
      if (digest.isEmpty()) {
        digest = seal(segment, found);
      }
      folder.moveToDigest(segment, digest);
    } catch (UnknownSegmentVersion e) {
      // The newer headgate that wrote it will clear up after itself.
      return;
    } catch (SegmentDamage e) {
      setAside(segment);
    }
  }

  private String seal(Path segment, SegmentReader found) throws IOException {
    if (found.end().isPresent()) {
      String digest = SegmentWriter.digest(segment);
      tables.end(found.header().runId(), found.end().get(), digest, found.tests());
      return digest;
    }
    RunTally tally = tally(found);
    RunEnd end =
        new RunEnd(
            found.lastWrite(),
            RunEnd.INTERRUPTED,
            "the recording process ended before the run did",
            tally.counts());
    try (SegmentWriter writer = SegmentWriter.resume(segment, found)) {
      String digest = writer.seal(end, tally.tests());
      tables.end(found.header().runId(), end, digest, tally.tests());
      return digest;
    }
  }

  /** What the whole frames of a segment say of tests. */
  static RunTally tally(SegmentReader segment) throws IOException {
    RunTally tally = new RunTally();
    int number = 0;
    for (SegmentIndex.Frame frame : segment.frames()) {
      PacketDecoder decoder = new PacketDecoder();
      decoder.offer(segment.packets(frame));
      decoder.end();
      while (decoder.next() != PacketDecoder.Next.END) {
        if (decoder.current() == PacketDecoder.Next.EVENT) {
          tally.accept(decoder.event(), number);
        }
      }
      number++;
    }
    return tally;
  }

  /** A file without a whole header: its run was never entered, unless the disk has damaged it. */
  private void setAside(Path segment) throws IOException {
    String writtenTo = folder.relative(segment);
    boolean entered =
        tables.withoutEnd().stream().anyMatch(entry -> entry.writtenTo().equals(writtenTo));
    if (entered) {
      Files.move(segment, segment.resolveSibling(segment.getFileName() + ".damaged"));
    } else {
      Files.delete(segment);
    }
  }

  /** Whether there are segments and the tables know of none: the database was lost. */
  boolean tablesAreLost() throws IOException {
    return tables.isEmpty() && !folder.sealedSegments().isEmpty();
  }

  /** Makes the tables anew. */
  RunRepository.Rebuild rebuild() throws IOException {
    Map<String, RunTables.Rebuilt> runs = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    // First the open ones: one that is sealed meanwhile is then found again under its digest.
    for (Path segment : folder.openSegments()) {
      read(segment, false, runs, problems);
    }
    for (Path segment : folder.sealedSegments()) {
      read(segment, true, runs, problems);
    }
    List<RunTables.Rebuilt> ordered = new ArrayList<>(runs.values());
    ordered.sort(
        Comparator.comparing((RunTables.Rebuilt run) -> run.header().startedAt())
            .thenComparing(run -> run.header().runId()));
    tables.replaceAll(ordered);
    return new RunRepository.Rebuild(ordered.size(), problems);
  }

  private void read(
      Path segment, boolean sealed, Map<String, RunTables.Rebuilt> runs, List<String> problems) {
    try (SegmentReader found =
        sealed ? SegmentReader.openSealed(segment) : SegmentReader.openAny(segment)) {
      runs.put(
          found.header().runId(),
          new RunTables.Rebuilt(
              found.header(),
              sealed ? "" : folder.relative(segment),
              sealed ? found.end() : Optional.empty(),
              sealed ? RunFolder.digestOf(segment) : "",
              sealed ? found.tests() : List.of()));
    } catch (IOException e) {
      problems.add(segment + ": " + FileFaults.describe(e));
    }
  }
}
