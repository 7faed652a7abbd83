package dev.stretcher.cli.rollout;

import dev.stretcher.cli.flag.CommandFlag;
import dev.stretcher.cli.flag.UsageException;
import dev.stretcher.fleet.MaxParallel;
import dev.stretcher.fleet.RolloutRules;
import dev.stretcher.fleet.RolloutRules.OnFailure;
import dev.stretcher.option.Kinds;
import dev.stretcher.option.Options;
import dev.stretcher.option.Setting;
import java.util.List;
import java.util.Optional;

/** The flags that say in which order and how far a version reaches the hosts. */
public final class RuleFlags {
  private static final Setting<Integer> CANARY =
      CommandFlag.of(
          "canary",
          Kinds.INT.from(0),
          0,
          "How many hosts get it before all others, which wait until it is live there.");

  private static final Setting<String> MAX_PARALLEL =
      CommandFlag.text(
          "max-parallel",
          "N[%]",
          "all",
          "How many hosts may switch at once, or which part of them.");

  private static final Setting<String> MAX_FAILURES =
      CommandFlag.text(
          "max-failures",
          "N",
          "any number",
          "How many hosts it may fail on before the others do not go on.");

  private static final Setting<OnFailure> ON_FAILURE =
      CommandFlag.of(
          "on-failure",
          Kinds.oneOf(OnFailure.values()),
          OnFailure.HALT,
          "What hosts that have switched do when it failed on too many: halt, they keep it;"
              + " rollback, they go back.");

  /** All of them. */
  public static final List<Setting<?>> ALL =
      List.of(CANARY, MAX_PARALLEL, MAX_FAILURES, ON_FAILURE);

  private RuleFlags() {}

  /** Tells whether one of them is given. */
  public static boolean areGiven(Options options) {
    return ALL.stream().anyMatch(options::isSet);
  }

  /**
   * Returns the rules of a rollout that begins.
   *
   * @throws UsageException if a value means nothing
   */
  public static RolloutRules of(Options options) throws UsageException {
    RolloutRules rules = over(RolloutRules.NONE, options);
    if (rules.onFailure() == OnFailure.ROLLBACK
        && rules.canary() == 0
        && rules.maxFailures().isEmpty()) {
      throw new UsageException(
          "--on-failure=rollback needs --max-failures or --canary, which say when it has failed");
    }
    return rules;
  }

  /**
   * Returns rules with those that are given in place of theirs.
   *
   * @throws UsageException if a value means nothing
   */
  static RolloutRules over(RolloutRules rules, Options options) throws UsageException {
    return new RolloutRules(
        options.isSet(CANARY) ? options.get(CANARY) : rules.canary(),
        options.isSet(MAX_PARALLEL)
            ? Optional.of(maxParallel(options.get(MAX_PARALLEL)))
            : rules.maxParallel(),
        options.isSet(MAX_FAILURES)
            ? Optional.of(maxFailures(options.get(MAX_FAILURES)))
            : rules.maxFailures(),
        options.isSet(ON_FAILURE) ? options.get(ON_FAILURE) : rules.onFailure(),
        rules.isPaused(),
        rules.began());
  }

  private static MaxParallel maxParallel(String text) throws UsageException {
    try {
      return MaxParallel.parse(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "--max-parallel is '%s'; expected a number of hosts such as 3, or a part of them such as 10%%"
              .formatted(text));
    }
  }

  private static int maxFailures(String text) throws UsageException {
    try {
      int number = Integer.parseInt(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new UsageException(
        "--max-failures is '%s'; expected a number of hosts, such as 0".formatted(text));
  }
}
