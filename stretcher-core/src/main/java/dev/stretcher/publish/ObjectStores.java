package dev.stretcher.publish;

import dev.stretcher.internal.plugin.ChosenPlugins;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The object stores that a program can name: {@code file:/DIR}, which is in this library, and those
 * of {@linkplain ObjectStoreProvider plug-ins}. Stateless and thread-safe.
 */
public final class ObjectStores {
  private ObjectStores() {}

  /**
   * Opens a store, which need not be reachable now.
   *
   * @param address an absolute URI, whose scheme says which store
   * @param environment the variables of the program, in which stores look for credentials
   * @param given providers that take precedence over those of the class path
   * @param loader where plug-ins are looked for
   * @return the store, which the caller closes
   * @throws IllegalArgumentException if the address is wrong, or no plug-in knows its scheme
   * @throws IllegalStateException if two plug-ins do; the message names their classes
   * @throws IOException if the store cannot be opened
   */
  public static ObjectStore open(
      URI address,
      Map<String, String> environment,
      List<ObjectStoreProvider> given,
      ClassLoader loader)
      throws IOException {
    if (address.getScheme() == null) {
      throw new IllegalArgumentException(
          "'%s' is no address to publish to; expected one such as s3://deploys/shop or file:/srv/deploys/shop"
              .formatted(RedactedUri.of(address)));
    }
    return Objects.requireNonNull(
        new ChosenPlugins(loader)
            .byScheme(
                address,
                given,
                ObjectStoreProvider.class,
                ObjectStoreProvider::schemes,
                "object store")
            .open(address, environment),
        "a provider opens a store");
  }
}
