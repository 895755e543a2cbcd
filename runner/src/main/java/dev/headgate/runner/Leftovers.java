package dev.headgate.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends what runs of attempts whose owner and supervisor were both killed. */
public final class Leftovers {
  /**
   * What came of it.
   *
   * @param ended the processes that were ended, each as its name and id
   * @param stuck the folders of attempts of which something may still run: it cannot be killed
   */
  public record Report(List<String> ended, List<Path> stuck) {
    public Report {
      ended = List.copyOf(ended);
      stuck = List.copyOf(stuck);
    }
  }

  private Leftovers() {}

  /**
   * Ends the processes of every attempt noted in a state folder whose owner no longer runs, by
   * force, and removes its note. A process is touched only if it bears the attempt's mark in its
   * environment or descends from one that does; or if it is in the session of the attempt's first
   * process and that one still runs, with the same start time, in the same boot, with the mark.
   *
   * @param stateFolder as given to a {@link Runner}; it need not exist
   * @throws IOException if the folder cannot be read or changed
   */
  public static Report kill(Path stateFolder) throws IOException {
    List<String> ended = new ArrayList<>();
    List<Path> stuck = new ArrayList<>();
    for (AttemptFolder folder : AttemptFolder.all(stateFolder.toAbsolutePath())) {
      Optional<AttemptRecord> attempt = folder.read();
      if (attempt.isPresent() && attempt.get().ownerRuns()) {
        continue;
      }
      if (attempt.isPresent() && attempt.get().isOfThisBoot()) {
        end(folder, attempt.get()).forEach(process -> ended.add(process.toString()));
        if (Files.exists(folder.path())) {
          stuck.add(folder.path());
        }
      } else {
        // Without a whole record nothing was told to go.
        folder.remove();
      }
    }
    return new Report(ended, stuck);
  }

  private static List<LiveProcess> end(AttemptFolder folder, AttemptRecord attempt)
      throws IOException {
    try {
      long leader = attempt.leaderIsVerified() ? attempt.leader() : 0;
      return Supervisor.endAll(folder, attempt.mark(), leader);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while ending " + folder.path(), e);
    }
  }
}
