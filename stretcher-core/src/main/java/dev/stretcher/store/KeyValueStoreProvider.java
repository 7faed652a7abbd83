package dev.stretcher.store;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * Opens key/value stores by their addresses. Found with {@link java.util.ServiceLoader}, and only
 * where an address is given. Thread-safe.
 */
public interface KeyValueStoreProvider {
  /** Returns the schemes of the addresses that it knows, in lower case. */
  Set<String> schemes();

  /**
   * Opens a store. It need not be reachable now.
   *
   * @param address an absolute URI of one of the {@link #schemes}
   * @param environment the variables of the program, in Unicode: credentials belong there, and not
   *     into the address
   * @return the store, which the caller closes
   * @throws IllegalArgumentException if the address, or a variable, is wrong; the message says what
   *     was expected
   * @throws IOException if the store cannot be opened
   */
  KeyValueStore open(URI address, Map<String, String> environment) throws IOException;
}
