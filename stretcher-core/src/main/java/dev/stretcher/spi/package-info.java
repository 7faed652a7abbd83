/** The plug-in points: sources, verifiers, syncers, hook runners and event sources. */
@NullMarked
package dev.stretcher.spi;

import org.jspecify.annotations.NullMarked;
