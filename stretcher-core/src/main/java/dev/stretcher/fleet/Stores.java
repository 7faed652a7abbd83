package dev.stretcher.fleet;

import dev.stretcher.internal.engine.KernelClock;
import dev.stretcher.internal.plugin.ChosenPlugins;
import dev.stretcher.internal.store.FileStore;
import dev.stretcher.store.KeyValueStore;
import dev.stretcher.text.RedactedUri;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * The key/value stores that a program can name: {@code file:/DIR}, which is in this library, and
 * those of {@linkplain dev.stretcher.store.KeyValueStoreProvider plug-ins}. Stateless and
 * thread-safe.
 */
public final class Stores {
  private static final String FILE = "file";

  private Stores() {}

  /**
   * Opens a store, which need not be reachable now.
   *
   * @param address an absolute URI, whose scheme says which store
   * @param environment the variables of the program, in which stores look for credentials
   * @param loader where plug-ins are looked for
   * @return the store, which the caller closes
   * @throws IllegalArgumentException if the address is wrong, or no plug-in knows its scheme
   * @throws IllegalStateException if two plug-ins do; the message names their classes
   * @throws IOException if the store cannot be opened
   */
  public static KeyValueStore open(URI address, Map<String, String> environment, ClassLoader loader)
      throws IOException {
    if (address.getScheme() == null) {
      throw new IllegalArgumentException(
          "'%s' is no address of a store; expected one such as file:/var/lib/stretcher/store or consul://127.0.0.1:8500"
              .formatted(RedactedUri.of(address)));
    }
    return address.getScheme().toLowerCase(Locale.ROOT).equals(FILE)
        ? FileStore.in(directory(address), KernelClock.ofThisHost())
        : Objects.requireNonNull(
            new ChosenPlugins(loader).stores(address).open(address, environment),
            "a provider opens a store");
  }

  private static Path directory(URI address) {
    boolean local = address.getRawAuthority() == null || address.getRawAuthority().isEmpty();
    String path = address.getPath();
    if (!local
        || path == null
        || !path.startsWith("/")
        || address.getRawQuery() != null
        || address.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "'%s' names no directory; expected file: and an absolute path, such as file:/var/lib/stretcher/store"
              .formatted(RedactedUri.of(address)));
    }
    return Path.of(URI.create(FILE + ":" + address.getRawPath()));
  }
}
