package dev.stretcher.internal.plugin;

import dev.stretcher.spi.EventSource;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The event sources that were asked for by their addresses. Thread-safe. */
public final class EventSources {
  private final ChosenPlugins plugins;
  private final Map<String, String> environment;
  private final List<AddressedEvents> asked = new ArrayList<>();

  /** Creates an empty collection. */
  public EventSources(ChosenPlugins plugins, Map<String, String> environment) {
    this.plugins = plugins;
    this.environment = environment;
  }

  /**
   * Returns the event source of an address, which opens at its first use.
   *
   * @throws IllegalArgumentException if no plug-in knows its scheme
   */
  public synchronized EventSource at(URI address) {
    AddressedEvents events =
        new AddressedEvents(address, plugins.eventSources(address), environment);
    asked.add(events);
    return events;
  }

  /** Closes all, and reports those that fail. */
  public synchronized void close(Consumer<String> report) {
    for (AddressedEvents events : asked) {
      try {
        events.close();
      } catch (IOException | RuntimeException e) {
        report.accept(
            "closing the events of %s failed: ".formatted(events.name()) + e.getMessage());
      }
    }
  }
}
