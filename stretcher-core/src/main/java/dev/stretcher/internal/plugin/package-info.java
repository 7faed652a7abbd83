/** Finds the plug-ins: given ones first, then those on the class path. */
@NullMarked
package dev.stretcher.internal.plugin;

import org.jspecify.annotations.NullMarked;
