package dev.stretcher.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
  private final Thread caller = Thread.currentThread();

  @Test
  void anInterruptIsNotLostToAFailureThatCameBefore() {
    CountDownLatch other = new CountDownLatch(1);
    Workers.Task<String> task =
        element -> {
          if (Thread.currentThread() == caller) {
            while (other.getCount() > 0) {
              Thread.onSpinWait();
            }
            throw new IOException("no space");
          }
          caller.interrupt();
          other.countDown();
          new CountDownLatch(1).await();
        };

    assertThatThrownBy(() -> new Workers("test", 2).forEach(List.of("a", "b"), task))
        .isInstanceOf(InterruptedException.class);
    assertThat(caller.isInterrupted()).isFalse();
  }

  @Test
  void aChannelThatAnInterruptClosedIsACancel() {
    Workers.Task<String> task =
        element -> {
          caller.interrupt();
          throw new ClosedByInterruptException();
        };

    assertThatThrownBy(() -> new Workers("test", 1).forEach(List.of("a"), task))
        .isInstanceOf(InterruptedException.class);
    assertThat(caller.isInterrupted()).isFalse();
  }

  @Test
  void aCancelWhileOnlyOthersStillWorkEndsThemAndIsTold() {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Workers.Task<String> task =
        element -> {
          if (Thread.currentThread() == caller) {
            begun.await();
            return;
          }
          begun.countDown();
          interruptOnceItWaits(caller);
          try {
            new CountDownLatch(1).await();
          } finally {
            ended.set(true);
          }
        };

    assertThatThrownBy(() -> new Workers("test", 2).forEach(List.of("a", "b"), task))
        .isInstanceOf(InterruptedException.class);
    assertThat(ended).isTrue();
    assertThat(caller.isInterrupted()).isFalse();
  }

  private static void interruptOnceItWaits(Thread thread) {
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    thread.interrupt();
  }

  @Test
  void aFailureInTheLastTaskOfAnotherIsTold() {
    CountDownLatch begun = new CountDownLatch(1);
    Workers.Task<String> task =
        element -> {
          if (Thread.currentThread() == caller) {
            begun.await();
            return;
          }
          begun.countDown();
          throw new IOException("no space");
        };

    assertThatThrownBy(() -> new Workers("test", 2).forEach(List.of("a", "b"), task))
        .isInstanceOf(IOException.class)
        .hasMessage("no space");
  }

  @Test
  void afterAFailureNoTaskBegins() {
    AtomicInteger runs = new AtomicInteger();
    List<Integer> many = IntStream.range(0, 1000).boxed().toList();
    CompletableFuture<Thread> failing = new CompletableFuture<>();
    Workers.Task<Integer> task =
        element -> {
          runs.incrementAndGet();
          if (Thread.currentThread() == caller) {
            failing.join().join();
            return;
          }
          failing.complete(Thread.currentThread());
          throw new IllegalStateException("bug");
        };

    assertThatThrownBy(() -> new Workers("test", 2).forEach(many, task))
        .isInstanceOf(IllegalStateException.class);
    assertThat(runs.get())
        .as("the caller begins one task before the failure, or none")
        .isBetween(1, 2);
  }

  @Test
  void eachElementIsDoneOnceByAsManyThreadsAsAskedFor() throws Exception {
    CyclicBarrier all = new CyclicBarrier(3);
    Set<String> threads = ConcurrentHashMap.newKeySet();
    Queue<Integer> done = new ConcurrentLinkedQueue<>();
    Workers.Task<Integer> task =
        element -> {
          threads.add(Thread.currentThread().getName());
          done.add(element);
          meet(all);
        };

    new Workers("test", 3).forEach(List.of(1, 2, 3, 4, 5, 6), task);

    assertThat(done).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
    assertThat(threads).containsExactlyInAnyOrder(caller.getName(), "test-1", "test-2");
  }

  private static void meet(CyclicBarrier all) throws InterruptedException {
    try {
      all.await();
    } catch (BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFewTasksStartNoMoreThreads() throws Exception {
    Set<String> threads = ConcurrentHashMap.newKeySet();

    new Workers("test", 8)
        .forEach(List.of("a"), element -> threads.add(Thread.currentThread().getName()));

    assertThat(threads).containsExactly(caller.getName());
  }
}
