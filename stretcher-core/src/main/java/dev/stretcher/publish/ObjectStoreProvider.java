package dev.stretcher.publish;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * Opens object stores by their addresses. Found with {@link java.util.ServiceLoader}, and only
 * where an address is given. Thread-safe.
 */
public interface ObjectStoreProvider {
  /** Returns the schemes of the addresses that it knows, in lower case. */
  Set<String> schemes();

  /**
   * Opens a store. It need not be reachable now.
   *
   * @param address an absolute URI of one of the {@link #schemes}; names are below its path, which
   *     may end with a slash or not
   * @param environment the variables of the program, in Unicode: credentials belong there
   * @return the store, which the caller closes
   * @throws IllegalArgumentException if the address, or a variable, is wrong; the message says what
   *     was expected
   * @throws IOException if the store cannot be opened
   */
  ObjectStore open(URI address, Map<String, String> environment) throws IOException;
}
