/** What an agent tells those who watch it, over HTTP: its health and its figures. */
@NullMarked
package dev.stretcher.cli.monitor;

import org.jspecify.annotations.NullMarked;
