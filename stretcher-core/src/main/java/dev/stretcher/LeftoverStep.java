package dev.stretcher;

import dev.stretcher.internal.lock.DestLock;
import dev.stretcher.internal.stage.Leftovers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Removes what a deploy left behind that was killed: its staging directory and its spool file. Who
 * holds the lock of a dest knows that no other deploy to it is alive.
 */
final class LeftoverStep {
  private final Engine engine;
  private final Reporter reporter;

  LeftoverStep(Engine engine, Reporter reporter) {
    this.engine = engine;
    this.reporter = reporter;
  }

  void remove(Dest dest, DestLock lock) {
    // Not Set.of, which refuses a temporary directory that is the parent of dest.
    for (Path directory : List.of(dest.parent(), engine.temporaryDirectory())) {
      for (Path leftover : Leftovers.in(directory, lock.temporaryPrefix(), lock.file())) {
        remove(leftover);
      }
    }
  }

  private void remove(Path leftover) {
    try {
      Leftovers.remove(leftover);
      reporter.report(new DeployEvent.LeftoverRemoved(leftover));
    } catch (IOException e) {
      // It is in nobody's way.
      reporter.report(
          new DeployEvent.Warning(
              "cannot remove what a killed deploy left behind: " + Reason.withFile(e)));
    }
  }
}
