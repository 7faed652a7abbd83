package dev.stretcher.internal.sync;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.manifest.RuleKey;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.release.ReleaseSyncer;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.spi.Syncer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The syncer that a manifest or the options name.
 *
 * @param name its name
 * @param syncer the syncer; empty if there is none of that name
 * @param obstacle why it cannot do what the manifest wants
 */
record SyncerChoice(String name, Optional<Syncer> syncer, Optional<Failure> obstacle) {
  /** The syncer of this project that keeps releases. */
  private static final String RELEASE = "release";

  static SyncerChoice of(Engine engine, Optional<String> strategy, SyncRules rules) {
    String name = strategy.orElse(engine.options().get(Settings.SYNC_STRATEGY));
    Optional<Syncer> syncer = engine.plugins().syncer(name);
    return new SyncerChoice(
        name,
        syncer,
        syncer.isPresent()
            ? unsupported(engine, syncer.get(), rules)
            : Optional.of(unknown(engine, name)));
  }

  /** Tells why a manifest that wants a rollback is refused, if the syncer cannot do that. */
  Optional<Failure> noWayBack() {
    if (syncer.isEmpty() || syncer.get() instanceof ReleaseSyncer) {
      return Optional.empty();
    }
    return Optional.of(
        Failure.of("sync_strategy %s keeps no releases to go back to".formatted(name))
            .withRemedy("use sync_strategy: " + RELEASE + ", or remove on_failure"));
  }

  private static Failure unknown(Engine engine, String name) {
    return Failure.of("there is no sync_strategy '%s'".formatted(name))
        .withRemedy("use one of " + String.join(", ", engine.plugins().strategies()));
  }

  private static Optional<Failure> unsupported(Engine engine, Syncer syncer, SyncRules rules) {
    Set<RuleKey<?>> keys;
    try {
      keys = syncer.unsupported(rules);
    } catch (RuntimeException e) {
      return Optional.of(Failure.of(syncer.name() + ": " + Reason.of(e), e));
    }
    return keys.isEmpty()
        ? Optional.empty()
        : Optional.of(unsupported(engine, syncer, rules, keys));
  }

  private static Failure unsupported(
      Engine engine, Syncer syncer, SyncRules rules, Set<RuleKey<?>> keys) {
    List<String> names = new ArrayList<>();
    keys.forEach(key -> names.add(key.name()));
    String what =
        "sync_strategy %s cannot keep to %s".formatted(syncer.name(), String.join(", ", names));
    return Failure.of(what)
        .withRemedy(
            "remove %s from the manifest".formatted(keys.size() == 1 ? "it" : "them")
                + another(engine, rules));
  }

  /** Names the syncer that supports most rules, or that of releases, if it supports these. */
  private static String another(Engine engine, SyncRules rules) {
    for (String name : List.of(Options.DEFAULT.get(Settings.SYNC_STRATEGY), RELEASE)) {
      Optional<Syncer> syncer = engine.plugins().syncer(name);
      if (syncer.isPresent() && syncer.get().unsupported(rules).isEmpty()) {
        return ", or set sync_strategy: " + name;
      }
    }
    return "";
  }
}
