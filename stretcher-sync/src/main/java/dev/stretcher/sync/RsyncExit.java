package dev.stretcher.sync;

import java.util.List;
import java.util.Map;

/** Explains the exit status of rsync, after the section EXIT VALUES of rsync(1). */
final class RsyncExit {
  private static final String PERMISSIONS = "correct that, often permissions or a full disk";
  private static final String INSTALLATION = "check the installation of rsync";

  private record Meaning(String text, String remedy) {}

  private static final Map<Integer, Meaning> MEANINGS =
      Map.ofEntries(
          entry(1, "syntax or usage error", "check the excludes of the manifest"),
          entry(2, "protocol incompatibility", INSTALLATION),
          entry(3, "errors selecting input or output files", "check dest and its parent"),
          entry(4, "requested action not supported", INSTALLATION),
          entry(5, "error starting client-server protocol", INSTALLATION),
          entry(10, "error in socket I/O", INSTALLATION),
          entry(11, "error in file I/O", "check dest, its parent and the free space"),
          entry(12, "error in rsync protocol data stream", "check the free space and memory"),
          entry(13, "errors with program diagnostics", INSTALLATION),
          entry(14, "error in IPC code", "check the limits of processes and memory"),
          entry(15, "sibling process crashed", "check the free memory"),
          entry(16, "sibling process was killed by a signal", "check the free memory"),
          entry(19, "received SIGUSR1", "deploy again"),
          entry(20, "received SIGINT, SIGTERM or SIGHUP", "deploy again"),
          entry(21, "some error returned by waitpid()", "deploy again"),
          entry(22, "error allocating memory", "give it more memory"),
          entry(23, "partial transfer due to error", PERMISSIONS),
          entry(24, "partial transfer due to vanished files", "keep others out of TMPDIR"),
          entry(25, "the --max-delete limit stopped deletions", INSTALLATION),
          entry(30, "timeout in data send/receive", "check the disks"),
          entry(35, "timeout waiting for daemon connection", INSTALLATION),
          entry(126, "it cannot be executed", INSTALLATION),
          entry(127, "it was not found", INSTALLATION));

  private RsyncExit() {}

  private static Map.Entry<Integer, Meaning> entry(int status, String text, String remedy) {
    return Map.entry(status, new Meaning(text, remedy));
  }

  /** Returns a line with the meaning of {@code status}, what rsync said, and the remedy. */
  static String explain(int status, List<String> errors) {
    Meaning meaning = MEANINGS.getOrDefault(status, unlisted(status));
    StringBuilder line = new StringBuilder("rsync exit " + status + ": " + meaning.text());
    errors.forEach(error -> line.append("; ").append(error));
    return line.append("; ").append(meaning.remedy()).toString();
  }

  private static Meaning unlisted(int status) {
    return status > 128
        ? new Meaning("killed by signal " + (status - 128), "see who ended it; deploy again")
        : new Meaning("not a status of rsync(1)", INSTALLATION);
  }
}
