package dev.stretcher.fleet;

import dev.stretcher.json.JsonFields;
import dev.stretcher.json.JsonLine;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * In which order and how far what is desired reaches the hosts. Immutable.
 *
 * @param canary how many hosts get it before all others; 0 for none
 * @param maxParallel how many hosts may switch at once; empty for all
 * @param maxFailures how many hosts may fail before the others do not go on; empty if none holds
 * @param onFailure what is done when more have failed
 * @param isPaused whether no host begins to switch
 * @param began the generation in which the rollout began whose rules these change; 0 for one that
 *     begins now. Failures since then count, and where it failed it is not tried again
 */
public record RolloutRules(
    int canary,
    Optional<MaxParallel> maxParallel,
    Optional<Integer> maxFailures,
    OnFailure onFailure,
    boolean isPaused,
    long began) {
  /** All hosts switch as soon as they can, whatever happens to others. */
  public static final RolloutRules NONE =
      new RolloutRules(0, Optional.empty(), Optional.empty(), OnFailure.HALT, false);

  /** Creates the rules of a rollout that begins. */
  public RolloutRules(
      int canary,
      Optional<MaxParallel> maxParallel,
      Optional<Integer> maxFailures,
      OnFailure onFailure,
      boolean isPaused) {
    this(canary, maxParallel, maxFailures, onFailure, isPaused, 0);
  }

  /** What is done when too many hosts have failed. */
  public enum OnFailure {
    /** The other hosts keep what they have. */
    HALT,
    /** The other hosts keep what they have, and those that switched go back to it. */
    ROLLBACK;

    /** Returns its name in lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static OnFailure of(String label) {
      for (OnFailure each : values()) {
        if (each.label().equals(label)) {
          return each;
        }
      }
      throw new IllegalArgumentException(
          "on_failure is '%s'; expected halt or rollback".formatted(label));
    }
  }

  /**
   * Refuses numbers that mean nothing.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public RolloutRules {
    if (canary < 0) {
      throw new IllegalArgumentException("canary is " + canary + "; expected 0 or more");
    }
    if (maxFailures.isPresent() && maxFailures.get() < 0) {
      throw new IllegalArgumentException(
          "max_failures is " + maxFailures.get() + "; expected 0 or more");
    }
    if (began < 0) {
      throw new IllegalArgumentException("began is " + began + "; expected 0 or more");
    }
  }

  /** Tells whether each host may switch as soon as it can, whatever others do. */
  public boolean isFree() {
    return canary == 0 && maxParallel.isEmpty() && maxFailures.isEmpty() && !isPaused;
  }

  /** Returns them with another answer to whether no host begins to switch. */
  public RolloutRules paused(boolean newPaused) {
    return new RolloutRules(canary, maxParallel, maxFailures, onFailure, newPaused, began);
  }

  /** Returns them for a rollout that began in a generation; 0 for one that begins now. */
  RolloutRules since(long generation) {
    return new RolloutRules(canary, maxParallel, maxFailures, onFailure, isPaused, generation);
  }

  /** Returns what a signature covers; empty for {@link #NONE}. */
  String signedText() {
    if (equals(NONE)) {
      return "";
    }
    String began = this.began == 0 ? "" : "began %s\n".formatted(Long.toString(this.began));
    return "canary %s\nmax_parallel %s\nmax_failures %s\non_failure %s\npaused %s\n"
            .formatted(
                Integer.toString(canary),
                maxParallel.map(MaxParallel::toString).orElse("-"),
                maxFailures.map(String::valueOf).orElse("-"),
                onFailure.label(),
                Boolean.toString(isPaused))
        + began;
  }

  /**
   * Reads the fields that {@link #put} has written.
   *
   * @throws IOException if a number is none
   * @throws IllegalArgumentException if something else is wrong
   */
  static RolloutRules of(JsonFields fields) throws IOException {
    return new RolloutRules(
        fields.get("canary").isPresent() ? Math.toIntExact(fields.requireNumber("canary")) : 0,
        fields.get("max_parallel").map(MaxParallel::parse),
        fields.get("max_failures").isPresent()
            ? Optional.of(Math.toIntExact(fields.requireNumber("max_failures")))
            : Optional.empty(),
        fields.get("on_failure").map(OnFailure::of).orElse(OnFailure.HALT),
        fields.get("paused").map(Boolean::parseBoolean).orElse(false),
        fields.get("began").isPresent() ? fields.requireNumber("began") : 0);
  }

  JsonLine put(JsonLine line) {
    if (equals(NONE)) {
      return line;
    }
    line.put("canary", canary)
        .put("max_parallel", maxParallel.map(MaxParallel::toString))
        .put("max_failures", maxFailures.map(String::valueOf))
        .put("on_failure", onFailure.label())
        .put("paused", String.valueOf(isPaused));
    return began == 0 ? line : line.put("began", began);
  }
}
