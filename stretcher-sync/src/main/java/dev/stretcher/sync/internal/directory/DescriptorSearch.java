package dev.stretcher.sync.internal.directory;

import dev.stretcher.process.Interrupts;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps two threads apart that open the same directories without knowing of each other: one finds
 * its descriptor in {@code /proc} by the inode, and that may be the other's, which closes it.
 */
public final class DescriptorSearch {
  /** All threads of a process share its descriptors. */
  private static final ReentrantLock IN_THIS_JVM = new ReentrantLock();

  private DescriptorSearch() {}

  /** Opens directories and closes them again, or opens one and searches for its descriptor. */
  public static <T> T alone(Interrupts.Work<T> work) throws IOException {
    IN_THIS_JVM.lock();
    try {
      return work.call();
    } finally {
      IN_THIS_JVM.unlock();
    }
  }
}
