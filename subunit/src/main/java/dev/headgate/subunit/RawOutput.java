package dev.headgate.subunit;

/**
 * One output of one process within a stream: its bytes that are no packets travel as a file without
 * a test id under the route of their source, in order, and are put together again exactly.
 *
 * @param route where the process is; empty for the stream's own
 * @param fileName usually {@link #STDOUT} or {@link #STDERR}
 */
public record RawOutput(String route, String fileName) {
  /** The file name of what a process wrote to its standard output. */
  public static final String STDOUT = "stdout";

  /** The file name of what a process wrote to its standard error. */
  public static final String STDERR = "stderr";

  /** The event that carries bytes of this output; of any length, the encoder splits it. */
  public Event wrap(Bytes output) {
    return Event.builder().file(fileName, output).routeCode(route.isEmpty() ? null : route).build();
  }

  /** The bytes of this output that an event carries; empty if it carries none. */
  public Bytes unwrap(Event event) {
    String from = event.routeCode() == null ? "" : event.routeCode();
    boolean ours = event.testId() == null && fileName.equals(event.fileName());
    return ours && route.equals(from) ? event.fileContent() : Bytes.EMPTY;
  }
}
