/**
 * Directories that are known by what they are, whatever becomes of their names: who may write in a
 * directory above can put another one, or a link, in their place at any moment.
 *
 * <pre>{@code
 * try (PinnedPlace place = PinnedPlace.hold(Path.of("/srv/app"))) {
 *   work(place.stable());
 *   place.requireSame();
 * }
 * }</pre>
 *
 * <p>And what is opened only to be looked at first, {@link dev.stretcher.file.Provisional}.
 */
@NullMarked
package dev.stretcher.file;

import org.jspecify.annotations.NullMarked;
