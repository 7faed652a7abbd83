package dev.stretcher.cli.log;

import java.io.Closeable;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;

/**
 * Shows how many hosts have something: on a terminal by a bar that goes when it is over, elsewhere
 * by a line now and then.
 */
public final class HostProgress implements Closeable {
  private final PrintStream err;
  private final boolean terminal;
  private final long intervalMillis;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile String text = "";
  private @Nullable ProgressBar bar;

  /**
   * Creates one.
   *
   * @param terminal whether {@code err} is one
   * @param intervalMillis how often a line is printed elsewhere
   */
  public HostProgress(PrintStream err, boolean terminal, long intervalMillis) {
    this.err = err;
    this.terminal = terminal;
    this.intervalMillis = intervalMillis;
    if (!terminal) {
      Thread thread = new Thread(this::repeat, "stretcher-progress");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void repeat() {
    try {
      while (!closed.await(intervalMillis, TimeUnit.MILLISECONDS)) {
        if (!text.isEmpty()) {
          err.println(text);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Takes how far it is.
   *
   * @param done how many hosts have it
   * @param all how many there are
   * @param words the same in words
   */
  public void show(int done, int all, String words) {
    text = words;
    if (terminal) {
      if (bar == null) {
        bar = Bar.on(err, "Waiting").setInitialMax(all).setUnit(" hosts", 1).build();
      }
      bar.maxHint(all);
      bar.stepTo(done);
    }
  }

  /** Prints a line, for which the bar makes way. */
  public void say(String line) {
    hide();
    err.println(line);
  }

  private void hide() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    closed.countDown();
    hide();
  }
}
