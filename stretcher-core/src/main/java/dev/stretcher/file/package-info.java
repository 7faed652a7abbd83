/**
 * Directories that are identified by their inode, not by their name: a user who may write in a
 * directory above can put another directory, or a link, in their place at any moment.
 *
 * <pre>{@code
 * try (PinnedPlace place = PinnedPlace.hold(Path.of("/srv/app"))) {
 *   work(place.stable());
 *   place.requireSame();
 * }
 * }</pre>
 *
 * <p>{@link dev.stretcher.file.Provisional} is a resource that is opened, checked first, and closed
 * if the check fails.
 */
@NullMarked
package dev.stretcher.file;

import org.jspecify.annotations.NullMarked;
