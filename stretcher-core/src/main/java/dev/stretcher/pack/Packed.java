package dev.stretcher.pack;

import dev.stretcher.manifest.Digest;

/**
 * An archive that was packed. Immutable.
 *
 * @param checksum the SHA-256 of the archive, for the key {@code checksum} of a manifest
 * @param toc the SHA-256 of its table of contents, for the key {@code toc}
 * @param entries how many entries it has, the root of the tree included
 * @param bytes how many bytes the files of the tree have, holes included
 * @param length how many bytes the archive has
 */
public record Packed(Digest checksum, Digest toc, long entries, long bytes, long length) {}
