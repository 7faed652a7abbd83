package dev.stretcher.internal.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A file that can be read while it is still being written: readers wait for bytes that have not
 * arrived.
 *
 * <p>The file itself is the buffer between writer and reader: a slow reader does not slow down the
 * transfer, and the distance between the two needs no memory. Thread-safe: its monitor guards its
 * state.
 */
final class ArrivingFile {
  private final Path path;
  private final Path opened;
  private final OptionalLong expected;
  private long arrived;
  private boolean complete;
  private boolean startedOver;

  /**
   * Creates a file of which no byte has arrived yet.
   *
   * @param path its name
   * @param opened the path by which it can be opened
   * @param length its final length, if it is known
   */
  ArrivingFile(Path path, Path opened, OptionalLong length) {
    this.path = path;
    this.opened = opened;
    this.expected = length;
  }

  /** Returns a file that has arrived completely. */
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

  /** The file is going to be written anew: the bytes that were read of it are void. */
  synchronized void startOver() {
    startedOver = true;
    notifyAll();
  }

  synchronized boolean hasStartedOver() {
    return startedOver;
  }

  /**
   * Waits until it is certain whether the file will have at least {@code size} bytes, and returns
   * that.
   */
  synchronized boolean awaitSize(long size) throws StartedOverException, InterruptedException {
    while (expected.isEmpty() && arrived < size && !complete && !startedOver) {
      wait();
    }
    requireSame();
    return expected.orElse(arrived) >= size;
  }

  /**
   * Waits for the end. Only then is it certain that the bytes that were read belong to the verified
   * archive, and not to a beginning that the fetch gives up.
   */
  synchronized void awaitComplete() throws StartedOverException, InterruptedException {
    while (!complete && !startedOver) {
      wait();
    }
    requireSame();
  }

  /** Tells whether the whole file has arrived. */
  synchronized boolean isComplete() {
    return complete;
  }

  /** Returns the final length, if it is known. */
  synchronized OptionalLong length() {
    return complete ? OptionalLong.of(arrived) : expected;
  }

  Path path() {
    return path;
  }

  /**
   * Returns the file from its first byte. Reads wait for bytes. If their thread is interrupted,
   * they fail with an exception that {@link dev.stretcher.process.Interrupts#rethrow} knows; if the
   * file is written anew, with {@link StartedOverException}.
   */
  InputStream open() throws IOException {
    return new ArrivingInput(this, channel());
  }

  /** Opens the file as far as it has arrived. */
  FileChannel channel() throws IOException {
    return FileChannel.open(opened);
  }

  /** Waits until there are bytes behind {@code position}; returns how many, 0 at the end. */
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
