/** The command that publishes a version. */
@NullMarked
package dev.stretcher.cli.publish;

import org.jspecify.annotations.NullMarked;
