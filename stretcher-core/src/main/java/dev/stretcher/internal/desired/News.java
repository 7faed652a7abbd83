package dev.stretcher.internal.desired;

import dev.stretcher.fleet.AppName;
import dev.stretcher.fleet.DesiredState;
import dev.stretcher.fleet.MalformedValueException;
import dev.stretcher.policy.Policy;
import dev.stretcher.store.KeyValue;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the store has of an app, compared with what is known. Whatever is wrong with it is no news,
 * and never a reason to remove something.
 */
public sealed interface News {
  /** Something else is desired. */
  record Changed(DesiredState desired) implements News {}

  /** The store says what is known. */
  record Confirmed() implements News {}

  /** There is nothing that counts; what is known goes on. */
  record None(String reason) implements News {}

  /**
   * Compares.
   *
   * @param found what the store has
   * @param known what was desired last
   */
  static News of(
      AppName app, Optional<KeyValue> found, Optional<DesiredState> known, Policy policy) {
    if (found.isEmpty()) {
      return new None("the store has none");
    }
    try {
      return of(app, DesiredState.parse(found.get().value()), known, policy);
    } catch (MalformedValueException e) {
      return new None(String.valueOf(e.getMessage()));
    }
  }

  private static News of(
      AppName app, DesiredState desired, Optional<DesiredState> known, Policy policy) {
    if (!desired.app().equals(app)) {
      return new None("it is that of the app " + desired.app());
    }
    Optional<String> refusal = DesiredSignature.refuses(policy, desired);
    if (refusal.isPresent()) {
      return new None(refusal.get());
    }
    return known.isEmpty() ? new Changed(desired) : newer(desired, known.get());
  }

  private static News newer(DesiredState desired, DesiredState known) {
    if (desired.generation() > known.generation()) {
      return new Changed(desired);
    }
    if (desired.generation() < known.generation()) {
      return new None(
          "its generation %s is older than %s, which this host knows; was the store restored? roll out a later generation"
              .formatted(Long.toString(desired.generation()), Long.toString(known.generation())));
    }
    return Arrays.equals(desired.signedText(), known.signedText())
        ? new Confirmed()
        : new None(
            "its generation %s is known with another content; roll out a later generation"
                .formatted(Long.toString(desired.generation())));
  }
}
