package dev.headgate.runner;

import java.io.IOException;

/** The supervisor of an attempt ended though nobody told it to. */
final class SupervisorLostException extends IOException {
  private static final long serialVersionUID = 1;

  SupervisorLostException(String complaint) {
    super("the supervisor of the job ended" + (complaint.isEmpty() ? "" : ": " + complaint));
  }
}
