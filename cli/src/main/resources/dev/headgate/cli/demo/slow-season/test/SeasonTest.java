package test;

import src.Lock;
import src.Sluice;

final class SeasonTest {
  /** Takes its time, as tests of whole systems do. */
  void testAWholeSeason() throws InterruptedException {
    Lock lock = new Lock();
    for (int day = 0; day < 30; day++) {
      lock.fill(new Sluice(1), 1);
      Thread.sleep(100);
      lock.drain();
    }
    Check.equal(0, lock.level());
  }
}
