/** How sources connect and introduce themselves. */
@NullMarked
package dev.stretcher.sources.setting;

import org.jspecify.annotations.NullMarked;
