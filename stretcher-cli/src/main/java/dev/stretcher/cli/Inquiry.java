package dev.stretcher.cli;

/**
 * A command that may be run only to find something out. Its exit status is the answer, and stays as
 * it is under {@code consul watch} too.
 */
interface Inquiry {
  /** Tells whether it is, with the arguments that it got. */
  boolean isInquiry();
}
