/** A double of Consul's HTTP API, for tests and demonstrations on machines without Consul. */
@NullMarked
package dev.stretcher.testing.consul;

import org.jspecify.annotations.NullMarked;
