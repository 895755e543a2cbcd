package dev.headgate.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The recorded runs of a site: each a sealed file that holds all of its stream, and tables that are
 * an index of the files and can be made anew from them.
 *
 * <p>Any thread may call it. Several processes may use one repository at once, some recording, some
 * reading. Every method throws {@link StoreException} if disk or files are at fault, and {@link
 * IllegalStateException} after {@link #close()}.
 */
public final class RunRepository implements AutoCloseable {
  /**
   * What making the tables anew came to.
   *
   * @param runs how many runs they hold now
   * @param problems the segments that could not be read and are left out, and why
   */
  public record Rebuild(int runs, List<String> problems) {
    public Rebuild {
      problems = List.copyOf(problems);
    }
  }

  private final RunFolder folder;
  private final RunTables tables;
  private final boolean readOnly;
  private final InstantSource clock;
  private final RunFlusher flusher = new RunFlusher();
  private RunFolder.@Nullable Session session;
  private int segments;
  private boolean closed;

  private RunRepository(RunFolder folder, RunTables tables, boolean readOnly, InstantSource clock) {
    this.folder = folder;
    this.tables = tables;
    this.readOnly = readOnly;
    this.clock = clock;
  }

  /**
   * Opens a repository to record and to read. What dead processes left open is sealed as {@link
   * RunEnd#INTERRUPTED} first; if the tables are gone, they are made anew.
   *
   * @param folder of the site; segments lie in its {@code runs}
   * @param database the file that a {@link SqliteSiteStore} of the site uses too
   */
  public static RunRepository open(Path folder, Path database) {
    return open(folder, database, InstantSource.system());
  }

  static RunRepository open(Path folder, Path database, InstantSource clock) {
    RunFolder runs = new RunFolder(folder.toAbsolutePath().resolve("runs"));
    RunTables tables = new RunTables(Database.open(database, Database.BUSY_PATIENCE));
    try {
      Files.createDirectories(runs.path());
      RunRecovery recovery = new RunRecovery(runs, tables);
      if (recovery.tablesAreLost()) {
        recovery.rebuild();
      }
      recovery.clearUp();
      return new RunRepository(runs, tables, false, clock);
    } catch (IOException e) {
      tables.close();
      throw FileFaults.exception("open the recorded runs in", runs.path(), e);
    } catch (RuntimeException e) {
      tables.close();
      throw e;
    }
  }

  /** Opens a repository to look at it, whoever records into it; {@link #begin} is refused. */
  public static RunRepository openReadOnly(Path folder, Path database) {
    return new RunRepository(
        new RunFolder(folder.toAbsolutePath().resolve("runs")),
        new RunTables(Database.openReadOnly(database, Database.BUSY_PATIENCE)),
        true,
        InstantSource.system());
  }

  /** Begins to record a run; its header is on disk when this returns. */
  public RunWriter begin(RunHeader header) {
    return begin(header, null);
  }

  /**
   * Begins to record a run; its header is on disk when this returns.
   *
   * @param flushed sees events once they are in the file; null for nobody
   * @throws IllegalStateException if a run of that id was begun before
   */
  public RunWriter begin(RunHeader header, RunWriter.@Nullable Flushed flushed) {
    Path file = nextSegment();
    try {
      SegmentWriter segment = SegmentWriter.create(file, header);
      try {
        tables.begin(header, folder.relative(file));
      } catch (RuntimeException e) {
        // Else the next process would find a run that nobody was told of.
        segment.close();
        Files.delete(file);
        throw e;
      }
      RunWriter writer = new RunWriter(header, segment, this::sealed, clock, flushed);
      flusher.add(writer);
      return writer;
    } catch (IOException e) {
      throw FileFaults.exception("begin a recording in", file, e);
    }
  }

  private synchronized Path nextSegment() {
    if (closed) {
      throw Refusals.closed();
    }
    if (readOnly) {
      throw new IllegalStateException("the repository was opened to read only");
    }
    try {
      RunFolder.Session ours = session;
      if (ours == null) {
        ours = folder.beginSession();
        session = ours;
      }
      return RunFolder.segment(ours, ++segments);
    } catch (IOException e) {
      throw FileFaults.exception("begin a recording in", folder.path(), e);
    }
  }

  /** First the tables, then the name: a reader looks for a sealed segment under both. */
  private void sealed(RunWriter writer, RunEnd end, String digest, List<RecordedTest> tests) {
    flusher.remove(writer);
    tables.end(writer.header().runId(), end, digest, tests);
    try {
      folder.moveToDigest(writer.file(), digest);
    } catch (IOException e) {
      throw FileFaults.exception("name the recording", writer.file(), e);
    }
  }

  /** An id for the next recording of a build: its number, and which try it is after the first. */
  public String freshRunId(long buildId) {
    int earlier = tables.ofBuild(buildId).size();
    String runId = earlier == 0 ? "" + buildId : buildId + "-" + (earlier + 1);
    while (tables.find(runId).isPresent()) {
      earlier++;
      runId = buildId + "-" + (earlier + 1);
    }
    return runId;
  }

  /** The run of that id, if there is one. */
  public Optional<RecordedRun> find(String runId) {
    return tables.find(runId).map(RunTables.Entry::run);
  }

  /** The recordings of a build, newest first. */
  public List<RecordedRun> ofBuild(long buildId) {
    return tables.ofBuild(buildId);
  }

  /** The newest runs that the filter takes, newest first, at most {@code limit}. */
  public List<RecordedRun> list(int limit, RunFilter filter) {
    return tables.list(limit, filter);
  }

  /**
   * The stream of a run in subunit version 2, to be closed by the caller. Of a run without an end
   * it holds what is in the file by now. It throws {@link IOException} where the file is damaged.
   *
   * @throws IllegalArgumentException if there is no run of that id
   */
  public InputStream open(String runId) {
    return new RunStream(reader(runId));
  }

  /** The tests of a run in the order in which they were first heard of, so far if it has no end. */
  public List<RecordedTest> tests(String runId) {
    return tests(runId, false);
  }

  /** Those tests of a run that are a reason for it to fail. */
  public List<RecordedTest> failures(String runId) {
    return tests(runId, true);
  }

  private List<RecordedTest> tests(String runId, boolean failuresOnly) {
    RunTables.Entry entry = entry(runId);
    if (entry.run().end().isPresent()) {
      return tables.tests(runId, failuresOnly);
    }
    try (SegmentReader segment = reader(runId)) {
      List<RecordedTest> tests = RunRecovery.tally(segment).tests();
      return failuresOnly ? tests.stream().filter(RecordedTest::isFailure).toList() : tests;
    } catch (IOException e) {
      throw FileFaults.exception("read run " + runId + " in", folder.path(), e);
    }
  }

  /**
   * The last lines of raw output of a run, oldest first, without their ends; of all its processes,
   * in the order in which their last bytes came. Of a line over 64 KiB only the beginning is kept.
   *
   * @param n how many, at least 0
   * @throws IllegalArgumentException if there is no run of that id
   */
  public List<String> lastOutput(String runId, int n) {
    Refusals.requireLimit(n);
    try (SegmentReader segment = reader(runId)) {
      return OutputTail.read(segment, n);
    } catch (IOException e) {
      throw FileFaults.exception("read run " + runId + " in", folder.path(), e);
    }
  }

  private RunTables.Entry entry(String runId) {
    return tables
        .find(runId)
        .orElseThrow(() -> new IllegalArgumentException("there is no run " + runId));
  }

  private SegmentReader reader(String runId) {
    Path file = folder.path();
    try {
      RunTables.Entry entry = entry(runId);
      if (entry.run().end().isEmpty()) {
        file = folder.resolve(entry.writtenTo());
        try {
          return SegmentReader.openAny(file);
        } catch (NoSuchFileException e) {
          // It was sealed and moved since the tables were read; they know the digest now.
          entry = entry(runId);
        }
      }
      if (entry.run().digest().isEmpty()) {
        throw new StoreException("the recording of run " + runId + " is lost");
      }
      file = folder.sealed(entry.run().digest());
      Path unnamed = folder.resolve(entry.writtenTo());
      if (!Files.exists(file) && Files.isRegularFile(unnamed)) {
        file = unnamed;
      }
      return SegmentReader.openSealed(file);
    } catch (IOException e) {
      throw FileFaults.exception("read run " + runId + " in", file, e);
    }
  }

  /**
   * Makes the tables anew from the segments. Runs of which only the tables knew are gone then.
   *
   * @throws IllegalStateException while this repository records
   */
  public synchronized Rebuild rebuildIndex() {
    if (!flusher.writers().isEmpty()) {
      throw new IllegalStateException("the index cannot be rebuilt while runs are recorded");
    }
    try {
      return new RunRecovery(folder, tables).rebuild();
    } catch (IOException e) {
      throw FileFaults.exception("read the recorded runs in", folder.path(), e);
    }
  }

  /**
   * Ends the use of this repository. Runs that were not sealed are closed as they are, and become
   * interrupted ones when it is opened the next time. Closing twice does nothing more.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    // In this order, each whatever becomes of the one before: writers, session, tables.
    try (tables) {
      try {
        closeWriters();
      } finally {
        if (session != null) {
          folder.endSession(session);
        }
      }
    } catch (IOException e) {
      throw FileFaults.exception("close the recorded runs in", folder.path(), e);
    }
  }

  private void closeWriters() {
    StoreException first = null;
    for (RunWriter writer : flusher.writers()) {
      flusher.remove(writer);
      try {
        writer.close();
      } catch (StoreException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
