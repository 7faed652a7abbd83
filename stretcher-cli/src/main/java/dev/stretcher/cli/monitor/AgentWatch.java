package dev.stretcher.cli.monitor;

import dev.stretcher.agent.AgentListener;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.HostState;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.text.Printable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What is known of an agent at the moment: whether the store can be asked, and what its apps do.
 * Thread-safe.
 */
public final class AgentWatch implements AgentListener {
  private final String store;
  private final Map<String, HostStatus> statuses = new ConcurrentSkipListMap<>();
  private volatile boolean ready;
  private volatile Optional<String> lost = Optional.empty();

  /**
   * Creates one.
   *
   * @param store the name of the store
   */
  public AgentWatch(String store) {
    this.store = store;
  }

  @Override
  public void onReady() {
    ready = true;
  }

  @Override
  public void onStatus(HostStatus status) {
    statuses.put(status.app().value(), status);
  }

  @Override
  public void onStoreLost(String reason) {
    lost = Optional.of(reason);
  }

  @Override
  public void onStoreFound() {
    lost = Optional.empty();
  }

  /** Forgets the apps that this agent does not keep any more. */
  public void keepOnly(Iterable<AppName> apps) {
    statuses.keySet().removeIf(name -> !contains(apps, name));
  }

  private static boolean contains(Iterable<AppName> apps, String name) {
    for (AppName app : apps) {
      if (app.value().equals(name)) {
        return true;
      }
    }
    return false;
  }

  /** Returns what the apps said last, in the order of their names. */
  public Iterable<HostStatus> statuses() {
    return statuses.values();
  }

  /** Tells whether the store can be asked. */
  public boolean isStoreThere() {
    return lost.isEmpty();
  }

  /** Tells whether the agent knows what its apps should be, from the store or from its memory. */
  public boolean isHealthy() {
    return ready;
  }

  /** Tells whether no deploy runs. */
  public boolean isResting() {
    for (HostStatus status : statuses.values()) {
      switch (status.state()) {
        case FETCHING, DEPLOYING, CHECKING -> {
          return false;
        }
        default -> {}
      }
    }
    return true;
  }

  /** Says whether this agent is well, and why. */
  public String health() {
    Optional<String> reason = lost;
    if (reason.isEmpty()) {
      return ready ? "ok: " + store + " is there" : "starting: " + store + " has not answered yet";
    }
    return ready
        ? "ok: %s cannot be asked, and what it said last counts: %s".formatted(store, reason.get())
        : "not ready: %s cannot be asked, and nothing is remembered: %s"
            .formatted(store, reason.get());
  }

  /** Returns all apps in one line, such as {@code shop v2 live, web v1 failed}. */
  public String summary() {
    StringBuilder text = new StringBuilder();
    for (HostStatus status : statuses.values()) {
      text.append(text.isEmpty() ? "" : ", ").append(status.app().value());
      boolean isLive = status.state() == HostState.LIVE;
      (isLive ? status.live() : status.id()).ifPresent(id -> text.append(' ').append(id));
      text.append(' ').append(status.state().label());
    }
    if (lost.isPresent()) {
      text.append(text.isEmpty() ? "" : "; ").append(store).append(" cannot be asked");
    }
    return text.toString();
  }

  /** Returns why apps are not live, or wait, each on a line. */
  String reasons() {
    StringBuilder text = new StringBuilder();
    for (HostStatus status : statuses.values()) {
      status
          .error()
          .ifPresent(
              reason ->
                  text.append(status.app().value())
                      .append(": ")
                      .append(Printable.line(reason))
                      .append('\n'));
    }
    return text.toString();
  }
}
