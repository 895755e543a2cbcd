package dev.headgate.reports;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headgate.subunit.Bytes;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells formats apart by how a report begins, and where that says nothing, by its name. */
final class Detection {
  /** More of a report's beginning is not looked at, in bytes. */
  static final int HEAD = 1 << 13;

  private static final Set<String> ROOTS = Set.of("testsuites", "testsuite", "testcase");

  private static final Pattern ROOT = Pattern.compile("<(?:[\\w.-]+:)?([A-Za-z_][\\w.-]*)");
  private static final Pattern PROLOG =
      Pattern.compile("(?s)<\\?.*?\\?>|<!--.*?-->|<!DOCTYPE[^>\\[]*(?:\\[.*?\\])?\\s*>");

  private static final Pattern GO = Pattern.compile("\"Action\"\\s*:\\s*\"[a-z-]+\"");
  private static final Pattern LIBTEST =
      Pattern.compile("\"type\"\\s*:\\s*\"(?:suite|test|bench|report)\"");
  private static final Pattern CTRF =
      Pattern.compile("\"reportFormat\"\\s*:\\s*\"CTRF\"|\"results\"\\s*:\\s*\\{");

  private Detection() {}

  static Optional<ReportFormat> detect(String fileName, Bytes start) {
    String head = text(start.slice(0, Math.min(start.length(), HEAD)));
    String name = fileName.toLowerCase(Locale.ROOT);
    String content = head.strip();
    if (content.isEmpty()) {
      return byName(name);
    }
    if (content.startsWith("<")) {
      return xml(content, name);
    }
    Optional<ReportFormat> found = json(content);
    if (found.isEmpty()) {
      found = lines(content);
    }
    return found.isEmpty() && name.endsWith(".tap") ? Optional.of(ReportFormat.TAP) : found;
  }

  private static String text(Bytes head) {
    int first = head.isEmpty() ? 0 : head.at(0) & 0xFF;
    int second = head.length() < 2 ? 0 : head.at(1) & 0xFF;
    if ((first == 0xFF && second == 0xFE) || (first == '<' && second == 0)) {
      return withoutMark(new String(head.toByteArray(), UTF_16LE));
    }
    if ((first == 0xFE && second == 0xFF) || (first == 0 && second == '<')) {
      return withoutMark(new String(head.toByteArray(), UTF_16BE));
    }
    return withoutMark(new String(head.toByteArray(), UTF_8));
  }

  private static String withoutMark(String text) {
    return text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  private static Optional<ReportFormat> byName(String name) {
    if (name.endsWith(".xml")) {
      return Optional.of(ReportFormat.JUNIT);
    }
    if (name.endsWith(".tap")) {
      return Optional.of(ReportFormat.TAP);
    }
    boolean ctrf = name.endsWith(".json") && name.contains("ctrf");
    return ctrf ? Optional.of(ReportFormat.CTRF) : Optional.empty();
  }

  private static Optional<ReportFormat> xml(String content, String name) {
    Matcher root = ROOT.matcher(PROLOG.matcher(content).replaceAll(""));
    if (root.lookingAt() || root.find()) {
      String element = root.group(1);
      // Visual Studio's root differs in its capitals alone.
      boolean junit = ROOTS.contains(element.toLowerCase(Locale.ROOT)) || element.equals("testrun");
      return junit ? Optional.of(ReportFormat.JUNIT) : Optional.empty();
    }
    return byName(name);
  }

  private static Optional<ReportFormat> json(String content) {
    if (!content.startsWith("{")) {
      return Optional.empty();
    }
    int end = content.indexOf('\n');
    Optional<ReportFormat> line = jsonLine(end < 0 ? content : content.substring(0, end));
    boolean ctrf = line.isEmpty() && CTRF.matcher(content).find();
    return ctrf ? Optional.of(ReportFormat.CTRF) : line;
  }

  private static Optional<ReportFormat> jsonLine(String line) {
    if (line.startsWith("{") && GO.matcher(line).find()) {
      return Optional.of(ReportFormat.GO);
    }
    boolean libtest = line.startsWith("{") && LIBTEST.matcher(line).find();
    return libtest ? Optional.of(ReportFormat.LIBTEST) : Optional.empty();
  }

  /** The first line that only one format has. */
  private static Optional<ReportFormat> lines(String content) {
    for (String line : content.lines().toList()) {
      TapLine said = TapLine.of(line.stripTrailing(), 12);
      boolean tap =
          said instanceof TapLine.Version
              || said instanceof TapLine.Plan
              || said instanceof TapLine.BailOut
              || said instanceof TapLine.Point;
      if (tap) {
        return Optional.of(ReportFormat.TAP);
      }
      Optional<ReportFormat> found = jsonLine(line);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }
}
