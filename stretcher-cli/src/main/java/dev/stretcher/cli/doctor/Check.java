package dev.stretcher.cli.doctor;

import java.io.IOException;
import java.util.List;

/**
 * Looks at one thing on this host. To add one, write its class and put it into {@link
 * Examination#ALL}.
 */
interface Check {
  /** Returns what it looks at, in a word or two. */
  String name();

  /**
   * Looks, and changes nothing.
   *
   * @return nothing if there is nothing to say on this host
   * @throws IOException if it cannot look, which is a problem
   */
  List<Finding> look(Host host) throws IOException, InterruptedException;
}
