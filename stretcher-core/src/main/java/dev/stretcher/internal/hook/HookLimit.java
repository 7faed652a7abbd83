package dev.stretcher.internal.hook;

import dev.stretcher.manifest.CommandList;
import dev.stretcher.report.StretcherException.Failure;
import dev.stretcher.text.GoDuration;
import java.time.Duration;
import java.util.Optional;

/**
 * A limit of the time that a command may take.
 *
 * @param whose what it belongs to: the command itself or its list
 * @param said the limit in the manifest, in words
 * @param left the time that is left
 */
record HookLimit(String whose, String said, Duration left) {
  /** Returns the limit that ends first: that of the command or that of its list. */
  static Optional<HookLimit> of(CommandList list, CommandList.Item command, Duration used) {
    Optional<HookLimit> own =
        command.timeout().map(said -> new HookLimit("it", GoDuration.format(said), said));
    return list.timeout()
        .map(
            said ->
                new HookLimit("the list that it is in", GoDuration.format(said), said.minus(used)))
        .map(whole -> own.filter(limit -> limit.isBefore(whole)).or(() -> Optional.of(whole)))
        .orElse(own);
  }

  /** Returns the one of two limits that ends first. */
  HookLimit orEarlier(HookLimit other) {
    return other.isBefore(this) ? other : this;
  }

  private boolean isBefore(HookLimit other) {
    return left.compareTo(other.left) <= 0;
  }

  /** Says that a command exceeded it. */
  Failure exceeded() {
    return Failure.of(
            "%s did not end within %s, and it was ended with its process group"
                .formatted(whose, said))
        .withRemedy("find out what it waits for, or raise that timeout");
  }
}
