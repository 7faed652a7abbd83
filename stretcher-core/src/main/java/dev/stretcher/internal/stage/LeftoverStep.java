package dev.stretcher.internal.stage;

import dev.stretcher.internal.dest.Dest;
import dev.stretcher.internal.dest.DestLock;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.report.DeployEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Removes the leftovers of a killed deploy: its staging directory and its spool file. The holder of
 * the lock of a dest knows that no other deploy to this dest is alive.
 */
public final class LeftoverStep {
  private final Engine engine;
  private final Reporter reporter;

  public LeftoverStep(Engine engine, Reporter reporter) {
    this.engine = engine;
    this.reporter = reporter;
  }

  public void remove(Dest dest, DestLock lock) {
    // Not Set.of, which refuses a temporary directory that is the parent of dest.
    for (Path directory : List.of(dest.parent(), engine.temporaryDirectory())) {
      find(directory, lock.temporaryPrefix(), lock).forEach(this::remove);
    }
    // Staged there, and not looked for elsewhere: a dest may have very many names.
    if (dest.isMountPoint()) {
      removeFromDest(dest.path(), find(dest.path(), lock.temporaryPrefix(), lock));
    }
    DestLock.earlierLocations(dest.path(), engine.temporaryDirectory())
        .forEach(earlier -> removeEarlier(earlier, lock));
  }

  /** The killed deploy may have given dest a mode that forbids to remove something from it. */
  private void removeFromDest(Path dest, List<Path> leftovers) {
    if (leftovers.isEmpty()) {
      return;
    }
    WriteAccess access = WriteAccess.to(dest);
    try (access) {
      leftovers.forEach(this::remove);
    } catch (IOException e) {
      warn(e);
    }
  }

  /**
   * Removes the spool file of a deploy that died after its {@code pre} commands had made the parent
   * of dest: the file is named after the lock that lay further up. Another dest may have that lock
   * too, so this deploy must hold it meanwhile; if another deploy holds it, that one removes the
   * file later.
   */
  private void removeEarlier(Path earlier, DestLock lock) {
    String prefix = DestLock.temporaryPrefix(earlier);
    if (find(engine.temporaryDirectory(), prefix, lock).isEmpty()) {
      return;
    }
    try {
      Optional<DestLock> taken = DestLock.tryAcquire(earlier);
      if (taken.isPresent()) {
        try (DestLock held = taken.get()) {
          find(engine.temporaryDirectory(), prefix, held).forEach(this::remove);
        }
      }
    } catch (IOException e) {
      warn(e);
    }
  }

  private static List<Path> find(Path directory, String prefix, DestLock lock) {
    return Leftovers.in(directory, prefix, lock.file());
  }

  private void remove(Path leftover) {
    try {
      Leftovers.remove(leftover);
      reporter.report(new DeployEvent.LeftoverRemoved(leftover));
    } catch (IOException e) {
      // The file is in nobody's way.
      warn(e);
    }
  }

  private void warn(IOException e) {
    reporter.report(
        new DeployEvent.Warning(
            "cannot remove what a killed deploy left behind: " + Reason.withFile(e)));
  }
}
