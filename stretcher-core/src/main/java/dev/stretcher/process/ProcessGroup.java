package dev.stretcher.process;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A child and its children.
 *
 * <p>The child leads a process group with its own pid as number, if it was started by {@code
 * setsid}. The number stays reserved while the group has members, so that it can be signalled after
 * the child is gone; once another process has that pid, the group is no longer ours.
 */
final class ProcessGroup {
  private static final Duration AFTER_KILL = Duration.ofSeconds(2);
  private static final long POLL_MILLIS = 20;

  private final Process leader;
  private final boolean own;
  private final SearchPath programs;

  ProcessGroup(Process leader, boolean own, SearchPath programs) {
    this.leader = leader;
    this.own = own;
    this.programs = programs;
  }

  /** Ends all members: TERM, and KILL for those that are left after {@code grace}. */
  void end(Duration grace) {
    List<ProcessHandle> descendants = leader.descendants().toList();
    try {
      signal("TERM", descendants);
      if (awaitEnd(grace, descendants)) {
        return;
      }
    } catch (InterruptedException e) {
      Diagnostics.debug(ProcessGroup.class, "interrupted again: no more patience", e);
    }
    signal("KILL", descendants);
    try {
      awaitEnd(AFTER_KILL, descendants);
    } catch (InterruptedException e) {
      Diagnostics.debug(ProcessGroup.class, "the kernel ends them without us", e);
    }
  }

  private boolean awaitEnd(Duration limit, List<ProcessHandle> descendants)
      throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (isAlive(descendants)) {
      if (System.nanoTime() - deadline >= 0) {
        return false;
      }
      Thread.sleep(POLL_MILLIS);
    }
    return true;
  }

  private boolean isAlive(List<ProcessHandle> descendants) {
    if (leader.isAlive()) {
      return true;
    }
    return own
        ? isOurs() && GroupMembers.exist(leader.pid())
        : descendants.stream().anyMatch(ProcessHandle::isAlive);
  }

  private boolean isOurs() {
    return leader.pid() > 1 && (leader.isAlive() || ProcessHandle.of(leader.pid()).isEmpty());
  }

  private void signal(String name, List<ProcessHandle> descendants) {
    // A child that was interrupted before setsid did its work has no group yet.
    if (own && isOurs() && kill(name)) {
      return;
    }
    boolean force = name.equals("KILL");
    Stream.concat(Stream.of(leader.toHandle()), own ? Stream.empty() : descendants.stream())
        .forEach(process -> signal(process, force));
  }

  private static void signal(ProcessHandle process, boolean force) {
    if (force) {
      process.destroyForcibly();
    } else {
      process.destroy();
    }
  }

  private boolean kill(String signal) {
    try {
      // The shell's own kill: with a signal first, each takes a negative number for a group.
      Process kill =
          new ProcessBuilder(programs.require("sh"), "-c", "kill -" + signal + " -" + leader.pid())
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return kill.onExit().join().exitValue() == 0;
    } catch (IOException e) {
      Diagnostics.warn(ProcessGroup.class, "no shell to end a process group with", e);
      return false;
    }
  }
}
