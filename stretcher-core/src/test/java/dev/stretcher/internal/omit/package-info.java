/** Tests of what was left out of a staged tree. */
@org.jspecify.annotations.NullMarked
package dev.stretcher.internal.omit;
