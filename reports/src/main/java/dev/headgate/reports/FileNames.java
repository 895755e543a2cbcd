package dev.headgate.reports;

/** The names of attachments that readers give and writers know; docs/reference/reports.md. */
final class FileNames {
  static final String MESSAGE = "message";
  static final String TYPE = "type";
  static final String TRACEBACK = "traceback";
  static final String DETAILS = "details";
  static final String REASON = "reason";
  static final String STDOUT = "stdout";
  static final String STDERR = "stderr";
  static final String PROPERTIES = "properties";
  static final String LOCATION = "location";
  static final String DIAGNOSTICS = "diagnostics.yaml";
  static final String COMMENTS = "comments";
  static final String ATTACHMENT = "attachment";

  /** The tag of a failure that the tool called an error: not the test's claim, but its running. */
  static final String ERROR_TAG = "error";

  /** The content of {@link #ATTACHMENT}: where the file is. */
  static final String URI_LIST = "text/uri-list";

  static final String YAML = "application/yaml";

  private FileNames() {}
}
