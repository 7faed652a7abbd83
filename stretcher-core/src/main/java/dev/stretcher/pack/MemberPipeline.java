package dev.stretcher.pack;

import dev.stretcher.process.Interrupts;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Compresses batches side by side, and hands them on in their order. Used by one thread, which
 * fills batches and writes them; a few others compress. The memory is that of the batches: so many
 * that each thread has one, and one is filled and one is written meanwhile.
 */
final class MemberPipeline implements Closeable {
  private static final int BESIDE = 2;

  /** A batch, what is compressed of it, and the state of its compressor. */
  private static final long MEMORY = 3 * Batch.SIZE;

  private final Supplier<MemberCompressor> compressors;
  private final Sink sink;
  private final int most;
  private final ExecutorService threads;
  private final List<Batch> all = new ArrayList<>();
  private final Deque<Batch> free = new ArrayDeque<>();
  private final Deque<Future<Batch>> running = new ArrayDeque<>();

  /** Takes batches that are compressed. */
  @FunctionalInterface
  interface Sink {
    void write(Batch batch) throws IOException;
  }

  MemberPipeline(Supplier<MemberCompressor> compressors, int threads, Sink sink) {
    this.compressors = compressors;
    this.sink = sink;
    int usable = (int) Math.min(threads, Math.max(1, memory() / MEMORY - BESIDE));
    this.most = usable + BESIDE;
    this.threads = Executors.newFixedThreadPool(usable, MemberPipeline::thread);
  }

  /** The buffers are outside of the heap, and the JVM allows as much there as in it. */
  private static long memory() {
    return Runtime.getRuntime().maxMemory() * 2 / 3;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "stretcher-pack");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns an empty batch, once there is one. */
  Batch next() throws IOException, InterruptedException {
    if (free.isEmpty() && all.size() < most) {
      Batch batch = new Batch(compressors.get());
      all.add(batch);
      return batch;
    }
    if (free.isEmpty()) {
      write();
    }
    return free.remove();
  }

  /** Takes a batch that is full. */
  void submit(Batch batch) {
    running.add(threads.submit(batch::compress));
  }

  /** Waits until all is written. */
  void finish() throws IOException, InterruptedException {
    while (!running.isEmpty()) {
      write();
    }
  }

  private void write() throws IOException, InterruptedException {
    Batch batch = compressed(running.remove());
    sink.write(batch);
    batch.clear();
    free.add(batch);
  }

  private static Batch compressed(Future<Batch> running) throws InterruptedException {
    try {
      return running.get();
    } catch (ExecutionException e) {
      Throwable cause = Objects.requireNonNull(e.getCause());
      if (cause instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(cause);
    }
  }

  /** Waits for the threads, since they use what is closed. */
  @Override
  public void close() {
    threads.shutdownNow();
    Interrupts.remembered(() -> threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS));
    all.forEach(Batch::close);
  }
}
