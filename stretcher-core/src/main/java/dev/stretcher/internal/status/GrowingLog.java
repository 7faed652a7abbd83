package dev.stretcher.internal.status;

import dev.stretcher.internal.pause.Pauses;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The log of a deploy, which the store also gets while the deploy runs, so that one that hangs is
 * seen: some time after a line has come, and only then. Who adds a line waits for nothing.
 * Thread-safe.
 */
final class GrowingLog {
  private static final Duration APART = Duration.ofSeconds(5);

  private final HeadAndTail lines = new HeadAndTail(StatusDesk.MOST_LOG);
  private final Pauses pauses;
  private final Consumer<HeadAndTail> store;
  private boolean isRunning;

  /** Set while lines have come that are written later. */
  private @Nullable Runnable takeBack;

  /**
   * Creates an empty log.
   *
   * @param store takes the lines of a deploy that goes on
   */
  GrowingLog(Pauses pauses, Consumer<HeadAndTail> store) {
    this.pauses = pauses;
    this.store = store;
  }

  HeadAndTail lines() {
    return lines;
  }

  /** Forgets the deploy before. */
  synchronized void begin() {
    lines.clear();
    isRunning = true;
  }

  /** The deploy that was thought to be over goes on. */
  synchronized void goOn() {
    isRunning = true;
  }

  synchronized void add(String line) {
    lines.add(line);
    if (isRunning && takeBack == null) {
      takeBack = pauses.later(APART, this::write);
    }
  }

  private void write() {
    synchronized (this) {
      takeBack = null;
      if (!isRunning) {
        return;
      }
    }
    store.accept(lines);
  }

  /** Writes nothing more; whoever says how the deploy ended gives the log with that. */
  synchronized void end() {
    isRunning = false;
    if (takeBack != null) {
      takeBack.run();
      takeBack = null;
    }
  }
}
