package dev.headgate.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A folder of native libraries taken out of their jars, each under a folder named for its version,
 * so that programs of several versions can share it.
 */
final class NativeFolder {
  /** Gives the bytes of a library. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  private NativeFolder() {}

  /**
   * The folder that holds the library; written if it is not there yet. A file that is there is
   * whole, for it was synced before it got its name, so it is not compared with the jar at every
   * start.
   */
  static Path holding(String name, Path cacheFolder, String version, Source source) {
    Path folder = cacheFolder.toAbsolutePath().resolve(version);
    Path library = folder.resolve(name);
    if (Files.isRegularFile(library)) {
      return folder;
    }
    try {
      Files.createDirectories(folder);
      unpack(folder, library, source);
      return folder;
    } catch (IOException e) {
      throw new StoreException(
          "cannot unpack the native library "
              + library
              + ": "
              + FileFaults.describe(e)
              + "; give a cache folder that can be written and has some megabytes free",
          e);
    }
  }

  /** Several processes may do this at once: each writes a file of its own, the last name wins. */
  private static void unpack(Path folder, Path library, Source source) throws IOException {
    Path partial = Files.createTempFile(folder, "unpacking-", ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel);
          InputStream in = source.open()) {
        in.transferTo(out);
        channel.force(true);
      }
      Files.move(partial, library, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
