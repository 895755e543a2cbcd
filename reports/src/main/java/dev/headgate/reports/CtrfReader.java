package dev.headgate.reports;

import dev.headgate.reports.Problem.Kind;
import dev.headgate.subunit.Bytes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads CTRF, a JSON document with an array of tests, one test at a time (the specification of
 * ctrf.io, versions 0 and 1). All else in the document is skipped.
 */
final class CtrfReader implements ReportReader, JsonHandler, TextDecoder.Sink {
  /** Names are kept to be compared with short ones. */
  private static final int MAX_NAME = 64;

  private final Findings findings;
  private final TextDecoder decoder = new TextDecoder(this, false);
  private final JsonScanner scanner = new JsonScanner(this);
  private final CtrfTest tests;

  /** The names that lead to the open values; an array's items have the array's own. */
  private final List<String> path = new ArrayList<>();

  private String name = "";
  private @Nullable JsonTree tree;
  private int treeDepth;
  private boolean results;
  private boolean anything;
  private boolean undecodable;
  private boolean stopped;
  private boolean ended;
  private long line = 1;
  private long column;

  CtrfReader(ReadSettings settings, ReportSink sink) {
    findings = new Findings(sink);
    tests = new CtrfTest(findings, settings);
  }

  @Override
  public void offer(Bytes piece) {
    if (ended) {
      throw new IllegalStateException("the report has ended");
    }
    decoder.offer(piece);
  }

  @Override
  public void end() {
    if (ended) {
      return;
    }
    ended = true;
    decoder.end();
    scanner.end();
    if (!anything) {
      findings.problem(Kind.EMPTY, 0, 0, "the report is empty");
    } else if (!stopped && !scanner.isDone()) {
      findings.problem(Kind.TRUNCATED, line, column, "the report ends within a value");
    }
    JsonValue partial = tree == null ? null : tree.partial();
    if (partial != null) {
      tests.cutOff(partial);
    }
    if (anything && !results) {
      findings.problem(Kind.FOREIGN, 1, 1, "no CTRF report: it has no results.tests");
    }
    findings.end();
  }

  @Override
  public void undecodable(String message) {
    if (!undecodable) {
      undecodable = true;
      findings.problem(Kind.ENCODING, line, column, message);
    }
  }

  @Override
  public void chars(char[] chars, int length) {
    for (int i = 0; i < length && !stopped; i++) {
      char c = chars[i];
      anything |= !Character.isWhitespace(c);
      column += Character.isLowSurrogate(c) ? 0 : 1;
      if (!scanner.take(c)) {
        stopped = true;
        String broken = scanner.broken();
        findings.problem(Kind.MALFORMED, line, column, broken == null ? "no JSON" : broken);
      }
      if (c == '\n') {
        line++;
        column = 0;
      }
    }
  }

  @Override
  public void open(boolean object) {
    if (tree != null) {
      tree.open(object);
      treeDepth++;
    } else if (object && isInTests()) {
      results = true;
      tree = new JsonTree();
      tree.open(true);
      treeDepth = 1;
    } else {
      path.add(name);
      results |= !object && isInTests();
      name = "";
    }
  }

  private boolean isInTests() {
    int depth = path.size();
    return depth > 1
        && path.get(depth - 1).equals("tests")
        && (depth == 2 || (depth == 3 && path.get(1).equals("results")));
  }

  @Override
  public void close() {
    if (tree == null) {
      path.removeLast();
      return;
    }
    tree.close();
    if (--treeDepth == 0) {
      if (tree.isCut()) {
        findings.problem(Kind.LIMIT, line, column, "a test with more than is kept");
      }
      JsonValue test = tree.root();
      tree = null;
      if (test != null && !tests.tell(test)) {
        findings.problem(Kind.MALFORMED, line, column, "a test without a name");
      }
    }
  }

  @Override
  public void name(String text) {
    if (tree == null) {
      name = Findings.cut(text, MAX_NAME);
    } else {
      tree.name(text);
    }
  }

  @Override
  public void text(String value) {
    if (tree != null) {
      tree.text(value);
    }
  }

  @Override
  public void literal(String word) {
    if (tree != null) {
      tree.literal(word);
    }
  }
}
