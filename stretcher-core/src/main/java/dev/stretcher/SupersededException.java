package dev.stretcher;

/** A newer event for the same dest came while this one waited. */
final class SupersededException extends Exception {
  private static final long serialVersionUID = 1L;
}
