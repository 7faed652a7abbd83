/** The staging directory, the archive in it, and the leftovers of killed deploys. */
@NullMarked
package dev.stretcher.internal.stage;

import org.jspecify.annotations.NullMarked;
