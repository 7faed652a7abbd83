/** The manifest: what is to be deployed, and the reader of its YAML form. */
@NullMarked
package dev.stretcher.manifest;

import org.jspecify.annotations.NullMarked;
