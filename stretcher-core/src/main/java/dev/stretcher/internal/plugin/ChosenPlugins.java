package dev.stretcher.internal.plugin;

import dev.stretcher.option.Settings;
import dev.stretcher.spi.EventSourceProvider;
import dev.stretcher.spi.HookRunner;
import dev.stretcher.store.KeyValueStoreProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The plug-ins that take part only where an operator names one: they are looked for then, and not
 * at each start. Immutable and thread-safe.
 *
 * @param loader where plug-ins are looked for
 */
public record ChosenPlugins(ClassLoader loader) {
  /**
   * Returns the hook runner of that name.
   *
   * @throws IllegalArgumentException if there is none
   * @throws IllegalStateException if there are two
   */
  public HookRunner hookRunner(String name) {
    return choose(
        HookRunner.class,
        runner -> Set.of(runner.name()),
        "hook runner '%s', which %s names".formatted(name, Settings.HOOK_RUNNER.mention()),
        name);
  }

  /**
   * Returns the provider of the event sources whose addresses have the scheme of {@code address}.
   *
   * @throws IllegalArgumentException if there is none
   * @throws IllegalStateException if there are two
   */
  EventSourceProvider eventSources(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    return choose(
        EventSourceProvider.class,
        provider -> PluginNames.schemes(provider.schemes()),
        "event source for '" + scheme + "'",
        scheme);
  }

  /**
   * Returns the provider of the key/value stores whose addresses have the scheme of {@code
   * address}.
   *
   * @throws IllegalArgumentException if there is none
   * @throws IllegalStateException if there are two
   */
  public KeyValueStoreProvider stores(URI address) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    return choose(
        KeyValueStoreProvider.class,
        provider -> PluginNames.schemes(provider.schemes()),
        "key/value store for '" + scheme + "'",
        scheme);
  }

  /**
   * Returns the provider that knows the scheme of an address.
   *
   * @param given providers that take precedence
   * @param service their interface, by which others are found
   * @param schemes asks one for its schemes
   * @param what it provides, for people
   * @throws IllegalArgumentException if there is none
   * @throws IllegalStateException if there are two
   */
  public <T> T byScheme(
      URI address, List<T> given, Class<T> service, Function<T, Set<String>> schemes, String what) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    Function<T, Set<String>> names = provider -> PluginNames.schemes(schemes.apply(provider));
    String wanted = what + " for '" + scheme + "'";
    List<T> own = new ArrayList<>();
    for (T provider : given) {
      if (names.apply(provider).contains(scheme)) {
        own.add(provider);
      }
    }
    requireOne(own, wanted);
    return own.isEmpty() ? choose(service, names, wanted, scheme) : own.get(0);
  }

  private <T> T choose(Class<T> service, Function<T, Set<String>> names, String what, String name) {
    List<String> skipped = new ArrayList<>();
    List<T> chosen = new ArrayList<>();
    Set<String> known = new TreeSet<>();
    for (T plugin : Discovery.load(service, loader, skipped::add)) {
      Set<String> own = PluginNames.of(plugin, names, skipped::add);
      known.addAll(own);
      if (own.contains(name)) {
        chosen.add(plugin);
      }
    }
    requireOne(chosen, what);
    if (chosen.isEmpty()) {
      String instead =
          known.isEmpty() ? "no plug-in has any" : "plug-ins have " + String.join(", ", known);
      skipped.add(
          0,
          "there is no %s; %s; put the jar of its plug-in on the class path, which for the agent is its directory lib"
              .formatted(what, instead));
      throw new IllegalArgumentException(String.join("; ", skipped));
    }
    return chosen.get(0);
  }

  private static void requireOne(List<?> chosen, String what) {
    if (chosen.size() > 1) {
      throw new IllegalStateException(
          "there are two for the %s: %s and %s; remove the jar of one"
              .formatted(what, classOf(chosen.get(0)), classOf(chosen.get(1))));
    }
  }

  private static String classOf(Object plugin) {
    return plugin.getClass().getName();
  }
}
