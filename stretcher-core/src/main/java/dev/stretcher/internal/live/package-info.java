/** What is live of an app on this host, as it is measured, and what its agent remembers of it. */
@NullMarked
package dev.stretcher.internal.live;

import org.jspecify.annotations.NullMarked;
