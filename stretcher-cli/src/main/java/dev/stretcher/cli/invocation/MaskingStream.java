package dev.stretcher.cli.invocation;

import dev.stretcher.report.Secrets;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Prints lines without secrets. */
final class MaskingStream extends PrintStream {
  private final Secrets secrets;

  MaskingStream(PrintStream out, Secrets secrets) {
    super(out, true, StandardCharsets.UTF_8);
    this.secrets = secrets;
  }

  @Override
  public void println(String line) {
    super.println(secrets.apply(line));
  }
}
