package dev.stretcher.examples;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A host that has what this machine has, but nothing of Stretcher, and is forgotten at the end:
 * what is written there is kept in memory, and nothing of it reaches this machine. Its processes
 * are those of this machine.
 */
final class ScratchHost implements AutoCloseable {
  /** Where the host itself can see what was written. */
  private static final String WRITTEN = "/mnt";

  /**
   * Mounts its root at {@code $1/root}. To an overlay, a device with the number 0 says that what
   * lies below it is not there.
   */
  static final String ROOT =
      """
      set -e
      mount -t tmpfs -o mode=755 tmpfs "$1"
      mkdir "$1/written" "$1/work" "$1/root"
      for directory in etc var/cache var/lib; do
        mkdir -p "$1/less/$directory"
        mknod "$1/less/$directory/stretcher" c 0 0
      done
      mount -t overlay overlay -o "lowerdir=$1/less:/,upperdir=$1/written,workdir=$1/work" "$1/root"
      mount -t tmpfs -o mode=755 tmpfs "$1/root/run"
      mount -t tmpfs -o mode=1777 tmpfs "$1/root/tmp"
      mount --bind "$1/written" "$1/root/mnt"
      """;

  private static final String ENTER =
      ROOT
          + """
          mount --rbind /proc "$1/root/proc"
          mount --rbind /dev "$1/root/dev"
          exec chroot "$1/root" sh -c 'cd /; echo ready; exec cat'
          """;

  private final Process holder;
  private final long pid;
  private final List<String> namespaces;

  /**
   * Creates one.
   *
   * @param holder ends the host when its STDIN ends
   * @param pid a process of the host
   * @param namespaces the options of {@code nsenter} by which one enters it
   */
  ScratchHost(Process holder, long pid, List<String> namespaces) {
    this.holder = holder;
    this.pid = pid;
    this.namespaces = namespaces;
  }

  /**
   * Makes one.
   *
   * @param directory an empty one, which is covered meanwhile, and empty again after it
   */
  static ScratchHost over(Path directory) throws IOException {
    Process holder = hold(ENTER, directory.toString());
    BufferedReader said = holder.inputReader();
    if (!"ready".equals(said.readLine())) {
      try (BufferedReader err = holder.errorReader()) {
        throw new IOException("no scratch host: " + String.join("; ", err.lines().toList()));
      }
    }
    return new ScratchHost(holder, holder.pid(), List.of("--mount", "--root", "--wd"));
  }

  /** Starts a script, which may mount what no other process of this machine sees. */
  static Process hold(String script, String... arguments) throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root may mount");
    Tools.require("nsenter");
    List<String> command =
        new ArrayList<>(
            List.of("unshare", "--mount", "--propagation=private", "sh", "-c", script, "sh"));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).start();
  }

  /** Returns a file of the host, as this machine sees it. */
  Path path(String absolute) {
    return Path.of("/proc/" + pid + "/root" + absolute);
  }

  /** Returns the file with which the host's own file system differs from that of this machine. */
  Path written(String relative) {
    return path(WRITTEN + "/" + relative);
  }

  /** Returns what starts a program on the host, which is then the process that was started. */
  ProcessBuilder program(String... command) {
    List<String> entered = new ArrayList<>(List.of("nsenter", "--target=" + pid));
    entered.addAll(namespaces);
    entered.addAll(
        List.of("env", "-i", "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"));
    entered.add("LC_ALL=C.UTF-8");
    entered.addAll(List.of(command));
    return new ProcessBuilder(entered);
  }

  /** Runs the lines of a script to their end; fails if one of them does. */
  String run(String script) throws IOException, InterruptedException {
    Process shell = program("sh", "-eu", "-c", script).redirectErrorStream(true).start();
    shell.getOutputStream().close();
    String said = String.join("\n", shell.inputReader().lines().toList());
    if (shell.waitFor() != 0) {
      throw new IOException(script + ": " + said);
    }
    return said;
  }

  @Override
  public void close() throws IOException, InterruptedException {
    holder.getOutputStream().close();
    holder.waitFor();
  }
}
