package dev.headgate.store;

/**
 * Which runs are wanted; an empty text takes any.
 *
 * @param job the job's name
 * @param change the change
 * @param item the queue's item
 * @param conclusion how it ended; a run without an end has none
 */
public record RunFilter(String job, String change, String item, String conclusion) {
  /** Every run. */
  public static final RunFilter ALL = new RunFilter("", "", "", "");

  /** The same, of one job only. */
  public RunFilter ofJob(String wanted) {
    return new RunFilter(wanted, change, item, conclusion);
  }

  /** The same, of one change only. */
  public RunFilter ofChange(String wanted) {
    return new RunFilter(job, wanted, item, conclusion);
  }

  /** The same, of one item only. */
  public RunFilter ofItem(String wanted) {
    return new RunFilter(job, change, wanted, conclusion);
  }

  /** The same, with one conclusion only. */
  public RunFilter endedAs(String wanted) {
    return new RunFilter(job, change, item, wanted);
  }
}
