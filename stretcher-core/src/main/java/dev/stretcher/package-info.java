/**
 * Deploys an archive to a directory: fetch, verify, unpack, sync, with hooks around it.
 *
 * <pre>{@code
 * try (Stretcher stretcher = Stretcher.builder().build()) {
 *   stretcher.deploy(URI.create("https://example.com/app.yml"));
 * }
 * }</pre>
 */
@NullMarked
package dev.stretcher;

import org.jspecify.annotations.NullMarked;
