/**
 * Packs a directory into an archive of which a deploy fetches only what changed.
 *
 * <pre>{@code
 * Packed packed = Packer.of(Path.of("build/shop")).pack(Path.of("shop-1.2.tar.gz"));
 * System.out.println("checksum: " + packed.checksum());
 * System.out.println("toc: " + packed.toc());
 * }</pre>
 */
@NullMarked
package dev.stretcher.pack;

import org.jspecify.annotations.NullMarked;
