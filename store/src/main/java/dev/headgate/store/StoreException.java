package dev.headgate.store;

/**
 * The environment is at fault: a disk is full, a folder cannot be written, a file is damaged. Its
 * message says what could not be done, where, and what to do about it.
 */
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A fault without a cause below it. */
  public StoreException(String message) {
    super(message);
  }

  /** A fault that another exception reported. */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
