package test;

import src.Sluice;

final class SluiceTest {
  void testClosedSluiceLetsNothingThrough() {
    Check.equal(0, new Sluice(0).discharge());
  }

  void testFlowGrowsWithTheOpening() {
    Check.equal(240, new Sluice(2).discharge());
  }
}
