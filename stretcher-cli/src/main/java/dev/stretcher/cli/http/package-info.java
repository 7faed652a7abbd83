/** The server of HTTP that an agent and the dashboard share, and the figures for Prometheus. */
@NullMarked
package dev.stretcher.cli.http;

import org.jspecify.annotations.NullMarked;
