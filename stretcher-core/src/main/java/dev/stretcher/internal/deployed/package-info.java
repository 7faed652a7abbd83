/**
 * What was deployed to a dest last, as the table of contents of its archive has it: what dest's
 * files are known to contain, and whether they are still like that.
 */
@NullMarked
package dev.stretcher.internal.deployed;

import org.jspecify.annotations.NullMarked;
