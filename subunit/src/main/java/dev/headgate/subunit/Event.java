package dev.headgate.subunit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One packet's meaning. Every field may be absent; it is not meant to be taken apart by patterns.
 *
 * <p>It holds what a reader may find, which is more than what is ever written: an empty test id or
 * route code, repeated tags, EOF or a MIME type without a file are read as they stand and left out
 * by {@link PacketEncoder}.
 *
 * @param testId the test spoken of, or null if the event concerns the run of its route as a whole;
 *     an empty id is an id
 * @param status what it says of the test; {@link Status#NONE} if nothing
 * @param runnable whether the test can be run again by its id; not to be relied on when reading
 *     what others wrote
 * @param tags in the order of the packet; empty if it has none
 * @param timestamp when it happened, in nanoseconds at best, or null
 * @param mimeType of the file, or null
 * @param fileName the attachment that {@code fileContent} continues, or null if there is none; an
 *     empty name is a name
 * @param fileContent the next bytes of the attachment; empty without a file
 * @param eof true if the attachment ends with this event
 * @param routeCode where it comes from, outermost step first, or null
 */
public record Event(
    @Nullable String testId,
    Status status,
    boolean runnable,
    List<String> tags,
    @Nullable Instant timestamp,
    @Nullable String mimeType,
    @Nullable String fileName,
    Bytes fileContent,
    boolean eof,
    @Nullable String routeCode) {

  public Event {
    tags = List.copyOf(tags);
    if (fileName == null && !fileContent.isEmpty()) {
      throw new IllegalArgumentException("file content without a file name");
    }
  }

  /** An empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that begins as {@code builder().testId(testId).status(status).runnable(true)}. */
  public static Builder test(String testId, Status status) {
    return new Builder().testId(testId).status(status).runnable(true);
  }

  /** A builder that begins with all of this event. */
  public Builder toBuilder() {
    return new Builder()
        .testId(testId)
        .status(status)
        .runnable(runnable)
        .tags(tags)
        .timestamp(timestamp)
        .mimeType(mimeType)
        .file(fileName, fileContent)
        .eof(eof)
        .routeCode(routeCode);
  }

  /** True if the event carries a part of a file, be it empty. */
  public boolean hasFile() {
    return fileName != null;
  }

  /**
   * The same event as seen from one level up: {@code step} is put before its route code.
   *
   * @param step one or more steps, without NUL; never empty
   */
  public Event underRoute(String step) {
    return withRouteCode(Routes.join(step, routeCode));
  }

  /** The same event with another route code, or with none. */
  public Event withRouteCode(@Nullable String route) {
    return new Event(
        testId, status, runnable, tags, timestamp, mimeType, fileName, fileContent, eof, route);
  }

  /** The same event at another time, or at none. */
  public Event withTimestamp(@Nullable Instant time) {
    return new Event(
        testId, status, runnable, tags, time, mimeType, fileName, fileContent, eof, routeCode);
  }

  /** Collects the fields of an event; confined to one thread. */
  public static final class Builder {
    private @Nullable String testId;
    private Status status = Status.NONE;
    private boolean runnable;
    private List<String> tags = List.of();
    private @Nullable Instant timestamp;
    private @Nullable String mimeType;
    private @Nullable String fileName;
    private Bytes fileContent = Bytes.EMPTY;
    private boolean eof;
    private @Nullable String routeCode;

    private Builder() {}

    /** See {@link Event#testId()}. */
    public Builder testId(@Nullable String value) {
      testId = value;
      return this;
    }

    /** See {@link Event#status()}. */
    public Builder status(Status value) {
      status = value;
      return this;
    }

    /** See {@link Event#runnable()}. */
    public Builder runnable(boolean value) {
      runnable = value;
      return this;
    }

    /** See {@link Event#tags()}. */
    public Builder tags(List<String> value) {
      tags = value;
      return this;
    }

    /** See {@link Event#tags()}. */
    public Builder tags(String... value) {
      return tags(List.of(value));
    }

    /** See {@link Event#timestamp()}. */
    public Builder timestamp(@Nullable Instant value) {
      timestamp = value;
      return this;
    }

    /** See {@link Event#mimeType()}. */
    public Builder mimeType(@Nullable String value) {
      mimeType = value;
      return this;
    }

    /** See {@link Event#fileName()} and {@link Event#fileContent()}. */
    public Builder file(@Nullable String name, Bytes content) {
      fileName = name;
      fileContent = content;
      return this;
    }

    /** See {@link Event#eof()}. */
    public Builder eof(boolean value) {
      eof = value;
      return this;
    }

    /** See {@link Event#routeCode()}. */
    public Builder routeCode(@Nullable String value) {
      routeCode = value;
      return this;
    }

    /** The event; throws {@link IllegalArgumentException} if there is content without a file. */
    public Event build() {
      return new Event(
          testId,
          status,
          runnable,
          tags,
          timestamp,
          mimeType,
          fileName,
          fileContent,
          eof,
          routeCode);
    }
  }
}
