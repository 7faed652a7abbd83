/** Consul's HTTP API: the key/value store of a fleet, who belongs to it, and user events. */
@NullMarked
package dev.stretcher.sources.internal.consul;

import org.jspecify.annotations.NullMarked;
