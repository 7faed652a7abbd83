/** What is refused because it is too large, too deep or too many. */
@NullMarked
package dev.stretcher.limit;

import org.jspecify.annotations.NullMarked;
