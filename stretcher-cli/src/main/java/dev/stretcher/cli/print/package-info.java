/** How commands print answers: tables and sentences for people, JSON for programs. */
@NullMarked
package dev.stretcher.cli.print;

import org.jspecify.annotations.NullMarked;
