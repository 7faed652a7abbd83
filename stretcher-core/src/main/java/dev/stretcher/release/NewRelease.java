package dev.stretcher.release;

import dev.stretcher.manifest.Digest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/**
 * What a release is made of, as the engine knows it before the release is there. Immutable.
 *
 * @param id its name: that of {@code release.id} in the manifest, else {@link #idOf}, to which a
 *     syncer adds {@code -2}, {@code -3} and so on if it is taken
 * @param made when its deploy began
 * @param manifestUrl where the manifest was, without secrets
 * @param manifestDigest the SHA-256 of the manifest in hexadecimal
 * @param archive the digest that the manifest gives for the archive; empty if a verifier of a
 *     plug-in stands for it
 * @param manifest the manifest as text, whose {@code post} and {@code health} commands run when the
 *     release becomes live again. It may have secrets: it is kept where only the agent's user reads
 *     it, and is shown to nobody
 * @param treeRules what makes the tree besides the archive and the rules of the sync, as a text:
 *     the mode of dest, and what becomes of the archive's links. Releases of one archive are alike
 *     only if these are equal
 */
public record NewRelease(
    String id,
    Instant made,
    String manifestUrl,
    String manifestDigest,
    Optional<Digest> archive,
    String manifest,
    String treeRules) {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int DIGITS = 4;

  /**
   * Returns the name of a release to which the manifest gives none, such as {@code
   * 20261127T104512Z-9f3c}: of the time and of the archive's digest, or of the manifest's where the
   * archive has none.
   */
  public static String idOf(Instant made, Optional<Digest> archive, String manifestDigest) {
    String digest = archive.map(Digest::hex).orElse(manifestDigest);
    return TIME.format(made) + "-" + digest.substring(0, Math.min(DIGITS, digest.length()));
  }

  /** Returns it as any record, but without the manifest, which may have secrets. */
  @Override
  public String toString() {
    return "NewRelease[id=%s, made=%s, manifestUrl=%s, manifestDigest=%s, archive=%s, treeRules=%s]"
        .formatted(id, made, manifestUrl, manifestDigest, archive, treeRules);
  }
}
