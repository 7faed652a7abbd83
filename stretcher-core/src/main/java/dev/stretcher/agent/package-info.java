/** The resident agent of a host: keeps apps at their desired state, and says so in the store. */
@NullMarked
package dev.stretcher.agent;

import org.jspecify.annotations.NullMarked;
