package dev.headgate.runner;

import static java.time.temporal.ChronoUnit.SECONDS;

import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/**
 * What tells whether a file was written again: whoever writes in place changes size and time,
 * whoever renames into place changes the file itself. The time of the last change of the inode says
 * no more: a {@code chmod} moves it as well.
 *
 * @param key what the file system calls the file, such as device and inode
 */
record FileStamp(String key, long size, FileTime written) {
  /** The kernel's clock for files goes in steps of up to 10 ms. */
  private static final Duration STEP = Duration.ofMillis(20);

  /** File systems that know whole seconds only may know only each second one. */
  private static final Duration COARSE_STEP = Duration.ofSeconds(2);

  static FileStamp of(BasicFileAttributes attributes) {
    return new FileStamp(
        String.valueOf(attributes.fileKey()), attributes.size(), attributes.lastModifiedTime());
  }

  /**
   * Whether it is so new that a file written once more, to the same size, could still bear it: who
   * has read the file now must read it again to be sure.
   */
  boolean isFresh(Instant now) {
    Instant time = written.toInstant();
    Duration step = time.equals(time.truncatedTo(SECONDS)) ? COARSE_STEP : STEP;
    return now.isBefore(time.plus(step));
  }
}
