package dev.headgate.runner;

/**
 * A process as the supervisor lists it.
 *
 * @param id its process id
 * @param name as the kernel shows it, cut to a few characters
 */
record LiveProcess(long id, String name) {
  /**
   * Reads {@code PID GROUP NAME}; throws {@link IllegalArgumentException} if it is nothing such.
   */
  static LiveProcess parse(String line) {
    String[] words = line.split(" ", 3);
    if (words.length != 3) {
      throw new IllegalArgumentException("no listing of a process: " + line);
    }
    return new LiveProcess(Long.parseLong(words[0]), words[2]);
  }

  @Override
  public String toString() {
    return name + " (" + id + ")";
  }
}
