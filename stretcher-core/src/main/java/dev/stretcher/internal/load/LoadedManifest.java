package dev.stretcher.internal.load;

import dev.stretcher.manifest.Manifest;

/**
 * A manifest as it was fetched.
 *
 * @param sha256 the digest of its bytes, in hexadecimal
 */
public record LoadedManifest(Manifest manifest, String sha256) {}
