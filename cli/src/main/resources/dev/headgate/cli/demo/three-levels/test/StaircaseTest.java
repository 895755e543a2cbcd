package test;

import src.Staircase;

final class StaircaseTest {
  void testTwoLocksJoinThreeLevels() {
    Check.equal(3, new Staircase(2).levels());
  }
}
