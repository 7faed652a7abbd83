package dev.stretcher.cli.log;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Prints lines with a name in front, each at once: several apps share a stream. */
final class PrefixStream extends PrintStream {
  private final PrintStream target;
  private final String prefix;

  PrefixStream(PrintStream out, String name) {
    super(out, true, StandardCharsets.UTF_8);
    this.target = out;
    this.prefix = name + ": ";
  }

  @Override
  public void println(String line) {
    target.println(prefix + line);
  }
}
