package dev.stretcher.internal.load;

import dev.stretcher.manifest.Manifest;
import dev.stretcher.manifest.ManifestWriter;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * A manifest as it was fetched.
 *
 * @param sha256 the digest of its bytes, in hexadecimal
 */
public record LoadedManifest(Manifest manifest, String sha256) {
  /** Returns a manifest with the digest of the text that it would be written as. */
  public static LoadedManifest written(Manifest manifest) {
    return new LoadedManifest(manifest, DigestUtils.sha256Hex(ManifestWriter.write(manifest)));
  }
}
