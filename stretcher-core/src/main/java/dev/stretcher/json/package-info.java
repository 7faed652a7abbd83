/** JSON objects whose values are texts and numbers: a line of a file, or a value of a store. */
@NullMarked
package dev.stretcher.json;

import org.jspecify.annotations.NullMarked;
