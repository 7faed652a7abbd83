package dev.stretcher.internal.plugin;

import dev.stretcher.spi.Source;
import dev.stretcher.spi.Syncer;
import dev.stretcher.spi.Verifier;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The plug-ins of one Stretcher, by the names that manifests use. Immutable and thread-safe.
 *
 * <p>A given plug-in takes precedence over a discovered one of the same name; two discovered
 * plug-ins of the same name are an error.
 */
public final class Plugins {
  private final Map<String, Source> sources;
  private final Map<String, Syncer> syncers;
  private final List<Verifier> verifiers;
  private final List<String> warnings;

  private Plugins(
      Map<String, Source> sources,
      Map<String, Syncer> syncers,
      List<Verifier> verifiers,
      List<String> warnings) {
    this.sources = sources;
    this.syncers = syncers;
    this.verifiers = verifiers;
    this.warnings = warnings;
  }

  /**
   * The plug-ins that were given to the builder.
   *
   * @param sources for the schemes that they name
   * @param syncers for the strategies that they name
   * @param verifiers all are asked
   */
  public record Given(List<Source> sources, List<Syncer> syncers, List<Verifier> verifiers) {}

  /**
   * Adds the plug-ins of the class path to {@code given}.
   *
   * @param loader where plug-ins are looked for
   * @throws IllegalStateException if two of one name are found; the message names their classes
   */
  public static Plugins discover(Given given, ClassLoader loader) {
    List<String> warnings = new ArrayList<>();
    Consumer<String> warn = warnings::add;
    List<Verifier> verifiers = new ArrayList<>(given.verifiers());
    verifiers.addAll(Discovery.load(Verifier.class, loader, warn));
    return new Plugins(
        index(
            given.sources(),
            Discovery.load(Source.class, loader, warn),
            source -> PluginNames.schemes(source.schemes()),
            warn),
        index(
            given.syncers(),
            Discovery.load(Syncer.class, loader, warn),
            syncer -> Set.of(syncer.name()),
            warn),
        List.copyOf(verifiers),
        List.copyOf(warnings));
  }

  private static <T> Map<String, T> index(
      List<T> given,
      List<T> discovered,
      Function<T, Set<String>> names,
      Consumer<String> warnings) {
    Map<String, T> index = new TreeMap<>();
    for (T plugin : discovered) {
      for (String name : PluginNames.of(plugin, names, warnings)) {
        T other = index.put(name, plugin);
        if (other != null) {
          throw new IllegalStateException(
              "two plug-ins for '%s' on the class path: %s and %s; remove one, or give the one to use to the builder"
                  .formatted(name, other.getClass().getName(), plugin.getClass().getName()));
        }
      }
    }
    given.forEach(plugin -> names.apply(plugin).forEach(name -> index.put(name, plugin)));
    return index;
  }

  /** Returns the source for the scheme of {@code uri}, if there is one. */
  public Optional<Source> source(URI uri) {
    String scheme = uri.getScheme();
    return scheme == null
        ? Optional.empty()
        : Optional.ofNullable(sources.get(scheme.toLowerCase(Locale.ROOT)));
  }

  /** Returns the syncer of that name, if there is one. */
  public Optional<Syncer> syncer(String name) {
    return Optional.ofNullable(syncers.get(name));
  }

  /** Returns all verifiers. */
  public List<Verifier> verifiers() {
    return verifiers;
  }

  /** Returns the schemes that have a source, sorted. */
  public Collection<String> schemes() {
    return sources.keySet();
  }

  /** Returns the names of the syncers, sorted. */
  public Collection<String> strategies() {
    return syncers.keySet();
  }

  /** Returns the failures of the discovery. */
  public List<String> warnings() {
    return warnings;
  }

  /** Closes all sources, and reports those that fail. */
  public void close(Consumer<String> report) {
    for (Source source : Set.copyOf(sources.values())) {
      try {
        source.close();
      } catch (IOException | RuntimeException | Error e) {
        // Whatever a plug-in throws, the others are to be closed.
        String reason = e instanceof IOException ? e.getMessage() : e.toString();
        report.accept("closing " + source.getClass().getName() + " failed: " + reason);
      }
    }
  }
}
