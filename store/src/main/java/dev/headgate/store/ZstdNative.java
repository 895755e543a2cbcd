package dev.headgate.store;

import com.github.luben.zstd.util.Native;
import com.github.luben.zstd.util.ZstdVersion;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleReader;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Zstandard's native library, unpacked once instead of at every start. */
public final class ZstdNative {
  private ZstdNative() {}

  /**
   * Makes this process load Zstandard from the cache folder, unpacking it there if no earlier
   * process did. Call it before the first run is opened; later it changes nothing for this process.
   *
   * @param cacheFolder belongs to this user alone, for what lies in it is executed; made if absent
   * @throws StoreException if the folder cannot be written or this platform has no such library
   */
  public static void prepare(Path cacheFolder) {
    String system = system();
    String architecture = System.getProperty("os.arch", "");
    if (system.equals("darwin") && architecture.equals("amd64")) {
      architecture = "x86_64";
    }
    String name = "libzstd-jni-" + ZstdVersion.VERSION + extension(system);
    String resource = system + "/" + architecture + "/" + name;
    Path folder =
        NativeFolder.holding(
            name,
            cacheFolder,
            "zstd-" + ZstdVersion.VERSION + "-" + system + "-" + architecture,
            () -> {
              InputStream found = open(resource);
              if (found == null) {
                throw new FileNotFoundException("Zstandard has no library " + resource);
              }
              return found;
            });
    System.setProperty("ZstdNativePath", folder.resolve(name).toString());
  }

  private static String system() {
    String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).replace(' ', '_');
    if (name.startsWith("win")) {
      return "win";
    }
    return name.startsWith("mac") ? "darwin" : name;
  }

  private static String extension(String system) {
    return switch (system) {
      case "win" -> ".dll";
      case "darwin" -> ".dylib";
      default -> ".so";
    };
  }

  /** On the module path its resources are shut in with their module; a module reader gets them. */
  private static @Nullable InputStream open(String resource) throws IOException {
    Module module = Native.class.getModule();
    if (!module.isNamed()) {
      return Native.class.getResourceAsStream("/" + resource);
    }
    var found = module.getLayer().configuration().findModule(module.getName());
    if (found.isEmpty()) {
      return null;
    }
    try (ModuleReader reader = found.get().reference().open()) {
      return reader
          .read(resource)
          .map(buffer -> {
            byte[] copy = new byte[buffer.remaining()];
            buffer.get(copy);
            return (InputStream) new java.io.ByteArrayInputStream(copy);
          })
          .orElse(null);
    }
  }
}
