package dev.headgate.runner;

import dev.headgate.reports.Problem;
import dev.headgate.reports.ReportFormat;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the report files of an attempt while its job runs, and what is left when it has ended. What
 * was there before counts only if the job writes it again.
 *
 * <p>A version of a file is read twice: once to see that it is complete, and once to tell it, each
 * in pieces, so that nothing that no reader would take is told, and nothing is kept.
 *
 * <p>It looks on a thread of the platform: to parse gigabytes would keep a carrier of virtual
 * threads from all others.
 */
final class ReportWatch {
  /** What it finds goes there, on its thread. */
  interface Listener {
    /** Lets the report be told; whatever comes of it, this returns. */
    void report(ReportTelling telling);

    /** Keeps a remark, likewise. */
    void note(String text);
  }

  /** To look takes at most a tenth of a processor's time. */
  private static final int LOOK_SHARE = 10;

  /** However large the workspace, its reports are not older than this when they are read. */
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  /** A larger file that is being written is not read at every look. */
  private static final long SMALL_BYTES = 1 << 20;

  /** Who writes line by line writes the lines of one test within it. */
  private static final Duration REST = Duration.ofSeconds(2);

  /** Files named in notes for being no reports; a pattern may be far too wide. */
  private static final int MOST_FOREIGN = 20;

  private final Path workspace;
  private final List<ResultGlob> globs;
  private final ReportFinder finder;
  private final Duration every;
  private final LongSupplier nanoTime;
  private final InstantSource clock;
  private final Listener listener;
  private final Map<String, FileStamp> before = new HashMap<>();
  private final Map<String, ReportFile> files = new TreeMap<>();
  private final List<String> foreign = new ArrayList<>();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile boolean abandoned;
  private int remembered;
  private boolean tooMany;
  private String unreadable = "";
  private @Nullable Thread thread;
  private @Nullable Throwable bug;

  /**
   * Looks at what is there before the job begins.
   *
   * @param nanoTime counts as {@link System#nanoTime}
   * @param clock goes as that of the file system
   */
  ReportWatch(
      Path workspace,
      List<String> globs,
      Duration every,
      LongSupplier nanoTime,
      InstantSource clock,
      Listener listener) {
    this.workspace = real(workspace);
    this.globs = globs.stream().map(ResultGlob::of).toList();
    this.finder = new ReportFinder(this.workspace, this.globs);
    this.every = every;
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.listener = listener;
    if (!globs.isEmpty()) {
      before.putAll(find());
    }
  }

  /** The workspace itself may be named by a link; one that is not there the job stumbles on. */
  private static Path real(Path workspace) {
    try {
      return workspace.toRealPath();
    } catch (IOException e) {
      return workspace;
    }
  }

  /** Begins to look, if there is anything to look for. */
  void start(String route) {
    if (!globs.isEmpty()) {
      thread = Thread.ofPlatform().daemon().name("reports of " + route).start(this::run);
    }
  }

  private void run() {
    try {
      Duration wait = every;
      while (!stopped.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
        long began = nanoTime.getAsLong();
        look(false);
        wait = wait(Duration.ofNanos(nanoTime.getAsLong() - began));
      }
      if (!abandoned) {
        look(true);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the reading of reports", e);
    } catch (RuntimeException | Error e) {
      bug = e;
    }
  }

  private Duration wait(Duration taken) {
    Duration fair = taken.multipliedBy(LOOK_SHARE);
    Duration longer = fair.compareTo(every) > 0 ? fair : every;
    return longer.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : longer;
  }

  /**
   * Reads what is left, when nothing of the job runs any more and its output is over.
   *
   * @throws IllegalStateException if a bug of ours ended the reading before
   */
  void finish() throws InterruptedException {
    stop();
    if (bug != null) {
      throw new IllegalStateException("the reading of reports failed", bug);
    }
  }

  /** Reads nothing more; does nothing after {@link #finish}. */
  void abandon() throws InterruptedException {
    abandoned = true;
    stop();
  }

  private void stop() throws InterruptedException {
    stopped.countDown();
    if (thread != null) {
      thread.join();
    }
  }

  private Map<String, FileStamp> find() {
    ReportFinder.Found found = finder.find();
    tooMany |= !found.complete();
    unreadable = found.unreadable();
    return found.files();
  }

  /**
   * Looks once; in between nothing is done.
   *
   * @param last whether nothing writes any more: what is not complete now never will be
   */
  void look(boolean last) {
    find()
        .forEach((name, stamp) -> {
          if (!stamp.equals(before.get(name))) {
            before.remove(name);
            ReportFile file = files.computeIfAbsent(name, ReportFile::new);
            file.see(stamp, nanoTime.getAsLong());
            if (!file.isJudged(stamp, last)) {
              judge(file, stamp, last);
            }
          }
        });
    if (last) {
      noteWhatWasNotRead();
    }
  }

  private void judge(ReportFile file, FileStamp stamp, boolean last) {
    boolean fresh = stamp.isFresh(clock.instant());
    if (!last && !file.isSteady() && stamp.size() > SMALL_BYTES) {
      return;
    }
    Optional<ReportSurvey> survey;
    try (ReportPass pass = ReportPass.open(workspace, file.name(), stamp.size())) {
      Optional<ReportFormat> format = pass.format();
      if (format.isPresent() && !last && mayGrow(format.get(), file)) {
        return;
      }
      survey =
          format.isPresent()
              ? Optional.of(ReportSurvey.of(pass, format.get(), file.told(), last))
              : Optional.empty();
    } catch (NoSuchFileException e) {
      return;
    } catch (IOException e) {
      file.waits(stamp);
      file.isReport("it cannot be read: " + e);
      return;
    } catch (RuntimeException e) {
      file.judged(stamp);
      note(file, "it is not read, its reader has a bug: " + e);
      return;
    }
    conclude(file, stamp, survey, last);
    if (fresh) {
      file.waits(stamp);
    }
  }

  private boolean mayGrow(ReportFormat format, ReportFile file) {
    return !ReportSurvey.saysItsEnd(format)
        && file.restedNanos(nanoTime.getAsLong()) < REST.toNanos();
  }

  private void conclude(
      ReportFile file, FileStamp stamp, Optional<ReportSurvey> survey, boolean last) {
    if (!last && !(survey.isPresent() && survey.get().isWhole() && fits(survey.get()))) {
      file.waits(stamp);
    } else if (survey.isEmpty() || survey.get().isForeign()) {
      file.judged(stamp);
      foreign.add(file.name());
    } else {
      file.judged(stamp);
      tell(file, stamp, survey.get());
    }
  }

  /** Whether there is room to remember what was told, should the file be written again. */
  private boolean fits(ReportSurvey survey) {
    return !survey.tally().isPartial()
        && remembered + survey.tally().tests() <= ReportTally.MOST_TESTS;
  }

  private void tell(ReportFile file, FileStamp stamp, ReportSurvey survey) {
    ReportTelling telling = new ReportTelling(workspace, file.name(), stamp, survey, file.told());
    listener.report(telling);
    remembered -= file.told().tests();
    file.told().addAll(telling.tally());
    remembered += file.told().tests();
    Problem cut = survey.cut();
    if (telling.isDone()) {
      file.isReport(cut == null ? "" : cut.message());
    } else if (!telling.unreadable().isEmpty()) {
      file.isReport(telling.unreadable());
    }
  }

  private void noteWhatWasNotRead() {
    foreign.stream()
        .limit(MOST_FOREIGN)
        .forEach(name -> listener.note(ReportTelling.shown(name) + " is no report; not read"));
    if (foreign.size() > MOST_FOREIGN) {
      listener.note(foreign.size() - MOST_FOREIGN + " more files match and are no reports");
    }
    if (!unreadable.isEmpty()) {
      listener.note(
          "reports below "
              + ReportTelling.shown(unreadable)
              + " are not read: it cannot be listed");
    }
  }

  private void note(ReportFile file, String text) {
    listener.note(ReportTelling.shown(file.name() + ": " + text));
  }

  /**
   * The patterns that no report of the job matches, in words; empty if there is none. To be asked
   * after {@link #finish}.
   */
  String missing() {
    List<String> missing = new ArrayList<>();
    int old = 0;
    for (ResultGlob glob : globs) {
      boolean found =
          files.values().stream().anyMatch(file -> file.wasReport() && glob.matches(file.name()));
      if (!found) {
        missing.add(ReportTelling.shown(glob.text()));
        old += (int) before.keySet().stream().filter(glob::matches).count();
      }
    }
    String count = old + (old == 1 ? " file" : " files");
    return String.join(", ", missing)
        + (old == 0 ? "" : " (" + count + " from before the job began do not count)");
  }

  /** The first report that is not complete, and why; empty if there is none. As for missing. */
  String incomplete() {
    if (tooMany) {
      return "more than " + ReportFinder.MOST_FILES + " files match";
    }
    List<ReportFile> broken =
        files.values().stream().filter(file -> !file.trouble().isEmpty()).toList();
    if (broken.isEmpty()) {
      return "";
    }
    ReportFile first = broken.getFirst();
    String more = broken.size() == 1 ? "" : ", and " + (broken.size() - 1) + " more";
    return ReportTelling.shown(first.name() + ": " + first.trouble() + more);
  }
}
