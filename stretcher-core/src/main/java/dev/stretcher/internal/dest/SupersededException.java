package dev.stretcher.internal.dest;

/** A newer event for the same dest came while this event waited. */
public final class SupersededException extends Exception {
  private static final long serialVersionUID = 1L;
}
