package dev.stretcher.store;

import java.io.IOException;
import java.util.Set;

/** Who belongs to the fleet, as the service that keeps a store knows. Thread-safe. */
public interface Membership {
  /**
   * Returns the name of the node that asks, which is not always its host name.
   *
   * @throws IOException if it cannot be asked
   * @throws InterruptedException if the thread was interrupted
   */
  String self() throws IOException, InterruptedException;

  /**
   * Returns the names of the nodes that are alive.
   *
   * @throws IOException if it cannot be asked
   * @throws InterruptedException if the thread was interrupted
   */
  Set<String> alive() throws IOException, InterruptedException;

  /**
   * Returns the names of the nodes that have a service, alive or not.
   *
   * @throws IOException if it cannot be asked
   * @throws InterruptedException if the thread was interrupted
   */
  Set<String> having(String service) throws IOException, InterruptedException;
}
