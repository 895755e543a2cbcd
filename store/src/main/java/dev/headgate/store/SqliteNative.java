package dev.headgate.store;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;
import org.sqlite.util.OSInfo;

/**
 * SQLite's native library, unpacked once. Without this the driver unpacks a megabyte into the
 * temporary folder at every start and leaves the clearing of it to the next one.
 */
public final class SqliteNative {
  private SqliteNative() {}

  /**
   * Makes this process load SQLite from the cache folder, unpacking it there if no earlier process
   * did. Call it before the first store is opened; later it changes nothing for this process.
   *
   * @param cacheFolder belongs to this user alone, for what lies in it is executed; made if absent
   * @throws StoreException if the folder cannot be written or this platform has no such library
   */
  public static void prepare(Path cacheFolder) {
    String name = System.mapLibraryName("sqlitejdbc");
    String platform = System.getProperty("os.name", "") + "-" + System.getProperty("os.arch", "");
    Path folder =
        NativeFolder.holding(
            name,
            cacheFolder,
            "sqlite-" + SQLiteJDBCLoader.getVersion() + "-" + platform.replaceAll("\\W", "-"),
            SqliteNative::library);
    System.setProperty("org.sqlite.lib.path", folder.toString());
    System.setProperty("org.sqlite.lib.name", name);
    // The driver also clears left-overs of its own from its temporary folder at the first use.
    System.setProperty("org.sqlite.tmpdir", folder.toString());
  }

  /** The driver asks a process of its own what system this is, so it is asked only when needed. */
  private static InputStream library() throws IOException {
    String resource =
        "/org/sqlite/native/"
            + OSInfo.getNativeLibFolderPathForCurrentOS()
            + "/"
            + LibraryLoaderUtil.getNativeLibName();
    InputStream found = SQLiteJDBCLoader.class.getResourceAsStream(resource);
    if (found == null) {
      throw new FileNotFoundException("SQLite has no library " + resource);
    }
    return found;
  }
}
