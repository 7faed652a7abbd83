package dev.stretcher.internal.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A file that can be read while it is still being written: readers wait for what has not arrived.
 *
 * <p>The file itself is the buffer between the two, so that neither a slow reader slows down a
 * transfer nor the distance between the two needs memory. Thread-safe: what changes is guarded by
 * its monitor.
 */
final class ArrivingFile {
  private final Path path;
  private final Path opened;
  private final OptionalLong expected;
  private long arrived;
  private boolean complete;
  private boolean startedOver;

  /**
   * Creates one of which nothing is there yet.
   *
   * @param path its name
   * @param opened where it can be opened
   * @param length how long it is going to be, if that is known
   */
  ArrivingFile(Path path, Path opened, OptionalLong length) {
    this.path = path;
    this.opened = opened;
    this.expected = length;
  }

  /** Returns one that is all there. */
  static ArrivingFile complete(Path path, long length) {
    ArrivingFile file = new ArrivingFile(path, path, OptionalLong.of(length));
    file.arrived(length);
    file.complete();
    return file;
  }

  /** More bytes can be read. */
  synchronized void arrived(long count) {
    arrived += count;
    notifyAll();
  }

  /** The file will not grow any more. */
  synchronized void complete() {
    complete = true;
    notifyAll();
  }

  /** The file is going to be written anew: what was read of it is worth nothing. */
  synchronized void startOver() {
    startedOver = true;
    notifyAll();
  }

  synchronized boolean hasStartedOver() {
    return startedOver;
  }

  /** Tells whether it is going to have {@code size} bytes; waits for them if that is not known. */
  synchronized boolean awaitSize(long size) throws StartedOverException, InterruptedException {
    while (expected.isEmpty() && arrived < size && !complete && !startedOver) {
      wait();
    }
    requireSame();
    return expected.orElse(arrived) >= size;
  }

  /**
   * Waits for the end. Only then is it certain that what was read is of what is verified, and not
   * of a beginning that the fetch gives up.
   */
  synchronized void awaitComplete() throws StartedOverException, InterruptedException {
    while (!complete && !startedOver) {
      wait();
    }
    requireSame();
  }

  /** Tells whether all is there. */
  synchronized boolean isComplete() {
    return complete;
  }

  /** Returns how long it is going to be, if that is known. */
  synchronized OptionalLong length() {
    return complete ? OptionalLong.of(arrived) : expected;
  }

  Path path() {
    return path;
  }

  /**
   * Returns the file from its first byte. Reads wait, and end with an exception that {@link
   * dev.stretcher.process.Interrupts#rethrow} knows if their thread is interrupted, with {@link
   * StartedOverException} if the file is written anew.
   */
  InputStream open() throws IOException {
    return new ArrivingInput(this, FileChannel.open(opened));
  }

  /** Waits until there is something behind {@code position}; returns how much, 0 at the end. */
  synchronized long await(long position) throws StartedOverException, InterruptedException {
    while (!startedOver && arrived <= position && !complete) {
      wait();
    }
    requireSame();
    return Math.max(0, arrived - position);
  }

  synchronized void requireSame() throws StartedOverException {
    if (startedOver) {
      throw new StartedOverException();
    }
  }
}
