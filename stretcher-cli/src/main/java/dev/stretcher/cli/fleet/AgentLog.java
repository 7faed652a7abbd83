package dev.stretcher.cli.fleet;

import dev.stretcher.agent.AgentListener;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.HostStatus;
import dev.stretcher.report.DeployEvent;
import dev.stretcher.report.DeployIdentity;
import dev.stretcher.report.DeployListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The log of an agent, and that of each of its apps. Thread-safe. */
final class AgentLog implements AgentListener {
  private final Map<AppName, DeployListener> apps = new ConcurrentHashMap<>();
  private final Map<AppName, HostStatus> said = new ConcurrentHashMap<>();
  private volatile DeployListener own;
  private volatile Invocation invocation;

  /** Creates one, and logs the warnings about the settings. */
  AgentLog(Invocation invocation) {
    this.invocation = invocation;
    this.own = invocation.log();
  }

  /** Takes another configuration, and logs the warnings about its settings. */
  void serve(Invocation next) {
    invocation = next;
    own = next.log();
    apps.clear();
  }

  /** Logs a line of the agent itself. */
  void say(String text) {
    own.onEvent(new DeployEvent.Notice(text));
  }

  /** Logs what is wrong with the agent itself. */
  void warn(String text) {
    own.onEvent(new DeployEvent.Warning(text));
  }

  /** Returns the log of an app, whose name stands in front if there are several. */
  DeployListener of(AppName app) {
    return apps.computeIfAbsent(
        app,
        name ->
            withoutStarts(
                invocation.logOf(StoreArgument.apps(invocation).size() > 1 ? name.value() : "")));
  }

  /** Each deploy says that it starts up; this process did so only once. */
  static DeployListener withoutStarts(DeployListener log) {
    return new DeployListener() {
      @Override
      public void onEvent(DeployEvent event) {
        if (!(event instanceof DeployEvent.Started)) {
          log.onEvent(event);
        }
      }

      @Override
      public void onEvent(DeployIdentity deploy, DeployEvent event) {
        if (!(event instanceof DeployEvent.Started)) {
          log.onEvent(deploy, event);
        }
      }
    };
  }

  /** Logs what this agent is for. */
  void begin(String version, String node, String store) {
    List<String> names = new ArrayList<>();
    StoreArgument.apps(invocation).forEach(app -> names.add(app.value()));
    say(
        "Starting up stretcher agent %s: %s of %s as %s says"
            .formatted(
                version, names.isEmpty() ? "events" : String.join(", ", names), node, store));
  }

  @Override
  public void onStatus(HostStatus status) {
    HostStatus before = said.put(status.app(), status);
    news(Optional.ofNullable(before), status).ifPresent(of(status.app())::onEvent);
  }

  /** What a deploy itself logs is not said again. */
  private static Optional<DeployEvent> news(Optional<HostStatus> before, HostStatus now) {
    boolean isNew =
        before.isEmpty()
            || before.get().generation() != now.generation()
            || !before.get().id().equals(now.id());
    if (!isNew && before.get().state() == now.state()) {
      return Optional.empty();
    }
    String version = now.id().orElse("nothing") + ", generation " + Long.toString(now.generation());
    return switch (now.state()) {
      case IDLE -> notice("Nothing is desired" + now.error().map(why -> ": " + why).orElse(""));
      case LIVE -> notice("Live: " + version);
      case FAILED, ROLLED_BACK ->
          Optional.of(
              new DeployEvent.Warning(
                  "Failed: %s; it is tried again when something is rolled out, or by SIGUSR1"
                      .formatted(version)));
      case SUPERSEDED ->
          now.error().map(why -> new DeployEvent.Warning("Superseded: " + version + ": " + why));
      default ->
          isNew
              ? notice("Desired: " + version + now.error().map(why -> ": " + why).orElse(""))
              : Optional.empty();
    };
  }

  private static Optional<DeployEvent> notice(String text) {
    return Optional.of(new DeployEvent.Notice(text));
  }

  @Override
  public void onReady() {
    say("Ready");
  }

  @Override
  public void onWarning(AppName app, String message) {
    of(app).onEvent(new DeployEvent.Warning(message));
  }

  @Override
  public void onStoreLost(String reason) {
    warn("The store cannot be asked, what it said last counts: " + reason);
  }

  @Override
  public void onStoreFound() {
    say("The store can be asked again");
  }
}
