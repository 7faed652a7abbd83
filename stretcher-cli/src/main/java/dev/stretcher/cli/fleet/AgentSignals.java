package dev.stretcher.cli.fleet;

import java.io.Closeable;
import org.jline.utils.Signals;

/** SIGHUP and SIGUSR1, which would end the process otherwise. */
final class AgentSignals implements Closeable {
  private static final String RELOAD = "HUP";
  private static final String RETRY = "USR1";

  private volatile Runnable retry = () -> {};
  private final Object beforeReload;
  private final Object beforeRetry;

  private AgentSignals(Runnable reload) {
    beforeReload = Signals.register(RELOAD, reload);
    beforeRetry = Signals.register(RETRY, () -> retry.run());
  }

  /**
   * Begins to take signals.
   *
   * @param reload is run at each SIGHUP, in a thread of its own
   */
  static AgentSignals on(Runnable reload) {
    return new AgentSignals(reload);
  }

  /** Says what SIGUSR1 does from now on. */
  void retrying(Runnable action) {
    retry = action;
  }

  /** Takes no more signals. */
  @Override
  public void close() {
    Signals.unregister(RELOAD, beforeReload);
    Signals.unregister(RETRY, beforeRetry);
  }
}
