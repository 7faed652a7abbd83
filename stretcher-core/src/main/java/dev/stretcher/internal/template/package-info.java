/**
 * The templates in a manifest, {@code {{ env "NAME" }}}: as much of Go's language for them as
 * manifests use. Knows nothing of manifests, whose text it only expands.
 */
@NullMarked
package dev.stretcher.internal.template;

import org.jspecify.annotations.NullMarked;
