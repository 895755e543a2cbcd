package dev.headgate.subunit.stream;

import dev.headgate.subunit.Attachment;
import dev.headgate.subunit.Routes;
import dev.headgate.subunit.Status;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A condition on a test that may be decided before the test has ended: by its id at once, by its
 * status or tags only at its end.
 *
 * <p>Answers combine as in Kleene's logic of three values, so that a combination is decided as soon
 * as it can be.
 */
@FunctionalInterface
public interface TestCondition {
  /** Whether a test meets a condition. */
  enum Answer {
    /** It does, whatever comes. */
    YES,
    /** It does not, whatever comes. */
    NO,
    /** It depends on what comes; never said of a test that has ended. */
    NOT_YET;

    static Answer of(boolean value) {
      return value ? YES : NO;
    }

    Answer not() {
      return switch (this) {
        case YES -> NO;
        case NO -> YES;
        case NOT_YET -> NOT_YET;
      };
    }
  }

  /** Says what can be said of a test so far. */
  Answer judge(TestSoFar test);

  /** Met by every test. */
  static TestCondition any() {
    return test -> Answer.YES;
  }

  /** Met by tests whose id passes; decided at once. */
  static TestCondition id(Predicate<? super String> wanted) {
    return test -> Answer.of(wanted.test(test.testId()));
  }

  /** Met by tests in whose id the expression is found anywhere; decided at once. */
  static TestCondition idMatches(Pattern pattern) {
    return id(pattern.asPredicate());
  }

  /** Met by tests with one of these ids; decided at once. */
  static TestCondition idIn(Set<String> ids) {
    Set<String> copy = Set.copyOf(ids);
    return id(copy::contains);
  }

  /** Met by tests whose route passes; empty is no route; decided at once. */
  static TestCondition route(Predicate<? super String> wanted) {
    return test -> Answer.of(wanted.test(test.route()));
  }

  /** Met by tests on a route or below it; decided at once. */
  static TestCondition routeUnder(String prefix) {
    return route(route -> Routes.isUnder(prefix, route));
  }

  /**
   * Met by tests that end with one of these statuses; {@link Status#EXISTS} by those that are
   * announced, {@link Status#INPROGRESS} by those that hung or were lost.
   */
  static TestCondition status(Set<Status> wanted) {
    Set<Status> copy = Set.copyOf(wanted);
    return atEnd(test -> copy.contains(test.status()));
  }

  /** Met by tests that have the tag when they end. */
  static TestCondition tagged(String tag) {
    return atEnd(test -> test.tags().contains(tag));
  }

  /** Met by tests that have an attachment that passes, judged when the test ends. */
  static TestCondition attachment(Predicate<? super Attachment> wanted) {
    return atEnd(test -> test.attachments().stream().anyMatch(wanted));
  }

  /** A condition that is judged only when the test has ended. */
  static TestCondition atEnd(Predicate<? super TestSoFar> wanted) {
    return test -> test.ended() ? Answer.of(wanted.test(test)) : Answer.NOT_YET;
  }

  /** Met where both are. */
  default TestCondition and(TestCondition other) {
    return test -> {
      Answer first = judge(test);
      if (first == Answer.NO) {
        return Answer.NO;
      }
      Answer second = other.judge(test);
      return second == Answer.NO || first == Answer.YES ? second : Answer.NOT_YET;
    };
  }

  /** Met where one of both is. */
  default TestCondition or(TestCondition other) {
    return not().and(other.not()).not();
  }

  /** Met where this is not. */
  default TestCondition not() {
    return test -> judge(test).not();
  }
}
