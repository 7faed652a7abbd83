package dev.stretcher.examples;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.stretcher.contract.Tools;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A {@link ScratchHost} with processes, a network and control groups of its own, of which systemd
 * is the first process. It runs no unit but what a test starts, and sees no device of this machine.
 */
final class BootedHost {
  private static final Path SYSTEMD = Path.of("/lib/systemd/systemd");

  /**
   * In the namespaces of the host; says, once its root is that of the host, which process of this
   * machine becomes systemd.
   */
  private static final String INIT =
      """
      read -r pid rest </proc/self/stat
      root=$1/root
      mount -t proc proc "$root/proc"
      for file in sys sysrq-trigger; do
        if [ -e "$root/proc/$file" ]; then
          mount --bind "$root/proc/$file" "$root/proc/$file"
          mount -o remount,bind,ro "$root/proc/$file"
        fi
      done
      mount -t sysfs -o ro sysfs "$root/sys"
      mount -t cgroup2 cgroup2 "$root/sys/fs/cgroup"
      mount -t tmpfs -o mode=755 tmpfs "$root/dev"
      for device in null zero full random urandom tty; do
        : >"$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
      done
      ln -s /proc/self/fd "$root/dev/fd"
      mkdir "$root/dev/pts" "$root/dev/shm"
      mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
      ln -s pts/ptmx "$root/dev/ptmx"
      rm -rf "$root"/usr/lib/systemd/system/*.wants "$root"/etc/systemd/system/*.wants
      ln -sf /dev/null "$root/etc/systemd/system/systemd-remount-fs.service"
      : >"$root/etc/fstab"
      exec chroot "$root" sh -c 'echo "$1"; exec env -i container=other \\
        PATH=/usr/sbin:/usr/bin:/sbin:/bin \\
        /lib/systemd/systemd --unit=multi-user.target --show-status=no' sh "$pid"
      """;

  /** Ends the host when STDIN ends or a signal comes, and removes its control groups. */
  private static final String BOOT =
      ScratchHost.ROOT
          + """
          mkdir "$1/cgroup"
          mount -t cgroup2 cgroup2 "$1/cgroup"
          own=$(mktemp -d "$1/cgroup/stretcher.XXXXXX")
          sh -c 'echo $$ >"$2/cgroup.procs"
            exec setpriv --pdeathsig KILL unshare --fork --kill-child --pid --mount --net --cgroup --uts --ipc \\
              --propagation=private sh -eu -c "$3" sh "$1"' \\
            sh "$1" "$own" "$2" </dev/null &
          trap : HUP INT TERM
          exec >/dev/null
          cat || true
          kill -KILL $! || true
          wait
          tries=100
          until find "$own" -depth -type d -exec rmdir {} + 2>/dev/null || [ "$tries" -eq 0 ]; do
            tries=$((tries - 1))
            sleep 0.1
          done
          """;

  private static final String UNTIL_BOOTED =
      """
      tries=300
      until [ -S /run/systemd/private ] || [ "$tries" -eq 0 ]; do
        tries=$((tries - 1))
        sleep 0.1
      done
      systemctl is-system-running --wait || systemctl --failed
      systemctl is-active multi-user.target
      """;

  private BootedHost() {}

  /**
   * Boots one, or skips the test if this kernel lets nobody do that.
   *
   * @param directory an empty one, which is covered meanwhile, and empty again after it
   */
  static ScratchHost over(Path directory) throws IOException, InterruptedException {
    Tools.require("systemctl");
    assumeTrue(Files.isExecutable(SYSTEMD), SYSTEMD + " is not there");
    Process holder = ScratchHost.hold(BOOT, directory.toString(), INIT);
    BufferedReader said = holder.inputReader();
    String pid = said.readLine();
    if (pid == null) {
      holder.getOutputStream().close();
      try (BufferedReader err = holder.errorReader()) {
        assumeTrue(false, "no systemd in namespaces: " + String.join("; ", err.lines().toList()));
      }
    }
    ScratchHost host =
        new ScratchHost(
            holder,
            Long.parseLong(pid),
            List.of("--mount", "--root", "--wd", "--pid", "--net", "--ipc", "--uts", "--cgroup"));
    try {
      host.run(UNTIL_BOOTED);
    } catch (IOException e) {
      host.close();
      assumeTrue(
          Boolean.getBoolean("stretcher.it.required"),
          "systemd does not boot in namespaces: " + e.getMessage());
      throw e;
    }
    return host;
  }
}
