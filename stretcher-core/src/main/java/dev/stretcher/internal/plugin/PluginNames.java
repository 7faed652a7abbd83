package dev.stretcher.internal.plugin;

import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** The names that plug-ins say they have. */
final class PluginNames {
  private PluginNames() {}

  /** Returns the names of a plug-in; of one that fails to tell them, none, and a warning. */
  static <T> Set<String> of(T plugin, Function<T, Set<String>> names, Consumer<String> warnings) {
    try {
      Set<String> found = new HashSet<>();
      for (String name : names.apply(plugin)) {
        found.add(Objects.requireNonNull(name, "its name is null"));
      }
      return found;
    } catch (RuntimeException | LinkageError e) {
      warnings.accept(
          "skipped the plug-in %s, which does not tell its name: "
                  .formatted(plugin.getClass().getName())
              + e);
      return Set.of();
    }
  }

  /** Returns schemes as they are compared: letter case does not count in a URL. */
  static Set<String> schemes(Set<String> schemes) {
    Set<String> lower = new HashSet<>();
    for (String scheme : schemes) {
      lower.add(scheme.toLowerCase(Locale.ROOT));
    }
    return lower;
  }
}
