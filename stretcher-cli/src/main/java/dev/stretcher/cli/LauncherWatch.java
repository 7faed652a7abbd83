package dev.stretcher.cli;

import java.io.PrintStream;
import java.util.Optional;

/**
 * Notices the end of the launcher, which passes signals on to this JVM, its child under {@code
 * consul watch}. It cannot pass on a KILL; the deploy is then cancelled as by SIGTERM.
 */
final class LauncherWatch implements Runnable {
  /** The system property in which the launcher gives its process ID. */
  private static final String PROPERTY = "stretcher.launcher";

  private static final long INTERVAL_MILLIS = 1000;
  private static final int TERMINATED = 143;

  private final long launcher;
  private final PrintStream err;

  private LauncherWatch(long launcher, PrintStream err) {
    this.launcher = launcher;
    this.err = err;
  }

  /** Begins to watch, if this JVM is the child of a launcher. */
  static void start(PrintStream err) {
    Long launcher = Long.getLong(PROPERTY);
    if (launcher != null) {
      Thread thread = new Thread(new LauncherWatch(launcher, err), "stretcher-launcher-watch");
      thread.setDaemon(true);
      thread.start();
    }
  }

  @Override
  public void run() {
    try {
      do {
        Thread.sleep(INTERVAL_MILLIS);
      } while (!isGone());
      err.println("stretcher: the launcher was killed, so that what it started is cancelled");
      Runtime.getRuntime().exit(TERMINATED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Tells whether another process is our parent now; false if the system does not tell. */
  private boolean isGone() {
    Optional<ProcessHandle> parent = ProcessHandle.current().parent();
    return parent.isPresent() && parent.get().pid() != launcher;
  }
}
