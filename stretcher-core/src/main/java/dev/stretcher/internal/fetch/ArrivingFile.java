package dev.stretcher.internal.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A file that can be read while it is still being written: readers wait for what has not arrived.
 *
 * <p>The file itself is the buffer between the two, so that neither a slow reader slows down a
 * transfer nor the distance between the two needs memory. Thread-safe.
 */
public final class ArrivingFile {
  private @Nullable Path path;
  private long arrived;
  private OptionalLong expected = OptionalLong.empty();
  private boolean complete;
  private int start;

  /** Creates one of which nothing is there yet. */
  public ArrivingFile() {}

  /**
   * The file begins, or begins anew: then what was read of it so far is worth nothing.
   *
   * @param file where it is
   * @param length how long it is going to be, if that is known
   */
  public synchronized void begin(Path file, OptionalLong length) {
    path = file;
    expected = length;
    arrived = 0;
    complete = false;
    start++;
    notifyAll();
  }

  /** More bytes can be read. */
  public synchronized void arrived(long count) {
    arrived += count;
    notifyAll();
  }

  /** The file will not grow any more. */
  public synchronized void complete() {
    complete = true;
    notifyAll();
  }

  /** Tells whether it is going to have {@code size} bytes; waits for them if that is not known. */
  public synchronized boolean awaitSize(long size) throws InterruptedException {
    while (path == null || (expected.isEmpty() && arrived < size && !complete)) {
      wait();
    }
    return expected.orElse(arrived) >= size;
  }

  /** Tells whether all is there. */
  public synchronized boolean isComplete() {
    return complete;
  }

  /** Returns how often it has begun. */
  public synchronized int beginnings() {
    return start;
  }

  /** Returns how long it is going to be, if that is known. */
  public synchronized OptionalLong length() {
    return complete ? OptionalLong.of(arrived) : expected;
  }

  /** Returns where the file is, once it has begun. */
  public synchronized Path path() {
    if (path == null) {
      throw new IllegalStateException("nothing was fetched");
    }
    return path;
  }

  /**
   * Returns the file from its first byte. Reads wait, and end with an exception that {@link
   * dev.stretcher.process.Interrupts#rethrow} knows if their thread is interrupted, with {@link
   * StartedOverException} if the file begins anew.
   */
  public InputStream open() throws IOException, InterruptedException {
    return ArrivingInput.open(this, awaitBegin());
  }

  private synchronized int awaitBegin() throws InterruptedException {
    while (path == null) {
      wait();
    }
    return start;
  }

  /**
   * Waits until there is something behind {@code position}; returns how much, 0 at the end.
   *
   * @param begun which beginning the reader knows
   */
  synchronized long await(long position, int begun)
      throws StartedOverException, InterruptedException {
    while (start == begun && arrived <= position && !complete) {
      wait();
    }
    requireBegun(begun);
    return Math.max(0, arrived - position);
  }

  synchronized void requireBegun(int begun) throws StartedOverException {
    if (start != begun) {
      throw new StartedOverException();
    }
  }
}
