package dev.stretcher.cli.doctor;

import dev.stretcher.cli.flag.FleetSettings;
import dev.stretcher.cli.invocation.Invocation;
import dev.stretcher.option.Options;
import dev.stretcher.sources.setting.HttpSettings;
import dev.stretcher.sources.setting.SourceSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What checks look at.
 *
 * @param invocation with the configuration, or without it if that cannot be used
 * @param refusal why the configuration cannot be used
 */
record Host(Invocation invocation, Optional<String> refusal) {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  Map<String, String> environment() {
    return invocation.surroundings().environment();
  }

  /** Returns the value of a variable; an empty one is none. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment().get(name)).filter(value -> !value.isEmpty());
  }

  /** Returns the first of these variables that has a value. */
  Optional<String> firstOf(List<String> names) {
    return names.stream().filter(name -> variable(name).isPresent()).findFirst();
  }

  /** Returns a file below the home directory; empty without one. */
  Optional<Path> inHome(String name) {
    return variable("HOME").map(home -> Path.of(home).resolve(name));
  }

  /** Returns a directory, or the one above it that is there. */
  static Path existing(Path directory) {
    Path there = directory.toAbsolutePath();
    while (there.getParent() != null && !Files.exists(there)) {
      there = there.getParent();
    }
    return there;
  }

  Options options() {
    return invocation.options();
  }

  boolean hasStore() {
    return !options().get(FleetSettings.STORE).isEmpty()
        || variable(FleetSettings.STORE_VARIABLE).isPresent();
  }

  /** Returns how sources connect, though not for as long. */
  HttpSettings http() {
    return SourceSettings.http(options(), environment()).withTimeouts(PATIENCE, PATIENCE);
  }
}
