package dev.stretcher.cli.monitor;

import dev.stretcher.agent.AgentListener;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.HostStatus;
import java.util.List;

/** Tells several listeners, in their order. */
public record AgentListeners(List<AgentListener> all) implements AgentListener {
  /** Copies the list. */
  public AgentListeners {
    all = List.copyOf(all);
  }

  @Override
  public void onReady() {
    all.forEach(AgentListener::onReady);
  }

  @Override
  public void onStatus(HostStatus status) {
    all.forEach(each -> each.onStatus(status));
  }

  @Override
  public void onWarning(AppName app, String message) {
    all.forEach(each -> each.onWarning(app, message));
  }

  @Override
  public void onStoreLost(String reason) {
    all.forEach(each -> each.onStoreLost(reason));
  }

  @Override
  public void onStoreFound() {
    all.forEach(AgentListener::onStoreFound);
  }
}
