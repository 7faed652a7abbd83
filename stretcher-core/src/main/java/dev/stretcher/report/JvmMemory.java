package dev.stretcher.report;

/** Says that the heap of this JVM was too small, and how to make it larger. */
public final class JvmMemory {
  private static final long MIB = 1 << 20;

  private JvmMemory() {}

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
