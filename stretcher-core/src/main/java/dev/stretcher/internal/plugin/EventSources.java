package dev.stretcher.internal.plugin;

import dev.stretcher.spi.EventSource;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/** The event sources that were asked for by their addresses. Thread-safe. */
public final class EventSources {
  private final ChosenPlugins plugins;
  private final Map<String, String> environment;
  private final Map<URI, AddressedEvents> asked = new LinkedHashMap<>();

  /** Creates an empty collection. */
  public EventSources(ChosenPlugins plugins, Map<String, String> environment) {
    this.plugins = plugins;
    this.environment = environment;
  }

  /**
   * Returns the event source of an address, which opens at its first use; the same one until it is
   * closed.
   *
   * @throws IllegalArgumentException if no plug-in knows its scheme
   */
  public synchronized EventSource at(URI address) {
    AddressedEvents known = asked.get(address);
    if (known != null && !known.isClosed()) {
      return known;
    }
    AddressedEvents events =
        new AddressedEvents(address, plugins.eventSources(address), environment);
    asked.values().removeIf(AddressedEvents::isClosed);
    asked.put(address, events);
    return events;
  }

  /** Closes all, and reports those that fail. */
  public synchronized void close(Consumer<String> report) {
    for (AddressedEvents events : asked.values()) {
      try {
        events.close();
      } catch (IOException | RuntimeException | Error e) {
        // Whatever a plug-in throws, the others are to be closed.
        String reason = e instanceof IOException ? e.getMessage() : e.toString();
        report.accept("closing the events of %s failed: ".formatted(events.name()) + reason);
      }
    }
  }
}
