package test;

import src.Report;
import src.Sluice;

final class ReportTest {
  void testADayHas1440Minutes() {
    Check.equal(172_800, Report.litresADay(new Sluice(1)));
  }
}
