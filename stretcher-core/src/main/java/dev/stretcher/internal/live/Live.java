package dev.stretcher.internal.live;

import dev.stretcher.manifest.Digest;
import java.util.Optional;

/**
 * What is live of an app, as it was measured. Immutable.
 *
 * @param digest that of the manifest; empty if it is not known
 * @param isGood whether its commands have passed
 * @param dest the directory, as the manifest names it
 * @param release the release that its link leads to
 * @param asOf the ID of the deploy that the ledger has last of it
 */
public record Live(
    Optional<String> digest,
    boolean isGood,
    Optional<String> dest,
    Optional<String> release,
    Optional<String> asOf) {
  /** Tells whether a manifest is live and good. */
  public boolean is(Digest pin) {
    return isGood && digest.equals(Optional.of(pin.hex()));
  }
}
