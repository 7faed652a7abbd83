package dev.stretcher.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The thread that reads a pipe and delivers its lines. */
final class OutputPump implements AutoCloseable {
  // No pipe holds more (Linux lets root have larger ones).
  private static final long PIPE_CAPACITY = 1 << 20;
  private static final Duration LAST_LINES = Duration.ofSeconds(1);

  private final OutputPipe pipe;
  private final Consumer<String> lines;
  private final Thread thread;
  private final AtomicLong bytesRead = new AtomicLong();
  private volatile boolean silenced;
  private volatile @Nullable Throwable failure;

  OutputPump(OutputPipe pipe, Consumer<String> lines, String name) {
    this.pipe = pipe;
    this.lines = lines;
    this.thread = new Thread(this::pump, name);
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /**
   * Delivers the lines that are written until {@code deadline}, a {@link System#nanoTime}; then
   * stops.
   */
  void finish(long deadline, SearchPath programs) throws InterruptedException {
    while (thread.isAlive() && System.nanoTime() < deadline) {
      thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
    }
    // A slow consumer of lines still gets all that is in the pipe now; an endless writer is cut
    // off.
    long enough = bytesRead.get() + PIPE_CAPACITY;
    while (thread.isAlive() && pipe.isReadable() && bytesRead.get() < enough) {
      thread.join(10);
    }
    if (thread.isAlive()) {
      pipe.leaveToDrain(programs);
      closePipe();
    }
    if (pipe.isInterruptible()) {
      thread.join();
    }
  }

  void rethrowFailure() {
    Throwable e = failure;
    if (e instanceof Error error) {
      throw error;
    }
    if (e instanceof RuntimeException exception) {
      throw exception;
    }
  }

  /** Delivers all lines until the last writer has ended, then stops; no line comes after that. */
  @Override
  public void close() {
    awaitEnd();
    closePipe();
    awaitEnd();
    silenced = true;
  }

  // Whoever closes while the pump still runs has just ended the writers.
  private void awaitEnd() {
    long deadline = System.nanoTime() + LAST_LINES.toNanos();
    Interrupts.remembered(
        () -> {
          thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
          return thread;
        });
  }

  private void closePipe() {
    try {
      pipe.close();
    } catch (IOException e) {
      throw new UncheckedIOException("our end of a pipe could not be closed", e);
    }
  }

  private void pump() {
    LineSplitter splitter = new LineSplitter(this::deliver);
    ByteBuffer chunk = ByteBuffer.allocate(1 << 16);
    while (read(chunk) >= 0) {
      chunk.flip();
      splitter.take(chunk);
      chunk.compact();
    }
    chunk.flip();
    splitter.finish(chunk);
    closePipe();
  }

  private int read(ByteBuffer chunk) {
    try {
      int count = pipe.channel().read(chunk);
      bytesRead.addAndGet(Math.max(count, 0));
      return count;
    } catch (IOException e) {
      // The only way for a pipe to fail: it was closed while, or before, it was read.
      return -1;
    }
  }

  private void deliver(String line) {
    if (silenced || failure != null) {
      return;
    }
    try {
      lines.accept(line);
    } catch (OutOfMemoryError e) {
      failure = new IllegalStateException("no memory for what a program printed", e);
    } catch (RuntimeException | Error e) {
      // The pump goes on, or the program would wait for ever for someone to read.
      failure = e;
    }
  }
}
