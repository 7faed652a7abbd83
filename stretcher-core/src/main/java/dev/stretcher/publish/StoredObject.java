package dev.stretcher.publish;

import dev.stretcher.manifest.Digest;
import java.time.Instant;
import java.util.Optional;

/**
 * What a store knows about an object. Immutable.
 *
 * @param name its name
 * @param length how many bytes it has
 * @param sha256 the SHA-256 that the store, or whoever wrote the object, tells of it; empty if
 *     nothing does
 * @param written when it was written, by the store's clock; empty if the store does not tell
 */
public record StoredObject(
    ObjectName name, long length, Optional<Digest> sha256, Optional<Instant> written) {}
