package dev.stretcher.spi;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * Opens event sources by their addresses, for an agent that is told one by its configuration. Found
 * with {@link java.util.ServiceLoader}, and only where an address is given. Thread-safe.
 */
public interface EventSourceProvider {
  /** Returns the schemes of the addresses that it knows, in lower case. */
  Set<String> schemes();

  /**
   * Opens an event source.
   *
   * @param address an absolute URI of one of the {@link #schemes}
   * @param environment the variables of the agent, in Unicode: credentials belong there, and not
   *     into the address
   * @return the source, which the caller closes
   * @throws IllegalArgumentException if the address is wrong; the message says what was expected
   * @throws IOException if the source cannot be opened
   * @throws InterruptedException if the thread was interrupted
   */
  EventSource open(URI address, Map<String, String> environment)
      throws IOException, InterruptedException;
}
