/** What is wrong with this host, and what to do about it. */
@NullMarked
package dev.stretcher.cli.doctor;

import org.jspecify.annotations.NullMarked;
