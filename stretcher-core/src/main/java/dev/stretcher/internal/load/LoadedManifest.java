package dev.stretcher.internal.load;

import dev.stretcher.manifest.Manifest;
import dev.stretcher.yaml.Problem;
import java.util.List;

/**
 * A manifest as it was fetched.
 *
 * @param warnings what is odd in it
 * @param sha256 the digest of its bytes, in hexadecimal
 */
public record LoadedManifest(Manifest manifest, List<Problem> warnings, String sha256) {}
