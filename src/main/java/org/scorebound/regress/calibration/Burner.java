package org.scorebound.regress.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Threads that take processor time away; the share can be changed while they run. */
final class Burner implements AutoCloseable {

  private static final long PERIOD_NANOS = 5_000_000;

  private volatile double share;
  private volatile boolean running = true;
  private final List<Thread> threads = new ArrayList<>();

  /** So that the work has a result. */
  private final LongAdder sink = new LongAdder();

  Burner(int count, double share) {
    this.share = share;
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(this::burn, "burner-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  void share(double now) {
    share = now;
  }

  private void burn() {
    long x = 1;
    while (running) {
      long start = System.nanoTime();
      long busy = (long) (share * PERIOD_NANOS);
      while (System.nanoTime() - start < busy) {
        for (int i = 0; i < 1000; i++) {
          x = x * 6364136223846793005L + 1442695040888963407L;
        }
      }
      if (busy < PERIOD_NANOS) {
        LockSupport.parkNanos(PERIOD_NANOS - busy);
      }
    }
    sink.add(x);
  }

  @Override
  public void close() {
    running = false;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
