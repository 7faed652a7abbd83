package dev.stretcher.internal.plugin;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Loads the providers of a plug-in point; one that fails to load is reported and skipped. */
final class Discovery {
  private Discovery() {}

  static <T> List<T> load(Class<T> service, ClassLoader loader, Consumer<String> warnings) {
    List<T> found = new ArrayList<>();
    Iterator<T> providers = ServiceLoader.load(service, loader).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return found;
        }
        found.add(providers.next());
      } catch (ServiceConfigurationError e) {
        warnings.accept("skipped a plug-in that does not load: " + reason(e));
      } catch (LinkageError e) {
        // Of its class, which the loader of services lets through.
        warnings.accept(
            "skipped a plug-in of %s that does not load: ".formatted(service.getName()) + e);
      }
    }
  }

  private static String reason(ServiceConfigurationError e) {
    Throwable cause = e.getCause();
    return cause == null ? String.valueOf(e.getMessage()) : e.getMessage() + " (" + cause + ")";
  }
}
