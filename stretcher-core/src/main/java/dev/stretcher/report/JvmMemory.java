package dev.stretcher.report;

/**
 * Says that the heap of this JVM was too small, and how to make it larger; or that it may not start
 * a thread, which the JVM has the same error for.
 */
public final class JvmMemory {
  private static final long MIB = 1 << 20;
  private static final String THREADS =
      "raise it: ulimit -u of this user, TasksMax or LimitNPROC in a unit of systemd, or the limit"
          + " of pids of the container; or end other processes of this user";

  private JvmMemory() {}

  /** Tells whether there was memory enough, and a thread could not be started. */
  public static boolean isOfThreads(OutOfMemoryError failure) {
    String message = failure.getMessage();
    return message != null && message.contains("native thread");
  }

  /** Returns what is too small, with the size of the memory. */
  public static String text(OutOfMemoryError failure) {
    return isOfThreads(failure)
        ? "the limit of processes and threads, by which another thread cannot be started,"
        : text();
  }

  /** Returns the remedy for that. */
  public static String remedy(OutOfMemoryError failure) {
    return isOfThreads(failure) ? THREADS : remedy();
  }

  /** Returns the memory that is too small, with its size. */
  public static String text() {
    return "the memory of the JVM (%s MiB)".formatted(mebibytes());
  }

  /** Returns the remedy. */
  public static String remedy() {
    return "if that is right, raise it, for example by JAVA_OPTS=-Xmx%sm"
        .formatted(4 * mebibytes());
  }

  private static long mebibytes() {
    // What a collector keeps free for itself, some MiB, is not counted there.
    return (Runtime.getRuntime().maxMemory() + 4 * MIB - 1) / (4 * MIB) * 4;
  }
}
