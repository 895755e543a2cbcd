package dev.headgate.reports;

/** What an {@link XmlScanner} found; names are local and in lower case. */
interface XmlHandler {
  /** An element begins; its end will come, unless the document ends first. */
  void start(String name, XmlAttributes attributes);

  /** The next characters of the innermost element. */
  void text(CharSequence text);

  /** The innermost element ends. */
  void end(String name);
}
