/** The page that shows a fleet, and its JSON. */
@NullMarked
package dev.stretcher.cli.dashboard;

import org.jspecify.annotations.NullMarked;
