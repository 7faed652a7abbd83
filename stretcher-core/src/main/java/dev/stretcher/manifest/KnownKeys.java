package dev.stretcher.manifest;

import java.util.Set;

/** The keys of a manifest. */
final class KnownKeys {
  static final Set<String> MANIFEST =
      Set.of(
          "src",
          "checksum",
          "dest",
          "dest_mode",
          "commands",
          "excludes",
          "exclude_from",
          "sync_strategy",
          "compare",
          "max_delete",
          "links",
          "env");
  static final Set<String> COMMANDS = Set.of("pre", "post", "success", "failure");

  private KnownKeys() {}
}
