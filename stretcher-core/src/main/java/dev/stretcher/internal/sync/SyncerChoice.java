package dev.stretcher.internal.sync;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.manifest.RuleKey;
import dev.stretcher.manifest.SyncRules;
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
 * @param syncer empty if there is none of that name
 * @param obstacle why it cannot do what the manifest asks for
 */
record SyncerChoice(String name, Optional<Syncer> syncer, Optional<Failure> obstacle) {
  static SyncerChoice of(Engine engine, Optional<String> strategy, SyncRules rules) {
    String name = strategy.orElse(engine.options().syncStrategy());
    Optional<Syncer> syncer = engine.plugins().syncer(name);
    return new SyncerChoice(
        name,
        syncer,
        syncer.isPresent()
            ? unsupported(engine, syncer.get(), rules)
            : Optional.of(unknown(engine, name)));
  }

  private static Failure unknown(Engine engine, String name) {
    return Failure.of("there is no sync_strategy '%s'".formatted(name))
        .withRemedy("use one of " + String.join(", ", engine.plugins().strategies()));
  }

  private static Optional<Failure> unsupported(Engine engine, Syncer syncer, SyncRules rules) {
    try {
      Set<RuleKey<?>> keys = syncer.unsupported(rules);
      return keys.isEmpty()
          ? Optional.empty()
          : Optional.of(unsupported(engine, syncer, rules, keys));
    } catch (RuntimeException e) {
      return Optional.of(Failure.of(syncer.name() + ": " + Reason.of(e), e));
    }
  }

  private static Failure unsupported(
      Engine engine, Syncer syncer, SyncRules rules, Set<RuleKey<?>> keys) {
    List<String> names = new ArrayList<>();
    keys.forEach(key -> names.add(key.name()));
    String what =
        "sync_strategy %s cannot keep to %s".formatted(syncer.name(), String.join(", ", names));
    return Failure.of(what).withRemedy("remove it from the manifest" + others(engine, rules));
  }

  /** Names the syncers that can. */
  private static String others(Engine engine, SyncRules rules) {
    List<String> able = new ArrayList<>();
    for (String name : engine.plugins().strategies()) {
      if (engine.plugins().syncer(name).orElseThrow().unsupported(rules).isEmpty()) {
        able.add(name);
      }
    }
    return able.isEmpty() ? "" : ", or set sync_strategy: " + String.join(" or ", able);
  }
}
