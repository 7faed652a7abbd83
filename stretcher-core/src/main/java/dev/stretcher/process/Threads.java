package dev.stretcher.process;

/** What is done to threads. */
public final class Threads {
  private Threads() {}

  /**
   * Interrupts a thread until it has ended. The calling thread waits for that even if it is
   * interrupted itself, and then still is.
   */
  public static void end(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
