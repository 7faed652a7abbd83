package dev.stretcher.fleet;

import java.util.Set;

/** Which hosts of a fleet count. */
public sealed interface Counted {
  /** Those that have said something of the app and are alive in the catalog, if there is one. */
  record Reporting() implements Counted {}

  /** Those of these names. */
  record Named(Set<String> nodes) implements Counted {}

  /** Those that have a service in the catalog. */
  record Having(String service) implements Counted {}
}
