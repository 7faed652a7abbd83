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
  private static final long FIRST_PAUSE_MILLIS = 1_000;
  private static final long LONGEST_PAUSE_MILLIS = 60_000;
  private static final long LONGEST_END_MILLIS = 50_000;

  private final Thread thread;

  private Events(Thread thread) {
    this.thread = thread;
  }

  /**
   * Returns the events that the flags name, if they name any.
   *
   * @param store the address of the store, which knows events
   * @throws IllegalArgumentException if no plug-in knows events there
   */
  static Events of(Invocation invocation, URI store) {
    String name = invocation.options().get(ResidentCommand.EVENT);
    Thread thread = new Thread(() -> {}, "stretcher-events");
    if (!name.isEmpty()) {
      Stretcher stretcher =
          invocation.without("NOTIFY_SOCKET").stretcher(List.of(new Log(invocation.logOf(""))));
      EventSource events = stretcher.eventsFrom(address(store, name));
      thread = new Thread(() -> follow(stretcher, events), "stretcher-events");
    }
    return new Events(thread);
  }

  /** Says once, not at each attempt, that events are waited for, and that they cannot be read. */
  static final class Log implements DeployListener {
    private final DeployListener log;
    private boolean isSaid;
    private Optional<String> failure = Optional.empty();

    Log(DeployListener log) {
      this.log = log;
    }

    @Override
    public void onEvent(DeployEvent event) {
      if (isNews(event)) {
        log.onEvent(event);
      }
    }

    @Override
    public void onEvent(DeployIdentity deploy, DeployEvent event) {
      if (isNews(event)) {
        log.onEvent(deploy, event);
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
      if (event instanceof DeployEvent.NotStarted notStarted
          && notStarted.cause() instanceof StretcherException.BadEvent) {
        Optional<String> before = failure;
        failure = Optional.of(event.message());
        return !failure.equals(before);
      }
      failure = Optional.empty();
      return true;
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

  private static void follow(Stretcher stretcher, EventSource events) {
    try (stretcher) {
      long pause = FIRST_PAUSE_MILLIS;
      while (true) {
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
