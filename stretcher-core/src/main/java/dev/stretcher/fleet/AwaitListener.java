package dev.stretcher.fleet;

/** Hears how far a fleet is. */
public interface AwaitListener {
  /** What the hosts have has changed; also called at the begin. */
  default void onStatus(FleetStatus status) {}

  /** The store cannot be asked; said once until it can be asked again. */
  default void onStoreLost(String reason) {}

  /** The store can be asked again. */
  default void onStoreFound() {}
}
