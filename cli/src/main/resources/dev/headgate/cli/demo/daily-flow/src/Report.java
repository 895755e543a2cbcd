package src;

/** What passes a sluice. */
public final class Report {
  public static int litresADay(Sluice sluice) {
    return sluice.flow() * 60 * 24;
  }
}
