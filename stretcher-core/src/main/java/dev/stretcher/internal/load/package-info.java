/** The manifest: its place, its bytes, its pin, its signature, and whether the policy allows it. */
@NullMarked
package dev.stretcher.internal.load;

import org.jspecify.annotations.NullMarked;
