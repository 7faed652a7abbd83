/** Options: how to deploy, where the manifest does not say. */
@NullMarked
package dev.stretcher.option;

import org.jspecify.annotations.NullMarked;
