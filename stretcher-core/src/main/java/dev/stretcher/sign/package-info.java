/**
 * Signing with the secret keys of <a href="https://jedisct1.github.io/minisign/">minisign</a>, for
 * hosts that require signatures.
 *
 * <pre>{@code
 * try (SecretKey key = SecretKey.read(Path.of("minisign.key"), Password.ofFile(Path.of("password")))) {
 *   String signature = key.sign(manifest, "shop.yml", Instant.now());
 *   ...
 * }
 * }</pre>
 */
@NullMarked
package dev.stretcher.sign;

import org.jspecify.annotations.NullMarked;
