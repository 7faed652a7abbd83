package dev.stretcher.internal.desired;

import dev.stretcher.fleet.DesiredState;
import dev.stretcher.internal.live.Memory;
import dev.stretcher.internal.load.Minisignature;
import dev.stretcher.policy.Policy;
import dev.stretcher.policy.TrustedKey;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Who has signed what is desired, if {@link Policy#keys} wants that. */
public final class DesiredSignature {
  private DesiredSignature() {}

  /** Returns why what is remembered is not to be believed: the keys may be others by now. */
  public static Optional<String> refuses(Policy policy, Memory memory) {
    return memory.desired().flatMap(desired -> refuses(policy, desired));
  }

  /** Returns what is remembered, without a desired state that is not to be believed. */
  public static Memory believed(Policy policy, Memory memory) {
    return refuses(policy, memory).isPresent() ? memory.withoutDesired() : memory;
  }

  /** Returns why a desired state is not to be believed. */
  public static Optional<String> refuses(Policy policy, DesiredState desired) {
    if (policy.keys().isEmpty()) {
      return Optional.empty();
    }
    if (desired.signature().isEmpty()) {
      return Optional.of("it is not signed, and require_signature asks for it");
    }
    byte[] text = desired.signature().get().getBytes(StandardCharsets.UTF_8);
    Optional<Minisignature> signature = Minisignature.parse(text);
    if (signature.isEmpty()) {
      return Optional.of("what it has for a signature is none of minisign");
    }
    return refuses(policy, signature.get(), desired.signedText());
  }

  private static Optional<String> refuses(Policy policy, Minisignature signature, byte[] text) {
    boolean known = false;
    for (TrustedKey key : policy.keys()) {
      if (key.id().equals(signature.keyId())) {
        known = true;
        if (signature.isBy(key, text)) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(
        known
            ? "its signature is wrong, it or the signature was changed"
            : "it is signed by the key %s, which require_signature does not name"
                .formatted(signature.keyId()));
  }
}
