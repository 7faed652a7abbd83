package dev.stretcher.cli.log;

import dev.stretcher.pack.PackListener;
import dev.stretcher.text.ByteSize;
import java.io.Closeable;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far the packing of a large tree is: on a terminal in one line that goes when it is
 * over, elsewhere in a line now and then. How much there is to do is not known before it is done.
 */
public final class PackProgress implements PackListener, Closeable {
  private static final long LINE_NANOS = Duration.ofSeconds(10).toNanos();

  private final PrintStream err;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private long told;
  private @Nullable ProgressBar bar;

  /**
   * Creates one.
   *
   * @param terminal whether {@code err} is one
   * @param nanoTime a clock, such as {@link System#nanoTime}
   */
  public PackProgress(PrintStream err, boolean terminal, LongSupplier nanoTime) {
    this.err = err;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.told = nanoTime.getAsLong();
  }

  @Override
  public void onProgress(long entries, long bytes) {
    if (terminal) {
      bar().stepTo(bytes);
    } else if (nanoTime.getAsLong() - told >= LINE_NANOS) {
      told = nanoTime.getAsLong();
      err.println(
          String.format(
              Locale.ROOT, "Packed %s in %,d entries so far", ByteSize.format(bytes), entries));
    }
  }

  private ProgressBar bar() {
    if (bar == null) {
      bar = Bar.ofBytes(err, "Packing", -1).build();
    }
    return bar;
  }

  /** Takes the line away. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
