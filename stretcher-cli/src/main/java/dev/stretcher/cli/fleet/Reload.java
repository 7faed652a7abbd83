package dev.stretcher.cli.fleet;

import dev.stretcher.agent.AgentListener;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.cli.monitor.AgentWatch;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.text.Printable;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A new configuration for a running agent. The agent takes it when none of its deploys runs, by an
 * interrupt of its thread. Thread-safe.
 */
final class Reload implements AgentListener {
  private final Thread agent;
  private final AgentWatch watch;
  private final AgentLog log;
  private final AtomicReference<@Nullable Invocation> next = new AtomicReference<>();
  private volatile Invocation served;
  private boolean interrupted;

  /**
   * Creates what takes new configurations.
   *
   * @param agent the thread that works with the configuration
   * @param served the configuration that is in use
   */
  Reload(Thread agent, AgentWatch watch, AgentLog log, Invocation served) {
    this.agent = agent;
    this.watch = watch;
    this.log = log;
    this.served = served;
  }

  /** Says that another configuration is in use. */
  void serve(Invocation invocation) {
    served = invocation;
  }

  /** Reads the configuration again. One that is wrong changes nothing. */
  void request() {
    try {
      Invocation again = served.again();
      Resident.state(again);
      next.set(again);
      log.say("The configuration was read again");
      offer();
    } catch (UsageException | IllegalArgumentException e) {
      log.warn(
          "The configuration stays as it was: " + Printable.line(String.valueOf(e.getMessage())));
    }
  }

  @Override
  public void onStatus(HostStatus status) {
    offer();
  }

  private synchronized void offer() {
    if (next.get() != null && !interrupted && watch.isResting()) {
      interrupted = true;
      agent.interrupt();
    }
  }

  /** Returns the new configuration, if it is what the agent was interrupted for. */
  synchronized Optional<Invocation> taken() {
    interrupted = false;
    return Optional.ofNullable(next.getAndSet(null));
  }
}
