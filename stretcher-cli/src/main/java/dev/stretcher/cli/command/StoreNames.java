package dev.stretcher.cli.command;

import dev.stretcher.cli.command.ChoicesCommand.Names;
import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.Fleet;
import dev.stretcher.fleet.FleetKeys;
import dev.stretcher.store.KeyValue;
import dev.stretcher.store.KeyValueStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Names that the store of a fleet knows, for completion.
 *
 * @param named the apps that count; all if there are none
 */
record StoreNames(KeyValueStore store, List<String> named) {
  Collection<String> of(Names names) throws IOException, InterruptedException {
    return switch (names) {
      case APPS -> apps().stream().map(AppName::value).toList();
      case VERSIONS -> versions();
      case NODES -> nodes();
      case PLACES -> places();
      case DESTS, RELEASES -> List.of();
    };
  }

  private List<AppName> apps() throws IOException, InterruptedException {
    return names(FleetKeys.DESIRED).stream().filter(AppName::isOne).map(AppName::new).toList();
  }

  private Set<String> nodes() throws IOException, InterruptedException {
    return names(FleetKeys.HOSTS);
  }

  /** Returns the first part of each key below one. */
  private Set<String> names(String above) throws IOException, InterruptedException {
    Set<String> names = new TreeSet<>();
    for (KeyValue entry : store.list(above).entries()) {
      names.add(entry.key().substring(above.length()).replaceFirst("/.*", ""));
    }
    return names;
  }

  private Set<String> versions() throws IOException, InterruptedException {
    Set<String> ids = new LinkedHashSet<>();
    for (DesiredState state : history()) {
      ids.add(state.id());
    }
    return ids;
  }

  /** A place has a directory for each app, and in it the manifests. */
  private Set<String> places() throws IOException, InterruptedException {
    Set<String> places = new TreeSet<>();
    for (DesiredState state : history()) {
      place(state.manifest().toString(), "/" + state.app() + "/").ifPresent(places::add);
    }
    return places;
  }

  private static Optional<String> place(String manifest, String directory) {
    int end = manifest.lastIndexOf(directory);
    return end < 0 ? Optional.empty() : Optional.of(manifest.substring(0, end));
  }

  private List<DesiredState> history() throws IOException, InterruptedException {
    Fleet fleet = Fleet.over(store);
    List<DesiredState> states = new ArrayList<>();
    for (AppName app : named.isEmpty() ? apps() : named.stream().map(AppName::new).toList()) {
      states.addAll(fleet.history(app));
    }
    return states;
  }
}
