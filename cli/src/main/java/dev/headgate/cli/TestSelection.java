package dev.headgate.cli;

import dev.headgate.subunit.Status;
import dev.headgate.subunit.stream.TestCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Option;

/**
 * Which tests a command is about. Options of one kind are alternatives; of different kinds, all
 * must be met.
 */
final class TestSelection {
  private static final Set<Status> FAILING =
      EnumSet.of(Status.FAIL, Status.UXSUCCESS, Status.INPROGRESS);

  @Option(
      names = "--status",
      paramLabel = "STATUS",
      split = ",",
      description =
          "Only tests that end so: success, fail, skip, xfail, uxsuccess; inprogress for those that"
              + " hung or were lost, exists for those only announced. Several with commas.")
  List<String> statuses = new ArrayList<>();

  @Option(
      names = "--not-status",
      paramLabel = "STATUS",
      split = ",",
      description = "No tests that end so.")
  List<String> notStatuses = new ArrayList<>();

  @Option(
      names = "--failing",
      description = "Only tests that keep a change out: --status fail,uxsuccess,inprogress.")
  boolean failing;

  @Option(
      names = {"-m", "--match"},
      paramLabel = "REGEX",
      description = "Only tests in whose id this is found. May be repeated.")
  List<String> matches = new ArrayList<>();

  @Option(
      names = "--not-match",
      paramLabel = "REGEX",
      description = "No tests in whose id this is found. May be repeated.")
  List<String> notMatches = new ArrayList<>();

  @Option(
      names = "--match-text",
      paramLabel = "REGEX",
      description = "Only tests with an attachment in which this is found. May be repeated.")
  List<String> texts = new ArrayList<>();

  @Option(
      names = "--tag",
      paramLabel = "TAG",
      description = "Only tests with this tag. May be repeated.")
  List<String> tags = new ArrayList<>();

  @Option(names = "--not-tag", paramLabel = "TAG", description = "No tests with this tag.")
  List<String> notTags = new ArrayList<>();

  @Option(
      names = "--route",
      paramLabel = "ROUTE",
      description = "Only what comes from this route or below it. May be repeated.")
  List<String> routes = new ArrayList<>();

  @Option(
      names = "--tests-from",
      paramLabel = "FILE",
      description = "Only tests whose ids stand in this file, one a line.")
  List<String> lists = new ArrayList<>();

  /** Whether it is about every test. */
  boolean isAll() {
    return !failing
        && statuses.isEmpty()
        && notStatuses.isEmpty()
        && matches.isEmpty()
        && notMatches.isEmpty()
        && texts.isEmpty()
        && tags.isEmpty()
        && notTags.isEmpty()
        && routes.isEmpty()
        && lists.isEmpty();
  }

  /** The condition that the options say. */
  TestCondition condition(Invocation invocation) throws IOException {
    TestCondition all = TestCondition.any();
    if (failing) {
      all = all.and(TestCondition.status(FAILING));
    }
    if (!statuses.isEmpty()) {
      all = all.and(TestCondition.status(statuses("--status", statuses)));
    }
    if (!notStatuses.isEmpty()) {
      all = all.and(TestCondition.status(statuses("--not-status", notStatuses)).not());
    }
    all =
        all.and(any(patterns("--match", matches).stream().map(TestCondition::idMatches).toList()));
    for (Pattern pattern : patterns("--not-match", notMatches)) {
      all = all.and(TestCondition.idMatches(pattern).not());
    }
    all = all.and(any(patterns("--match-text", texts).stream().map(TestSelection::text).toList()));
    all = all.and(any(tags.stream().map(TestCondition::tagged).toList()));
    for (String tag : notTags) {
      all = all.and(TestCondition.tagged(tag).not());
    }
    all = all.and(any(routes.stream().map(TestCondition::routeUnder).toList()));
    for (String list : lists) {
      all = all.and(TestCondition.idIn(ids(invocation, list)));
    }
    return all;
  }

  private static TestCondition text(Pattern pattern) {
    return TestCondition.attachment(file -> pattern.matcher(file.text()).find());
  }

  /** One of them, or nothing asked for. */
  private static TestCondition any(List<TestCondition> alternatives) {
    return alternatives.stream().reduce(TestCondition::or).orElse(TestCondition.any());
  }

  private static Set<Status> statuses(String option, List<String> words) {
    Set<Status> found = EnumSet.noneOf(Status.class);
    for (String word : words) {
      found.add(status(option, word));
    }
    return found;
  }

  static Status status(String option, String word) {
    List<String> known = new ArrayList<>();
    for (Status status : Status.values()) {
      if (status.word().equals(word)) {
        return status;
      }
      known.add(status.word());
    }
    List<String> nearest = Nearest.to(word, known);
    throw CommandFailure.usage(
        option + ": no status is called '" + word + "'",
        nearest.isEmpty()
            ? "there are " + String.join(", ", known)
            : "did you mean '" + nearest.getFirst() + "'?");
  }

  static List<Pattern> patterns(String option, List<String> texts) {
    return texts.stream().map(text -> pattern(option, text)).toList();
  }

  static Pattern pattern(String option, String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw CommandFailure.usage(
          option + " " + text + " is no regular expression: " + e.getDescription(),
          "quote what is meant as it stands with \\Q and \\E");
    }
  }

  /** The lines of a file that name tests: not the empty ones. */
  static Set<String> ids(Invocation invocation, String name) throws IOException {
    StreamInput.require(invocation, name);
    Path path = invocation.directory().resolve(name);
    Set<String> ids = new HashSet<>();
    new String(Files.readAllBytes(path), StandardCharsets.UTF_8)
        .lines()
        .filter(line -> !line.isEmpty())
        .forEach(ids::add);
    return ids;
  }
}
