/** A tiny deploy, which loads the classes of the class-data archive. */
@NullMarked
package dev.stretcher.cli.rehearsal;

import org.jspecify.annotations.NullMarked;
