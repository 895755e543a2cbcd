package dev.headgate.reports;

import dev.headgate.reports.Problem.Kind;
import dev.headgate.subunit.Bytes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads XML as tools write it, from bytes in pieces of any size.
 *
 * <p>It is no validating parser: where a document breaks the rules of XML 1.0, it is read as what
 * it most likely means, and the first break of each sort is a problem. It is safe by leaving out: a
 * document type is skipped, no entity is expanded but the five of XML and character references,
 * nothing outside the bytes is ever looked at. Elements below a depth of 128 are skipped; names,
 * attribute values and their number are bounded.
 *
 * <p>The JDK's own pull parser is not used because it pulls from a stream, so that it can neither
 * be given pieces nor be a core, and because it stops for good at the first control character,
 * which real reports contain.
 */
final class XmlScanner implements TextDecoder.Sink {
  private static final int MAX_DEPTH = 128;
  private static final int MAX_NAME = 1 << 10;
  private static final int MAX_VALUE = 1 << 20;
  private static final int MAX_ATTRIBUTES = 128;
  private static final int MAX_REFERENCE = 32;

  /** Text is given on in pieces of at most this many characters. */
  private static final int PIECE = 1 << 12;

  private enum State {
    TEXT,
    OPEN,
    START_NAME,
    IN_TAG,
    EMPTY_TAG,
    ATTRIBUTE_NAME,
    AFTER_NAME,
    BEFORE_VALUE,
    VALUE,
    UNQUOTED,
    REFERENCE,
    END_NAME,
    BANG,
    COMMENT,
    CDATA,
    INSTRUCTION,
    DOCTYPE
  }

  /** Breaks of the rules that are told once each. */
  private enum Break {
    CONTROL,
    REFERENCE,
    ENTITY,
    LESS_THAN,
    ATTRIBUTE,
    DUPLICATE,
    UNOPENED,
    UNCLOSED,
    AFTER_ROOT,
    BEFORE_ROOT,
    DEPTH,
    LENGTH,
    UNDECODABLE,
    MARKUP
  }

  private final XmlHandler handler;
  private final Findings findings;
  private final TextDecoder decoder = new TextDecoder(this, true);
  private final Set<Break> told = EnumSet.noneOf(Break.class);
  private final List<String> open = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder token = new StringBuilder();
  private final StringBuilder value = new StringBuilder();
  private final StringBuilder reference = new StringBuilder();

  private State state = State.TEXT;
  private State afterReference = State.TEXT;
  private XmlAttributes attributes = new XmlAttributes();
  private String element = "";
  private char quote;

  /** The last two characters of a comment, section or instruction; the brackets of a doctype. */
  private char last;

  private char beforeLast;
  private int brackets;

  private boolean afterReturn;
  private boolean anything;
  private boolean truncated;
  private int elements;
  private int skipped;
  private long line = 1;
  private long column;

  XmlScanner(XmlHandler handler, Findings findings) {
    this.handler = handler;
    this.findings = findings;
  }

  void offer(Bytes piece) {
    decoder.offer(piece);
  }

  /** True if no element was found, and none had begun when the document ended. */
  boolean isWithoutElements() {
    return elements == 0 && !truncated;
  }

  /** True if there was nothing but white space. */
  boolean isBlank() {
    return !anything;
  }

  long line() {
    return line;
  }

  long column() {
    return column;
  }

  /** Ends the document; says if that was too early. */
  void end() {
    decoder.end();
    if (state == State.REFERENCE) {
      giveUpReference();
    }
    truncated = state != State.TEXT || !open.isEmpty();
    flush();
    if (truncated) {
      String where = open.isEmpty() ? "markup" : "<" + open.getLast() + ">";
      problem(Kind.TRUNCATED, "the report ends within " + where);
    }
  }

  @Override
  public void undecodable(String message) {
    tell(Break.UNDECODABLE, Kind.ENCODING, message);
  }

  @Override
  public void chars(char[] chars, int length) {
    for (int i = 0; i < length; i++) {
      char c = chars[i];
      if (c == '\n' && afterReturn) {
        afterReturn = false;
        continue;
      }
      afterReturn = c == '\r';
      place(c);
      take(c == '\r' ? '\n' : c);
      if (c == '\n' || c == '\r') {
        line++;
        column = 0;
      }
    }
  }

  private void place(char c) {
    if (!Character.isLowSurrogate(c)) {
      column++;
    }
    anything |= !Character.isWhitespace(c) && c != '\uFEFF';
    if (c < ' ' && c != '\n' && c != '\r' && c != '\t') {
      tell(
          Break.CONTROL,
          Kind.MALFORMED,
          "a control character (U+" + HexFormat.of().withUpperCase().toHexDigits(c) + ")");
    }
  }

  private void take(char c) {
    switch (state) {
      case TEXT -> inText(c);
      case OPEN -> afterLessThan(c);
      case START_NAME -> inStartName(c);
      case IN_TAG -> inTag(c);
      case EMPTY_TAG -> inEmptyTag(c);
      case ATTRIBUTE_NAME, AFTER_NAME -> inAttributeName(c);
      case BEFORE_VALUE -> beforeValue(c);
      case VALUE, UNQUOTED -> inValue(c);
      case REFERENCE -> inReference(c);
      case END_NAME -> inEndName(c);
      case BANG -> inBang(c);
      case COMMENT -> inComment(c);
      case CDATA -> inSection(c);
      case INSTRUCTION -> inInstruction(c);
      case DOCTYPE -> inDoctype(c);
    }
  }

  private void inText(char c) {
    if (c == '<') {
      state = State.OPEN;
    } else if (c == '&') {
      beginReference();
    } else {
      append(c);
    }
  }

  private void append(char c) {
    text.append(c);
    if (text.length() >= PIECE && !Character.isHighSurrogate(c)) {
      flush();
    }
  }

  private void flush() {
    if (!text.isEmpty()) {
      if (open.isEmpty()) {
        textOutside();
      } else if (skipped == 0) {
        handler.text(text);
      }
      text.setLength(0);
    }
  }

  private void textOutside() {
    if (!text.chars().allMatch(c -> Character.isWhitespace(c) || c == 0xFEFF || c == 0)) {
      Break where = elements == 0 ? Break.BEFORE_ROOT : Break.AFTER_ROOT;
      tell(where, Kind.MALFORMED, "text outside of the document's element");
    }
  }

  private void afterLessThan(char c) {
    if (c == '/') {
      begin(State.END_NAME);
    } else if (c == '!') {
      begin(State.BANG);
    } else if (c == '?') {
      begin(State.INSTRUCTION);
    } else if (Character.isLetter(c) || c == '_' || c == ':') {
      begin(State.START_NAME);
      attributes = new XmlAttributes();
      token.append(c);
    } else {
      tell(Break.LESS_THAN, Kind.MALFORMED, "a '<' that begins no markup");
      append('<');
      state = State.TEXT;
      take(c);
    }
  }

  private void begin(State next) {
    state = next;
    token.setLength(0);
    last = 0;
    beforeLast = 0;
    brackets = 0;
  }

  private void inStartName(char c) {
    if (isBlank(c) || c == '>' || c == '/') {
      element = local(token);
      state = State.IN_TAG;
      take(c);
    } else {
      bounded(token, c, MAX_NAME);
    }
  }

  private void inTag(char c) {
    if (c == '>') {
      open();
      state = State.TEXT;
    } else if (c == '/') {
      state = State.EMPTY_TAG;
    } else if (c == '<') {
      tell(Break.ATTRIBUTE, Kind.MALFORMED, "a tag that is not closed");
      open();
      state = State.OPEN;
    } else if (!isBlank(c)) {
      token.setLength(0);
      token.append(c);
      state = State.ATTRIBUTE_NAME;
    }
  }

  private void inEmptyTag(char c) {
    state = State.IN_TAG;
    if (c == '>') {
      open();
      close();
      state = State.TEXT;
    } else {
      tell(Break.ATTRIBUTE, Kind.MALFORMED, "a '/' within a tag");
      take(c);
    }
  }

  private void inAttributeName(char c) {
    if (c == '=') {
      state = State.BEFORE_VALUE;
    } else if (isBlank(c)) {
      state = State.AFTER_NAME;
    } else if (c == '>' || c == '/' || c == '<' || state == State.AFTER_NAME) {
      tell(Break.ATTRIBUTE, Kind.MALFORMED, "an attribute without a value");
      state = State.IN_TAG;
      take(c);
    } else {
      bounded(token, c, MAX_NAME);
    }
  }

  private void beforeValue(char c) {
    value.setLength(0);
    if (c == '"' || c == '\'') {
      quote = c;
      state = State.VALUE;
    } else if (!isBlank(c)) {
      tell(Break.ATTRIBUTE, Kind.MALFORMED, "an attribute's value without quotes");
      state = State.UNQUOTED;
      take(c);
    }
  }

  private void inValue(char c) {
    if (state == State.VALUE ? c == quote : isBlank(c) || c == '>' || c == '<') {
      boolean quoted = state == State.VALUE;
      addAttribute();
      state = State.IN_TAG;
      if (!quoted) {
        take(c);
      }
    } else if (c == '&') {
      beginReference();
    } else {
      if (c == '<') {
        tell(Break.LESS_THAN, Kind.MALFORMED, "a '<' within an attribute's value");
      }
      bounded(value, isBlank(c) ? ' ' : c, MAX_VALUE);
    }
  }

  private void addAttribute() {
    if (attributes.size() == MAX_ATTRIBUTES || attributes.length() > MAX_VALUE) {
      tell(Break.LENGTH, Kind.LIMIT, "more attributes than are kept");
    } else if (!attributes.add(local(token), value.toString())) {
      tell(Break.DUPLICATE, Kind.MALFORMED, "the attribute '" + local(token) + "' twice");
    }
    value.setLength(0);
  }

  private void bounded(StringBuilder target, char c, int max) {
    if (target.length() < max) {
      target.append(c);
    } else {
      tell(Break.LENGTH, Kind.LIMIT, "a name or value of more than " + max + " characters");
    }
  }

  private void beginReference() {
    afterReference = state;
    state = State.REFERENCE;
    reference.setLength(0);
  }

  private void inReference(char c) {
    if (c == ';') {
      state = afterReference;
      resolve(reference.toString());
    } else if (Character.isLetterOrDigit(c) || (c == '#' && reference.isEmpty()) || isNamePart(c)) {
      reference.append(c);
      if (reference.length() > MAX_REFERENCE) {
        giveUpReference();
      }
    } else {
      giveUpReference();
      take(c);
    }
  }

  private static boolean isNamePart(char c) {
    return c == '_' || c == '.' || c == '-' || c == ':';
  }

  private void giveUpReference() {
    tell(Break.REFERENCE, Kind.MALFORMED, "an '&' that begins no reference");
    state = afterReference;
    insert("&" + reference);
  }

  private void resolve(String name) {
    String character = XmlText.referred(name);
    if (character == null) {
      tell(Break.ENTITY, Kind.MALFORMED, "the entity '" + name + "', which is not expanded");
      insert("&" + name + ";");
    } else {
      insert(character);
    }
  }

  private void insert(String characters) {
    for (int i = 0; i < characters.length(); i++) {
      if (state == State.TEXT) {
        append(characters.charAt(i));
      } else {
        bounded(value, characters.charAt(i), MAX_VALUE);
      }
    }
  }

  private void inEndName(char c) {
    if (c == '>') {
      state = State.TEXT;
      closeNamed(local(token));
    } else if (!isBlank(c)) {
      bounded(token, c, MAX_NAME);
    }
  }

  private void inBang(char c) {
    token.append(c);
    String markup = token.toString();
    if (markup.equals("--")) {
      begin(State.COMMENT);
    } else if (markup.equals("[CDATA[")) {
      begin(State.CDATA);
    } else if (markup.equalsIgnoreCase("DOCTYPE")) {
      begin(State.DOCTYPE);
    } else if (!"--".startsWith(markup)
        && !"[CDATA[".startsWith(markup)
        && !"DOCTYPE".startsWith(markup.toUpperCase(Locale.ROOT))) {
      tell(Break.MARKUP, Kind.MALFORMED, "a '<!' that begins no markup");
      state = State.TEXT;
      append('<');
      append('!');
      for (int i = 0; i < markup.length(); i++) {
        take(markup.charAt(i));
      }
    }
  }

  private void inComment(char c) {
    if (c == '>' && last == '-' && beforeLast == '-') {
      state = State.TEXT;
    }
    remember(c);
  }

  private void inInstruction(char c) {
    if (c == '>' && last == '?') {
      state = State.TEXT;
    }
    remember(c);
  }

  private void inDoctype(char c) {
    if (c == '[') {
      brackets++;
    } else if (c == ']') {
      brackets = Math.max(0, brackets - 1);
    } else if (c == '>' && brackets == 0) {
      state = State.TEXT;
    }
  }

  private void remember(char c) {
    beforeLast = last;
    last = c;
  }

  /** Brackets that may begin the section's end are held back until what follows is known. */
  private void inSection(char c) {
    if (c == ']') {
      brackets++;
      return;
    }
    boolean ends = c == '>' && brackets >= 2;
    int content = ends ? brackets - 2 : brackets;
    brackets = 0;
    for (int i = 0; i < content; i++) {
      append(']');
    }
    if (ends) {
      state = State.TEXT;
    } else {
      append(c);
    }
  }

  private void open() {
    flush();
    if (open.isEmpty() && elements > 0) {
      tell(Break.AFTER_ROOT, Kind.MALFORMED, "a second document in the same report");
    }
    elements++;
    if (skipped > 0 || open.size() == MAX_DEPTH) {
      tell(Break.DEPTH, Kind.LIMIT, "elements more than " + MAX_DEPTH + " deep");
      skipped++;
      return;
    }
    open.add(element);
    handler.start(element, attributes);
  }

  private void closeNamed(String name) {
    flush();
    int at = skipped > 0 ? open.size() : open.lastIndexOf(name);
    if (at < 0) {
      tell(Break.UNOPENED, Kind.MALFORMED, "</" + name + "> without a beginning");
      return;
    }
    if (skipped == 0 && at < open.size() - 1) {
      String inner = open.getLast();
      tell(Break.UNCLOSED, Kind.MALFORMED, "</" + name + "> where <" + inner + "> is open");
    }
    while (skipped == 0 && open.size() > at + 1) {
      close();
    }
    close();
  }

  private void close() {
    flush();
    if (skipped > 0) {
      skipped--;
      return;
    }
    handler.end(open.removeLast());
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
  }

  private static String local(CharSequence name) {
    String whole = name.toString();
    return whole.substring(whole.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
  }

  private void tell(Break what, Kind kind, String message) {
    if (told.add(what)) {
      problem(kind, message);
    }
  }

  private void problem(Kind kind, @Nullable String message) {
    findings.problem(kind, line, column, message == null ? "" : message);
  }
}
