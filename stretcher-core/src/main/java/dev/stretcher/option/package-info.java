/** How to deploy, as far as the manifest does not say. */
@NullMarked
package dev.stretcher.option;

import org.jspecify.annotations.NullMarked;
