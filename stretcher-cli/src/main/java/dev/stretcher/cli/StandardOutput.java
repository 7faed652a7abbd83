package dev.stretcher.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** STDOUT, which knows whether something of it was lost: a {@link PrintStream} does not say why. */
final class StandardOutput extends FilterOutputStream {
  /** That of a program that SIGPIPE has ended, which the JVM ignores. */
  private static final int READER_LEFT = 141;

  private volatile @Nullable IOException failure;

  StandardOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    IOException earlier = failure;
    if (earlier != null) {
      throw earlier;
    }
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /**
   * Returns the status with which the program ends, and says so if something was lost. A reader
   * that has left, such as {@code head}, wanted no more: nothing is said.
   *
   * @param status that of the command
   */
  int status(int status, PrintStream err) {
    IOException lost = failure;
    if (lost == null || status != 0) {
      return status;
    }
    String reason = String.valueOf(lost.getMessage());
    if (reason.contains("Broken pipe")) {
      return READER_LEFT;
    }
    err.println("stretcher: cannot write to STDOUT: " + reason);
    return 1;
  }
}
