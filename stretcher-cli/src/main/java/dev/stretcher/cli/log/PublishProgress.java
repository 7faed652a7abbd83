package dev.stretcher.cli.log;

import dev.stretcher.publication.PublicationListener;
import dev.stretcher.publish.ObjectName;
import dev.stretcher.text.ByteSize;
import dev.stretcher.text.Printable;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far a publication is: on a terminal in one line that goes when it is over, elsewhere in
 * a line now and then.
 */
public final class PublishProgress implements PublicationListener, Closeable {
  /** What is smaller is there before anybody reads a line. */
  private static final long LARGE = 1_000_000;

  private static final long LINE_NANOS = Duration.ofSeconds(10).toNanos();

  private final PrintStream err;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private final UnaryOperator<String> words;
  private final PackProgress packing;
  private long told;
  private @Nullable ProgressBar bar;

  /**
   * Creates one.
   *
   * @param terminal whether {@code err} is one
   * @param nanoTime a clock, such as {@link System#nanoTime}
   * @param words puts the words of the command line into messages
   */
  public PublishProgress(
      PrintStream err, boolean terminal, LongSupplier nanoTime, UnaryOperator<String> words) {
    this.err = err;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.words = words;
    this.packing = new PackProgress(err, terminal, nanoTime);
    this.told = nanoTime.getAsLong();
  }

  @Override
  public void onProgress(long entries, long bytes) {
    packing.onProgress(entries, bytes);
  }

  @Override
  public synchronized void onProgress(ObjectName name, long read, long length) {
    if (terminal && length > LARGE) {
      bar(length).stepTo(read);
    } else if (!terminal && nanoTime.getAsLong() - told >= LINE_NANOS) {
      told = nanoTime.getAsLong();
      err.println(
          "Uploaded %s of %s of %s so far"
              .formatted(ByteSize.format(read), ByteSize.format(length), name));
    }
  }

  @Override
  public synchronized void onRetry(ObjectName name, IOException failure, Duration wait) {
    close();
    err.println(
        "Warning: %s; trying again in %s s"
            .formatted(
                Printable.line(words.apply(String.valueOf(failure.getMessage()))),
                Long.toString(wait.toSeconds())));
  }

  private ProgressBar bar(long length) {
    if (bar == null) {
      packing.close();
      bar = Bar.ofBytes(err, "Uploading", length).build();
    }
    // Another object follows the first one.
    bar.maxHint(length);
    return bar;
  }

  /** Takes the line away. */
  @Override
  public synchronized void close() {
    packing.close();
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
