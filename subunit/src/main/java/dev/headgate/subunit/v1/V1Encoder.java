package dev.headgate.subunit.v1;

import dev.headgate.subunit.Attachment;
import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.Status;
import dev.headgate.subunit.TestResult;
import dev.headgate.subunit.stream.Assembler;
import dev.headgate.subunit.stream.StreamSink;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes a stream as version 1, into a buffer that grows and is taken or written out by the caller.
 *
 * <p>In version 1 one test follows another. So a test is written when it has ended, all of it at
 * once: its beginning with its time, its tags, its end with its time, and its files as details with
 * parts, as the {@linkplain Assembler.Limits limits} allow. A failure with the tag {@value
 * V1Test#ERROR_TAG} becomes {@code error}, without the tag. Text, damage and the files of events
 * without a test id are written as they come, between tests.
 *
 * <p>Lost are routes, whether a test is runnable, tests that are only announced or have no status,
 * the statuses of runs, how tests overlapped, times of files, and times below the microsecond. Of
 * the tests that run when the stream ends, the last one is left open, which means lost; the others,
 * which cannot be left open too, are errors with a file {@value #LOST_FILE}. Line ends in the names
 * of tests and files become blanks, blanks in tags underlines; a test whose name is blank is called
 * {@value #NAMELESS}, and a tag that begins with a minus is left out. Text that looks like a
 * directive will be read as one: version 1 has no way to say that it is not; and text that does not
 * end its line has it ended before a test is written.
 *
 * <p>Sans-IO and confined to one thread.
 */
public final class V1Encoder implements StreamSink {
  /** The file that says why a test has no outcome of its own. */
  public static final String LOST_FILE = "headgate.lost";

  /** Stands for a test id that no line can carry. */
  public static final String NAMELESS = "(no id)";

  private static final Bytes LOST = Bytes.ofUtf8("the stream ended while this test ran\n");
  private static final Bytes LINE_END = Bytes.ofUtf8("\n");
  private static final String UNKNOWN_TYPE = "application/octet-stream";

  private final Assembler assembler;
  private final List<Bytes> buffer = new ArrayList<>();
  private int length;
  private boolean atLineStart = true;
  private @Nullable Instant time;

  /** The last test that has begun and will not end; written last. */
  private @Nullable TestResult open;

  /** An encoder with an empty buffer and usual limits, that writes each test when it ends. */
  public V1Encoder() {
    this(new Assembler.Limits(4 << 20, 16 << 20, 0));
  }

  /** An encoder with an empty buffer. */
  public V1Encoder(Assembler.Limits limits) {
    assembler = new Assembler(limits, this::test);
  }

  @Override
  public void event(Event event) {
    if (event.testId() == null) {
      text(event.fileContent());
    } else {
      assembler.event(event);
    }
  }

  @Override
  public void text(Bytes bytes) {
    if (!bytes.isEmpty()) {
      write(bytes);
      atLineStart = bytes.at(bytes.length() - 1) == '\n';
    }
  }

  @Override
  public void damage(Bytes bytes) {
    text(bytes);
  }

  /** Writes a progress directive, which no event carries. */
  public void progress(Progress progress) {
    line(progress.line());
  }

  @Override
  public void end() {
    assembler.end();
    TestResult last = open;
    if (last != null) {
      begin(last);
    }
  }

  private void test(TestResult result) {
    switch (result.status()) {
      case NONE, EXISTS -> {}
      case INPROGRESS -> {
        TestResult other = open;
        open = result;
        if (other != null) {
          begin(other);
          details("error", other, List.of(lost()));
        }
      }
      case SUCCESS -> ended("success", result);
      case UXSUCCESS -> ended("uxsuccess", result);
      case SKIP -> ended("skip", result);
      case XFAIL -> ended("xfail", result);
      case FAIL -> ended(result.tags().contains(V1Test.ERROR_TAG) ? "error" : "failure", result);
    }
  }

  private static Attachment lost() {
    return new Attachment(LOST_FILE, 1, "text/plain;charset=utf8", LOST, 0, Bytes.EMPTY, true);
  }

  private void ended(String outcome, TestResult result) {
    begin(result);
    time(result.ended());
    details(outcome, result, List.of());
  }

  private void begin(TestResult result) {
    time(result.began());
    line("test: " + label(result) + "\n");
    List<String> tags = new ArrayList<>(result.tags());
    if (result.status() == Status.FAIL) {
      tags.remove(V1Test.ERROR_TAG);
    }
    line(Tags.line(tags));
  }

  private void details(String outcome, TestResult result, List<Attachment> more) {
    List<Attachment> files = new ArrayList<>(result.attachments());
    files.addAll(more);
    if (files.isEmpty()) {
      line(outcome + ": " + label(result) + "\n");
      return;
    }
    line(outcome + ": " + label(result) + " [ multipart\n");
    files.forEach(this::part);
    line("]\n");
  }

  private void part(Attachment file) {
    line("Content-Type: " + type(file.mimeType()) + "\n" + oneLine(file.name()) + "\n");
    chunk(file.head());
    if (file.omitted() > 0) {
      chunk(Bytes.ofUtf8("\n[" + file.omitted() + " bytes not kept]\n"));
    }
    chunk(file.tail());
    line("0\r\n");
  }

  private void chunk(Bytes content) {
    if (!content.isEmpty()) {
      write(Bytes.ofUtf8(Integer.toHexString(content.length()).toUpperCase(Locale.ROOT) + "\r\n"));
      write(content);
      // What follows is a line of the frame wherever the content ends.
      atLineStart = true;
    }
  }

  /** A type that every reader takes: it wants exactly one slash. */
  private static String type(@Nullable String mimeType) {
    if (mimeType == null) {
      return UNKNOWN_TYPE;
    }
    int slash = mimeType.indexOf('/');
    boolean plain = slash > 0 && mimeType.indexOf('/', slash + 1) < 0;
    return plain ? oneLine(mimeType) : UNKNOWN_TYPE;
  }

  private static String label(TestResult result) {
    String label = oneLine(result.key().testId());
    return label.isBlank() ? NAMELESS : label;
  }

  private static String oneLine(String text) {
    return text.replace('\n', ' ').replace('\r', ' ');
  }

  private void time(@Nullable Instant now) {
    if (now != null && !now.equals(time)) {
      time = now;
      line("time: " + Times.format(now) + "\n");
    }
  }

  private void line(String line) {
    if (line.isEmpty()) {
      return;
    }
    if (!atLineStart) {
      write(LINE_END);
      atLineStart = true;
    }
    write(Bytes.ofUtf8(line));
  }

  private void write(Bytes bytes) {
    buffer.add(bytes);
    length += bytes.length();
  }

  /** How many bytes the buffer holds. */
  public int length() {
    return length;
  }

  /** The buffer's bytes; it is empty afterwards. */
  public Bytes take() {
    Bytes all = buffer.isEmpty() ? Bytes.EMPTY : Bytes.concat(buffer);
    clear();
    return all;
  }

  /** Writes the buffer to a stream; it is empty afterwards, also if the stream throws. */
  public void writeTo(OutputStream out) throws IOException {
    try {
      for (Bytes bytes : buffer) {
        bytes.writeTo(out);
      }
    } finally {
      clear();
    }
  }

  private void clear() {
    buffer.clear();
    length = 0;
  }
}
