package dev.stretcher.agent;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.HostStatus;

/** Hears what an agent does besides deploys. Called by several threads; should return soon. */
public interface AgentListener {
  /** The agent knows what is desired of all its apps for the first time, or that nothing is. */
  default void onReady() {}

  /** The status of an app has changed, and is about to be written to the store. */
  default void onStatus(HostStatus status) {}

  /** Something that an operator should know of an app, such as a desired state that is no news. */
  default void onWarning(AppName app, String message) {}

  /** The store cannot be asked; said once until it can be asked again. */
  default void onStoreLost(String reason) {}

  /** The store can be asked again. */
  default void onStoreFound() {}
}
