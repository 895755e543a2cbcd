package dev.headgate.subunit.v1;

import dev.headgate.subunit.Bytes;
import dev.headgate.subunit.Event;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules of version 1 as a machine that is fed pieces of the input and queues items. It keeps no
 * input but a line that may become a directive and up to one piece of an attachment; so whoever
 * feeds it may stop at the end of details and read what follows in another way. Who does not want
 * to, uses {@link V1Decoder}, where the rules stand.
 *
 * <p>After each call {@link #poll} gives the items, of which there are a few at most. Sans-IO and
 * confined to one thread.
 */
public final class V1Parser {
  private enum State {
    /** Outside details: lines that are directives, or text. */
    LINES,
    /** In details without parts. */
    SIMPLE,
    /** In details with parts: where a part, or the end, is expected. */
    PART_TYPE,
    PART_NAME,
    CHUNK_LENGTH,
    CHUNK_DATA,
    /** In details whose form is broken: until their end, or a test begins. */
    BROKEN
  }

  /**
   * The longest line that is taken for more than text, in bytes. A packet, of at most 4 MiB, may
   * carry a label, a name and a type, each three times as long if its bytes are no UTF-8.
   */
  static final int MAX_LINE = 1 << 18;

  /** Attachments are delivered in pieces of so many bytes. */
  static final int MAX_PIECE = 1 << 16;

  /** Hexadecimal digits of a chunk's length: what fits a long. */
  private static final int MAX_LENGTH_DIGITS = 15;

  private static final byte LF = '\n';
  private static final byte CR = '\r';
  private static final Bytes SIMPLE_DETAILS = Bytes.ofUtf8(" [");
  private static final Bytes MULTIPART_DETAILS = Bytes.ofUtf8(" [ multipart");

  private final Deque<V1Item> items = new ArrayDeque<>();
  private final V1Test test = new V1Test();
  private State state = State.LINES;

  /** The beginning of a line, held until it is known what the line is; no item has it yet. */
  private final ByteRun line = new ByteRun();

  /** Outside details, the rest of this line is text; in simple or broken ones, it is of them. */
  private boolean midLine;

  /** The line of the outcome whose details these are ended with CR LF; so may their last one. */
  private boolean crlf;

  private long chunkLeft;
  private FilePiece file = FilePiece.of(Directive.SUCCESS);
  private String partType = "";

  /** How many bytes were understood that no item accounts for yet. */
  private long unaccounted;

  private boolean startsHonoured = true;
  private boolean bareWordsTrusted = true;

  /** The label of a line that would begin a test, if words without a colon were trusted. */
  private @Nullable Bytes candidate;

  /** A parser at the beginning of its input. */
  public V1Parser() {}

  /** The next item, or null. */
  public @Nullable V1Item poll() {
    return items.poll();
  }

  /** True if the bytes that come next belong to details, whatever they look like. */
  public boolean inDetails() {
    return state != State.LINES;
  }

  /** True if a test has begun and not ended. */
  public boolean inTest() {
    return test.isRunning();
  }

  /** How many of the bytes that come next are content because a length says so. */
  public long contentLeft() {
    return state == State.CHUNK_DATA ? chunkLeft : 0;
  }

  /** From now on no test begins any more; one that runs may end. */
  public void honourNoStarts() {
    startsHonoured = false;
    candidate = null;
  }

  /**
   * Until a test has begun, takes a word without a colon for one only when it is borne out: many
   * programs write lines like {@code testing the connection}. Such a line is text; if an outcome
   * with its label follows, and no other such line lies between, the test begins with its outcome,
   * and all words are trusted from there on.
   */
  public void distrustBareWords() {
    bareWordsTrusted = false;
  }

  /**
   * Something that is not for this parser stands between the bytes before and those to come: the
   * beginning of a line is not waited for any longer.
   *
   * @return true if that makes an item
   */
  public boolean interrupt() {
    if (state != State.LINES || line.isEmpty()) {
      return false;
    }
    text(line.take());
    midLine = true;
    return true;
  }

  /** Bytes outside details come that are none of this parser's, but may end a line; never none. */
  public void passOver(Bytes bytes) {
    interrupt();
    midLine = bytes.at(bytes.length() - 1) != LF;
  }

  /**
   * Takes bytes from an index on, at least one of them if there is one, and not more than to the
   * end of details.
   *
   * @return the index of the first byte not taken
   */
  public int feed(Bytes input, int from) {
    if (from == input.length()) {
      return from;
    }
    return switch (state) {
      case LINES -> line.isEmpty() ? lines(input, from) : restOfLine(input, from);
      case SIMPLE -> simple(input, from);
      case CHUNK_DATA -> chunk(input, from);
      case PART_TYPE, PART_NAME, CHUNK_LENGTH, BROKEN -> frame(input, from);
    };
  }

  /** Says that nothing more comes. */
  public void finish() {
    Bytes last = line.take();
    switch (state) {
      case LINES -> directiveOrText(last);
      case SIMPLE -> {
        if (isEndOfDetails(last)) {
          endSimple(last);
        } else {
          content(last);
        }
      }
      case PART_TYPE -> {
        if (isEndOfDetails(last)) {
          endDetails(last);
        } else {
          unaccounted += last.length();
        }
      }
      case PART_NAME, CHUNK_LENGTH, CHUNK_DATA -> unaccounted += last.length();
      case BROKEN -> brokenLine(last);
    }
    if (!file.content.isEmpty()) {
      happened(file.deliver(test.event(), false));
    }
    test.tagsOfLost().ifPresent(this::happened);
    directiveDone();
  }

  // Outside details.

  private int lines(Bytes input, int from) {
    int at = from;
    while (at < input.length()) {
      int lf = input.indexOf(LF, at);
      int end = lf < 0 ? input.length() : lf + 1;
      if (!midLine) {
        Bytes piece = input.slice(at, end);
        if (lf < 0 ? mayBecomeDirective(piece) : Directive.wordOf(piece) != null) {
          text(input.slice(from, at));
          if (lf < 0) {
            line.add(piece);
          } else {
            directiveOrText(piece);
          }
          return end;
        }
      }
      midLine = lf < 0;
      at = end;
    }
    text(input.slice(from, at));
    return at;
  }

  private int restOfLine(Bytes input, int from) {
    int lf = input.indexOf(LF, from);
    int end = lf < 0 ? input.length() : lf + 1;
    boolean wordWasKnown = line.length() > Directive.MAX_WORD;
    line.add(input.slice(from, end));
    if (lf >= 0) {
      directiveOrText(line.take());
    } else if (line.length() > MAX_LINE || (!wordWasKnown && !mayBecomeDirective(line.copy()))) {
      text(line.take());
      midLine = true;
    }
    return end;
  }

  private boolean mayBecomeDirective(Bytes beginning) {
    boolean anyHonoured = startsHonoured || test.isRunning();
    if (!anyHonoured || beginning.length() > MAX_LINE) {
      return false;
    }
    Directive word = Directive.wordOf(beginning);
    return word == null ? Directive.mayBecomeWord(beginning) : isHonoured(word);
  }

  private boolean isHonoured(Directive directive) {
    return switch (directive) {
      case TEST -> startsHonoured && !test.isRunning();
      case SUCCESS, FAILURE, ERROR, SKIP, XFAIL, UXSUCCESS -> test.isRunning() || candidate != null;
      case TAGS, TIME, PROGRESS -> startsHonoured || test.isRunning();
    };
  }

  private void directiveOrText(Bytes whole) {
    if (!directive(whole)) {
      text(whole);
    }
  }

  /** Does what a line says; false if it is no directive. */
  private boolean directive(Bytes whole) {
    Directive directive = whole.length() > MAX_LINE ? null : Directive.of(whole);
    if (directive == null || !isHonoured(directive)) {
      return false;
    }
    Bytes rest = withoutLineEnd(whole).slice(Directive.restAt(whole));
    return switch (directive) {
      case TEST -> begin(rest.compact(), whole);
      case SUCCESS, FAILURE, ERROR, SKIP, XFAIL, UXSUCCESS -> outcome(directive, rest, whole);
      case TAGS -> {
        test.changeTags(rest);
        yield understood(whole);
      }
      case TIME -> {
        Optional<Instant> time = Times.parse(rest.utf8());
        time.ifPresent(test::time);
        yield time.isPresent() && understood(whole);
      }
      case PROGRESS -> {
        Optional<Progress> progress = Progress.parse(rest.utf8());
        progress.ifPresent(known -> items.add(new V1Item.Progressed(known, whole.length())));
        yield progress.isPresent();
      }
    };
  }

  private boolean begin(Bytes label, Bytes whole) {
    if (!bareWordsTrusted && !Directive.hasColon(whole)) {
      candidate = label;
      return false;
    }
    unaccounted += whole.length();
    beginTrusted(label);
    return true;
  }

  private void beginTrusted(Bytes label) {
    bareWordsTrusted = true;
    candidate = null;
    happened(test.begin(label));
  }

  private boolean outcome(Directive directive, Bytes rest, Bytes whole) {
    Bytes borneOut = candidate;
    if (borneOut != null && isOutcomeOf(borneOut, rest)) {
      beginTrusted(borneOut);
    }
    test.outcome(directive);
    if (isLabel(rest, Bytes.EMPTY)) {
      unaccounted += whole.length();
      happened(test.end());
      return true;
    }
    if (isLabel(rest, SIMPLE_DETAILS)) {
      file = FilePiece.of(directive);
      state = State.SIMPLE;
    } else if (isLabel(rest, MULTIPART_DETAILS)) {
      state = State.PART_TYPE;
    } else {
      return false;
    }
    midLine = false;
    crlf = endsWithCrLf(whole);
    return understood(whole);
  }

  private boolean isLabel(Bytes rest, Bytes suffix) {
    Bytes label = test.label();
    return label != null && isLabel(label, rest, suffix);
  }

  private static boolean isOutcomeOf(Bytes label, Bytes rest) {
    return isLabel(label, rest, Bytes.EMPTY)
        || isLabel(label, rest, SIMPLE_DETAILS)
        || isLabel(label, rest, MULTIPART_DETAILS);
  }

  private static boolean isLabel(Bytes label, Bytes rest, Bytes suffix) {
    return rest.length() == label.length() + suffix.length()
        && rest.slice(0, label.length()).equals(label)
        && rest.slice(label.length()).equals(suffix);
  }

  // Details without parts.

  private int simple(Bytes input, int from) {
    if (midLine || !line.isEmpty()) {
      return midLine ? content(input, from) : afterMark(input, from);
    }
    byte first = input.at(from);
    if (first == ']' || first == ' ') {
      line.add(first);
      return from + 1;
    }
    return content(input, from);
  }

  /** Goes on behind a bracket or a blank at the beginning of a line. */
  private int afterMark(Bytes input, int from) {
    byte next = input.at(from);
    boolean bracket = line.at(0) == ']';
    if (bracket && next == CR && crlf && line.length() == 1) {
      line.add(next);
      return from + 1;
    }
    Bytes mark = line.take();
    if (bracket && next == LF) {
      unaccounted++;
      endSimple(mark);
      return from + 1;
    }
    if (!bracket && next == ']') {
      // The blank is the writer's, so that the line does not look like the end.
      unaccounted++;
    } else {
      content(mark);
    }
    midLine = true;
    return from;
  }

  private void endSimple(Bytes mark) {
    unaccounted += mark.length();
    state = State.LINES;
    midLine = false;
    happened(file.deliver(test.event(), true));
    happened(test.end());
  }

  /** Takes content to the end of the line, at most one piece. */
  private int content(Bytes input, int from) {
    int lf = input.indexOf(LF, from);
    int end = lf < 0 ? input.length() : lf + 1;
    int most = from + MAX_PIECE - file.content.length();
    midLine = lf < 0 || end > most;
    end = Math.min(end, most);
    content(input.slice(from, end));
    return end;
  }

  private void content(Bytes bytes) {
    file.content.add(bytes);
    unaccounted += bytes.length();
    if (file.content.length() >= MAX_PIECE) {
      happened(file.deliver(test.event(), false));
    }
  }

  // Details with parts.

  private int chunk(Bytes input, int from) {
    long most = Math.min(chunkLeft, MAX_PIECE - file.content.length());
    int end = (int) Math.min(input.length(), from + most);
    content(input.slice(from, end));
    chunkLeft -= end - from;
    if (chunkLeft == 0) {
      state = State.CHUNK_LENGTH;
    }
    return end;
  }

  /** Collects a line of the frame around parts. */
  private int frame(Bytes input, int from) {
    int lf = input.indexOf(LF, from);
    int end = lf < 0 ? input.length() : lf + 1;
    line.add(input.slice(from, end));
    if (lf < 0 && line.length() <= MAX_LINE) {
      return end;
    }
    Bytes whole = line.take();
    if (whole.length() > MAX_LINE && state != State.BROKEN) {
      breakAt(whole);
      return end;
    }
    switch (state) {
      case PART_TYPE -> partType(whole);
      case PART_NAME -> {
        understood(whole);
        file = new FilePiece(V1Test.text(withoutLineEnd(whole)), partType);
        state = State.CHUNK_LENGTH;
      }
      case CHUNK_LENGTH -> chunkLength(whole);
      case BROKEN -> brokenLine(whole);
      case LINES, SIMPLE, CHUNK_DATA -> throw new IllegalStateException("no frame in " + state);
    }
    return end;
  }

  private void partType(Bytes whole) {
    if (isEndOfDetails(whole)) {
      endDetails(whole);
      return;
    }
    String text = V1Test.text(withoutLineEnd(whole));
    int blank = text.indexOf(' ');
    if (blank < 0 || text.indexOf('/', blank) < 0) {
      breakAt(whole);
      return;
    }
    understood(whole);
    partType = text.substring(blank + 1);
    state = State.PART_NAME;
  }

  private void chunkLength(Bytes whole) {
    String digits = withoutLineEnd(whole).utf8();
    if (!isHexadecimal(digits)) {
      breakAt(whole);
      return;
    }
    unaccounted += whole.length();
    chunkLeft = Long.parseLong(digits, 16);
    if (chunkLeft > 0) {
      state = State.CHUNK_DATA;
    } else {
      happened(file.deliver(test.event(), true));
      state = State.PART_TYPE;
    }
  }

  private static boolean isHexadecimal(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      if (!HexFormat.isHexDigit(digits.charAt(i))) {
        return false;
      }
    }
    return !digits.isEmpty() && digits.length() <= MAX_LENGTH_DIGITS;
  }

  private void endDetails(Bytes whole) {
    unaccounted += whole.length();
    state = State.LINES;
    midLine = false;
    happened(test.end());
  }

  // Details that are broken.

  private void breakAt(Bytes whole) {
    state = State.BROKEN;
    if (!file.content.isEmpty()) {
      happened(file.deliver(test.event(), false));
    }
    midLine = whole.at(whole.length() - 1) != LF;
    damage(whole);
  }

  private void brokenLine(Bytes whole) {
    boolean begins = !midLine;
    midLine = !whole.isEmpty() && whole.at(whole.length() - 1) != LF;
    if (begins && isEndOfDetails(whole)) {
      endDetails(whole);
    } else if (begins && Directive.of(whole) == Directive.TEST && Directive.hasColon(whole)) {
      // Rather a test that was content than all that follow lost.
      endDetails(Bytes.EMPTY);
      directiveOrText(whole);
    } else {
      damage(whole);
    }
  }

  // Items.

  private void happened(Event event) {
    items.add(new V1Item.Happened(event, unaccounted));
    unaccounted = 0;
  }

  private void text(Bytes bytes) {
    if (!bytes.isEmpty()) {
      directiveDone();
      items.add(new V1Item.Text(bytes));
    }
  }

  private void damage(Bytes bytes) {
    if (!bytes.isEmpty()) {
      directiveDone();
      items.add(new V1Item.Damage(bytes));
    }
  }

  private boolean understood(Bytes whole) {
    unaccounted += whole.length();
    directiveDone();
    return true;
  }

  private void directiveDone() {
    if (unaccounted > 0) {
      items.add(new V1Item.Directive(unaccounted));
      unaccounted = 0;
    }
  }

  private static boolean endsWithCrLf(Bytes whole) {
    int length = whole.length();
    return length >= 2 && whole.at(length - 1) == LF && whole.at(length - 2) == CR;
  }

  /** Without LF or CR LF, and without a CR whose LF the end of the input cut off. */
  private static Bytes withoutLineEnd(Bytes whole) {
    int end = whole.length();
    end -= end > 0 && whole.at(end - 1) == LF ? 1 : 0;
    end -= end > 0 && whole.at(end - 1) == CR ? 1 : 0;
    return whole.slice(0, end);
  }

  private static boolean isEndOfDetails(Bytes whole) {
    Bytes bare = withoutLineEnd(whole);
    return bare.length() == 1 && bare.at(0) == ']';
  }
}
