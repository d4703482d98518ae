package org.scorebound.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BacklogTest {

  private static void on(int threads, Runnable task) {
    try (ForkJoinPool pool = new ForkJoinPool(threads)) {
      pool.submit(task).join();
    }
  }

  /** A job that another thread is at does not count as ended, those after it may be. */
  @Test
  void endsInOrder() {
    on(
        2,
        () -> {
          Backlog backlog = new Backlog();
          CountDownLatch gate = new CountDownLatch(1);
          CountDownLatch begun = new CountDownLatch(1);
          AtomicInteger done = new AtomicInteger();
          backlog.add(
              () -> {
                begun.countDown();
                await(gate);
                done.incrementAndGet();
              });
          await(begun);
          backlog.add(done::incrementAndGet);
          backlog.add(done::incrementAndGet);
          assertThat(backlog.added()).isEqualTo(3);
          assertThat(backlog.ended(0)).isTrue();
          assertThat(backlog.ended(1)).isFalse();
          assertThat(done).hasValue(0);
          gate.countDown();
          backlog.join(1);
          assertThat(backlog.ended(1)).isTrue();
          assertThat(done.get()).isGreaterThanOrEqualTo(1);
          backlog.join();
          assertThat(done).hasValue(3);
          assertThat(backlog.ended(3)).isTrue();
        });
  }

  /** Without an idle thread jobs wait, up to some, and then are done at once. */
  @Test
  void tooManyAreDoneAtOnce() {
    on(
        1,
        () -> {
          Backlog backlog = new Backlog();
          AtomicInteger done = new AtomicInteger();
          for (int i = 0; i < 1500; i++) {
            backlog.add(done::incrementAndGet);
          }
          assertThat(done).hasValue(500);
          assertThat(backlog.added()).isEqualTo(1000);
          backlog.join(250);
          assertThat(done).hasValue(750);
          backlog.join();
          assertThat(done).hasValue(1500);
        });
  }

  @Test
  void whatAJobThrowsIsThrown() {
    on(
        1,
        () -> {
          Backlog backlog = new Backlog();
          backlog.add(
              () -> {
                throw new IllegalStateException("planted");
              });
          assertThatThrownBy(backlog::join).hasStackTraceContaining("planted");
        });
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
