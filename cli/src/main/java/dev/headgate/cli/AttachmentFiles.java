package dev.headgate.cli;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import dev.headgate.subunit.RawOutput;
import dev.headgate.subunit.TestResult;
import dev.headgate.subunit.stream.Assembler;
import dev.headgate.subunit.stream.Attempts;
import dev.headgate.subunit.stream.StreamSink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Writes the attachments of a stream's tests into files, whole whatever their length: a folder for
 * each attempt of each test, and in it {@code test.json}, which also says what the files were
 * called. Files of no test, and text, go into the folder {@code run}. Whatever the names are,
 * nothing is written outside the folder.
 *
 * <p>Of the attempts, the {@value #MOST_KNOWN} last heard of are remembered: a second file of one
 * name that comes for an earlier one is appended to the first.
 */
final class AttachmentFiles implements StreamSink {
  private static final String RUN = "run";
  private static final String RECORD = "test.json";
  private static final int MOST_KNOWN = 10_000;
  private static final RawOutput TEXT = new RawOutput("", RawOutput.STDOUT);

  /** Where one attempt's files are, and what they are called in the stream. */
  private static final class Folder {
    final Path path;
    final Map<String, Integer> numbers = new HashMap<>();
    final List<Map<String, Object>> files = new ArrayList<>();

    Folder(Path path) {
      this.path = path;
    }
  }

  private final Path root;
  private final Attempts attempts = new Attempts();
  private final Map<String, Folder> folders =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Folder> eldest) {
          return size() > MOST_KNOWN;
        }
      };
  private final Assembler results = new Assembler(Assembler.Limits.PROMPT, this::describe);
  private long tests;
  private long files;

  /** Writes into a folder, which is made if it is not there and else must be empty. */
  AttachmentFiles(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(root);
    try (Stream<Path> present = Files.list(root)) {
      if (present.findAny().isPresent()) {
        throw CommandFailure.usage(root + " is not empty", "name a folder that is, or a new one");
      }
    }
  }

  /** How many executions of tests have a folder. */
  long tests() {
    return tests;
  }

  /** How many attachments were written. */
  long files() {
    return files;
  }

  @Override
  public void event(Event event) {
    int attempt = attempts.of(event);
    if (event.hasFile()) {
      String test = event.testId();
      try {
        write(test == null ? folder(RUN) : folder(name(event.routeCode(), test, attempt)), event);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    results.event(event);
  }

  private static String name(
      @org.jspecify.annotations.Nullable String route, String test, int attempt) {
    String from = route == null || route.isEmpty() ? "" : "@" + route;
    String which = attempt > 1 ? " attempt " + attempt : "";
    // The run's own folder keeps its name.
    return test.equals(RUN) && from.isEmpty() && which.isEmpty() ? RUN + " " : test + from + which;
  }

  private Folder folder(String name) throws IOException {
    Folder known = folders.get(name);
    if (known == null) {
      known = new Folder(root.resolve(FolderNames.of(name)));
      Files.createDirectories(known.path);
      folders.put(name, known);
    }
    return known;
  }

  private void write(Folder folder, Event event) throws IOException {
    String name = String.valueOf(event.fileName());
    int number = folder.numbers.getOrDefault(name, 0);
    boolean begins = number <= 0;
    if (begins) {
      number = 1 - number;
      folder.numbers.put(name, number);
    }
    String called = number > 1 ? name + " " + number : name;
    Path path = folder.path.resolve(FolderNames.of(called.equals(RECORD) ? called + " " : called));
    if (begins) {
      files++;
      folder.files.add(entry(name, path, event));
    }
    try (OutputStream out =
        Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      event.fileContent().writeTo(out);
    }
    if (event.eof()) {
      // What follows under that name is another attachment: the count is kept, as ended.
      folder.numbers.put(name, -number);
    }
  }

  private static Map<String, Object> entry(String name, Path path, Event event) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", name);
    entry.put("file", String.valueOf(path.getFileName()));
    String type = event.mimeType();
    if (type != null) {
      entry.put("mime-type", type);
    }
    return entry;
  }

  private void describe(TestResult result) {
    try {
      Folder folder =
          folder(name(result.key().route(), result.key().testId(), result.key().attempt()));
      Path record = folder.path.resolve(RECORD);
      tests += Files.exists(record) ? 0 : 1;
      Map<String, Object> document = new LinkedHashMap<>(StreamLsCommand.document(result));
      document.put("files", folder.files);
      Files.writeString(record, JsonText.of(document) + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void text(Bytes bytes) {
    event(TEXT.wrap(bytes));
  }

  @Override
  public void damage(Bytes bytes) {
    text(bytes);
  }

  @Override
  public void end() {
    results.end();
  }
}
