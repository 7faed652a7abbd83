/** Events that ask for a deploy: from Consul, from Serf, or a line on STDIN. */
@NullMarked
package dev.stretcher.internal.event;

import org.jspecify.annotations.NullMarked;
