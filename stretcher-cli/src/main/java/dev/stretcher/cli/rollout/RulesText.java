package dev.stretcher.cli.rollout;

import dev.stretcher.fleet.RolloutRules;
import dev.stretcher.fleet.RolloutRules.OnFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules in words, such as {@code canary 1, at most 10% at once, at most 1 failure}. */
public final class RulesText {
  private RulesText() {}

  /** Returns the words; empty if each host may switch as soon as it can. */
  public static Optional<String> of(RolloutRules rules) {
    List<String> words = new ArrayList<>();
    if (rules.isPaused()) {
      words.add("paused");
    }
    if (rules.canary() > 0) {
      words.add("canary " + rules.canary());
    }
    rules.maxParallel().ifPresent(most -> words.add("at most %s at once".formatted(most)));
    rules
        .maxFailures()
        .ifPresent(most -> words.add("at most " + most + (most == 1 ? " failure" : " failures")));
    if (rules.onFailure() == OnFailure.ROLLBACK) {
      words.add("then rollback");
    }
    return words.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", words));
  }
}
