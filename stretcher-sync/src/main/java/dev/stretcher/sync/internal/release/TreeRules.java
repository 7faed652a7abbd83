package dev.stretcher.sync.internal.release;

import dev.stretcher.manifest.ReleaseRules.Shared;
import dev.stretcher.manifest.SyncRules;
import dev.stretcher.text.NativeText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What makes the tree of a release besides its archive, in short. */
final class TreeRules {
  private static final int DIGITS = 16;

  private TreeRules() {}

  /**
   * Returns a digest of it.
   *
   * @param others those that only the engine knows
   */
  static String digest(String others, SyncRules rules) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(others.getBytes(StandardCharsets.UTF_8));
      for (Shared each : rules.release().shared()) {
        // Whether it may be made does not change the tree.
        digest.update((byte) 0);
        digest.update(NativeText.bytes(each.path()));
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
