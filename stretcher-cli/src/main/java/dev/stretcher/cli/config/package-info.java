/** The configuration of a host. */
@NullMarked
package dev.stretcher.cli.config;

import org.jspecify.annotations.NullMarked;
