/** Tests of archives, with GNU tar as the oracle. */
@org.jspecify.annotations.NullMarked
package dev.stretcher.internal.unpack;
