package dev.headgate.cli;

import dev.headgate.store.CompressedInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** A stream to be read: a file or standard input, decompressed if it is compressed. */
final class StreamInput implements AutoCloseable {
  /** The name of standard input. */
  static final String STDIN = "-";

  private final String name;
  private final boolean live;
  private final InputStream bytes;

  private StreamInput(String name, boolean live, InputStream bytes) {
    this.name = name;
    this.live = live;
    this.bytes = bytes;
  }

  /**
   * Opens a stream.
   *
   * @param name of a file, relative to where the command was called; {@value #STDIN} for standard
   *     input
   */
  static StreamInput open(Invocation invocation, String name) throws IOException {
    if (name.equals(STDIN)) {
      return new StreamInput("standard input", true, CompressedInput.open(invocation.in()));
    }
    require(invocation, name);
    Path path = invocation.directory().resolve(name);
    InputStream file = Files.newInputStream(path);
    try {
      return new StreamInput(name, !Files.isRegularFile(path), CompressedInput.open(file));
    } catch (IOException e) {
      file.close();
      throw unreadable(name, e);
    }
  }

  /** As {@link #open}, and takes the bytes as they are. */
  static StreamInput openRaw(Invocation invocation, String name) throws IOException {
    if (name.equals(STDIN)) {
      return new StreamInput("standard input", true, invocation.in());
    }
    require(invocation, name);
    Path path = invocation.directory().resolve(name);
    return new StreamInput(name, !Files.isRegularFile(path), Files.newInputStream(path));
  }

  /** Throws what {@link #open} would throw of a name that leads to no readable file. */
  static void require(Invocation invocation, String name) {
    if (name.equals(STDIN)) {
      return;
    }
    Path path = invocation.directory().resolve(name);
    if (!Files.exists(path)) {
      throw CommandFailure.usage(name + " does not exist", "");
    }
    if (Files.isDirectory(path)) {
      throw CommandFailure.usage(name + " is a folder", "name a file that holds a stream");
    }
    if (!Files.isReadable(path)) {
      throw CommandFailure.environment(name + " may not be read", "look at its permissions", null);
    }
  }

  /** What to call it in a message. */
  String name() {
    return name;
  }

  /** Whether more may come later: it is no plain file. */
  boolean isLive() {
    return live;
  }

  /** As {@link InputStream#read(byte[])}. */
  int read(byte[] buffer) {
    try {
      return bytes.read(buffer);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static CommandFailure unreadable(String name, IOException fault) {
    boolean damaged =
        fault instanceof ZipException
            || fault instanceof EOFException
            || fault.getClass().getName().contains("zstd");
    return CommandFailure.environment(
        damaged
            ? name + " is compressed, and damaged or cut off: " + fault.getMessage()
            : name + " cannot be read: " + fault.getMessage(),
        damaged ? "what came before the damage was used" : "",
        fault);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
