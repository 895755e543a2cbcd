package dev.headgate.reports;

import dev.headgate.subunit.Bytes;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes JUnit XML as Jenkins and GitLab read it.
 *
 * <p>A suite's element begins with counts that are known when its last test is. So the suites that
 * grow are held back, each a route and class, until there are too many or they are too large; one
 * that was written and gets more tests goes on in a second element of the same name, with right
 * counts of its own. The outermost element has no counts, which are optional there.
 */
final class JUnitWriter implements TestTaker {
  /** Classes that are tested at once; more are rarely interleaved. */
  private static final int MAX_OPEN = 64;

  /** The most bytes of suites that are held back. */
  private static final int MAX_HELD = 1 << 22;

  /** Outputs of runs as a whole that are kept, each to its beginning and end. */
  private static final int MAX_OUTPUTS = 64;

  private record Key(String route, String group) {}

  private record OutputKey(String route, String name) {}

  private final WriteSettings settings;
  private final ReportOutput out;
  private final Map<Key, JUnitSuite> open = new LinkedHashMap<>();
  private final Map<OutputKey, KeptFile> outputs = new LinkedHashMap<>();
  private int held;
  private boolean begun;

  JUnitWriter(WriteSettings settings, OutputStream out) {
    this.settings = settings;
    this.out = new ReportOutput(out);
  }

  @Override
  public void test(AssembledTest test) throws IOException {
    CaseName name = CaseName.of(test.id());
    Key key = new Key(test.route(), name.group());
    JUnitSuite suite = open.remove(key);
    if (suite == null) {
      suite = new JUnitSuite(title(key), key.route());
    }
    int before = suite.length();
    suite.add(test, name);
    held += suite.length() - before;
    open.put(key, suite);
    while (open.size() > MAX_OPEN || (held > MAX_HELD && !open.isEmpty())) {
      write(open.keySet().iterator().next());
    }
  }

  private String title(Key key) {
    if (!key.group().isEmpty()) {
      return key.group();
    }
    return key.route().isEmpty() ? settings.title() : key.route();
  }

  private void write(Key key) throws IOException {
    JUnitSuite suite = open.remove(key);
    if (suite != null) {
      begin();
      held -= suite.length();
      suite.writeTo(out);
    }
  }

  private void begin() throws IOException {
    if (!begun) {
      begun = true;
      StringBuilder head = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
      head.append("<testsuites");
      XmlText.attribute(head, "name", settings.title());
      out.write(head.append(">\n"));
    }
  }

  @Override
  public void output(String route, String fileName, Bytes content) {
    OutputKey key = new OutputKey(route, fileName);
    KeptFile kept = outputs.get(key);
    if (kept == null && outputs.size() < MAX_OUTPUTS) {
      kept = new KeptFile(fileName, null);
      outputs.put(key, kept);
    }
    if (kept != null) {
      kept.add(content, true);
    }
  }

  @Override
  public void end() throws IOException {
    begin();
    while (!open.isEmpty()) {
      write(open.keySet().iterator().next());
    }
    for (Map.Entry<OutputKey, KeptFile> output : outputs.entrySet()) {
      String route = output.getKey().route();
      JUnitSuite suite = new JUnitSuite(route.isEmpty() ? settings.title() : route, route);
      suite.output(output.getValue());
      suite.writeTo(out);
    }
    out.write("</testsuites>\n");
    out.flush();
  }
}
