package test;

import src.Lock;
import src.Sluice;

final class LockTest {
  void testFillingRaisesTheLevel() {
    Lock lock = new Lock();
    lock.fill(new Sluice(1), 3);
    Check.equal(360, lock.level());
  }

  void testDrainingEmptiesIt() {
    Lock lock = new Lock();
    lock.fill(new Sluice(1), 3);
    lock.drain();
    Check.equal(0, lock.level());
  }
}
