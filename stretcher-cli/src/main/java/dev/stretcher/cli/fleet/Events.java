package dev.stretcher.cli.fleet;

import dev.stretcher.Stretcher;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployIdentity;
import dev.stretcher.report.DeployListener;
import dev.stretcher.report.StretcherException;
import dev.stretcher.spi.EventSource;
import java.io.Closeable;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Deploys what the events of Consul say, one after the other, in a thread of its own. */
final class Events implements Closeable {
  private static final String THREAD = "stretcher-events";
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;
  private static final long LONGEST_END_MILLIS = 50_000;

  private final Thread thread;
  private final Log log;

  private Events(Thread thread, Log log) {
    this.thread = thread;
    this.log = log;
  }

  /**
   * Returns the events that the flags name, if they name any.
   *
   * @param store the address of the store, which knows events
   * @throws IllegalArgumentException if no plug-in knows events there
   */
  static Events of(Invocation invocation, URI store) {
    String name = invocation.options().get(ResidentCommand.EVENT);
    Log log = new Log(invocation.logOf(""));
    if (name.isEmpty()) {
      return new Events(new Thread(() -> {}, THREAD), log);
    }
    Stretcher stretcher = invocation.without("NOTIFY_SOCKET").stretcher(List.of(log));
    return of(stretcher, stretcher.eventsFrom(address(store, name)), log);
  }

  /**
   * Returns the events of a source.
   *
   * @param log hears what {@code stretcher} does
   */
  static Events of(Stretcher stretcher, EventSource events, Log log) {
    return new Events(new Thread(() -> follow(stretcher, events, log), THREAD), log);
  }

  /**
   * Says once, not at each attempt, that events are waited for, and that they cannot be read. Knows
   * from that whether a deploy runs.
   */
  static final class Log implements DeployListener {
    private final DeployListener log;
    private boolean isResting = true;
    private boolean isLast;
    private boolean isSaid;
    private Optional<String> failure = Optional.empty();

    Log(DeployListener log) {
      this.log = log;
    }

    @Override
    public void onEvent(DeployEvent event) {
      takeNote(event);
      if (isNews(event)) {
        log.onEvent(event);
      }
    }

    @Override
    public void onEvent(DeployIdentity deploy, DeployEvent event) {
      takeNote(event);
      if (isNews(event)) {
        log.onEvent(deploy, event);
      }
    }

    /** Says that the deploy that runs, if one does, is the last one; returns whether none does. */
    private synchronized boolean endAfterDeploy() {
      isLast = true;
      return isResting;
    }

    private synchronized boolean isLast() {
      return isLast;
    }

    private synchronized void takeNote(DeployEvent event) {
      isResting = event instanceof DeployEvent.WaitingForEvent || isBadEvent(event);
      if (isResting && isLast) {
        Thread.currentThread().interrupt();
      }
    }

    private synchronized boolean isNews(DeployEvent event) {
      if (event instanceof DeployEvent.Started) {
        return false;
      }
      if (event instanceof DeployEvent.WaitingForEvent) {
        boolean isFirst = !isSaid;
        isSaid = true;
        return isFirst;
      }
      if (isBadEvent(event)) {
        Optional<String> before = failure;
        failure = Optional.of(event.message());
        return !failure.equals(before);
      }
      failure = Optional.empty();
      return true;
    }

    private static boolean isBadEvent(DeployEvent event) {
      return event instanceof DeployEvent.NotStarted notStarted
          && notStarted.cause() instanceof StretcherException.BadEvent;
    }
  }

  /** Begins to follow them. */
  void follow() {
    thread.start();
  }

  private static URI address(URI store, String name) {
    try {
      return new URI(store.getScheme(), store.getAuthority(), "/" + name, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("--event is '" + name + "'; expected a name", e);
    }
  }

  private static void follow(Stretcher stretcher, EventSource events, Log log) {
    try (stretcher) {
      long pause = FIRST_PAUSE_MILLIS;
      while (!log.isLast()) {
        try {
          stretcher.deployNext(events);
          pause = FIRST_PAUSE_MILLIS;
        } catch (StretcherException.BadEvent e) {
          // The service may be away for long.
          Thread.sleep(pause);
          pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        } catch (StretcherException e) {
          // The log has it, and what failed is not tried again.
          pause = FIRST_PAUSE_MILLIS;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes no more events, and waits until a deploy that runs has ended. */
  void finish() throws InterruptedException {
    if (log.endAfterDeploy()) {
      thread.interrupt();
    }
    thread.join();
  }

  /** Cancels a deploy that runs, and waits until it has ended. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = Thread.interrupted();
    try {
      thread.join(LONGEST_END_MILLIS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
