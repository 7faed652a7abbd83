package dev.stretcher.process;

import java.io.IOException;
import java.time.Duration;

/**
 * Runs a program in a process group of its own, so that the program can be ended together with its
 * children.
 *
 * <p>The group needs {@code setsid} (util-linux, busybox) in PATH; without it, the children that
 * are known at that moment are ended one by one. Stateless and thread-safe.
 */
public final class ChildProcess {
  private ChildProcess() {}

  /**
   * Runs a program to its end.
   *
   * <p>Lines are delivered while it runs: decoded as UTF-8 (what is not becomes U+FFFD), without LF
   * or CR LF; a line of more than 65536 characters comes in pieces. The program has ended when its
   * process has. If a child that it left behind still holds its output, the lines of one more
   * second are delivered, and the child lives on; on Linux it can go on writing, but its output is
   * lost. No line is delivered after this method returned.
   *
   * <p>A program that does not read its input, or not all of it, is no error.
   *
   * @return the exit status; 128 and more is a signal's number plus 128
   * @throws IOException if the program could not be started, or its input could not be read
   * @throws InterruptedException if the thread was interrupted. The process group was sent TERM
   *     and, after the grace period or a second interrupt, KILL
   * @throws RuntimeException what the consumer of lines threw; it was not called again, and the
   *     program ran to its end
   */
  public static int run(Command command) throws IOException, InterruptedException {
    Interrupts.requireNone();
    SearchPath programs = SearchPath.of(command);
    Launcher launcher = new Launcher(command, programs);
    Process process = launcher.start();
    ProcessGroup group = new ProcessGroup(process, launcher.ownGroup(), programs);
    try (Conversation conversation = new Conversation(process, command, programs)) {
      conversation.start();
      int status = awaitEnd(process, group, conversation, command.grace());
      conversation.rethrowFailure();
      return status;
    }
  }

  // Output is read while the group ends, or a child that writes its last words would not end.
  private static int awaitEnd(
      Process process, ProcessGroup group, Conversation conversation, Duration grace)
      throws InterruptedException {
    try {
      int status = process.waitFor();
      conversation.finish();
      // It may have ended because its gate did not open, in a thread that is interrupted.
      Interrupts.requireNone();
      return status;
    } catch (InterruptedException e) {
      group.end(grace);
      throw e;
    }
  }
}
