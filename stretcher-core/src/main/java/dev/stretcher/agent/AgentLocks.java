package dev.stretcher.agent;

import dev.stretcher.fleet.AppName;
import dev.stretcher.internal.dest.DestLock;
import dev.stretcher.internal.live.Reasons;
import dev.stretcher.text.NativeText;
import dev.stretcher.trust.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The right to keep apps on this host: a lock file for each, which ends with the process.
 * Thread-safe.
 */
final class AgentLocks implements AutoCloseable {
  private final Path directory;
  private final BiConsumer<AppName, String> warnings;
  private final Map<AppName, DestLock> taken = new LinkedHashMap<>();

  private AgentLocks(Path directory, BiConsumer<AppName, String> warnings) {
    this.directory = directory;
    this.warnings = warnings;
  }

  /**
   * Takes the locks of all apps.
   *
   * @param directory where they lie; where none can be made, apps are kept without them
   * @throws AlreadyRunningException if another agent has one of them
   */
  static AgentLocks take(
      Path directory, Collection<AppName> apps, BiConsumer<AppName, String> warnings)
      throws AlreadyRunningException {
    AgentLocks locks = new AgentLocks(directory, warnings);
    boolean all = false;
    try {
      for (AppName app : apps) {
        locks.take(app);
      }
      all = true;
      return locks;
    } finally {
      if (!all) {
        locks.close();
      }
    }
  }

  private synchronized void take(AppName app) throws AlreadyRunningException {
    // What was locked under a relative name would not be known under another one.
    Path file = directory.toAbsolutePath().normalize().resolve(app + ".lock");
    try {
      Files.createDirectories(directory, PrivateFile.DIRECTORY);
      PrivateFile.require(file);
      Optional<DestLock> lock = DestLock.tryAcquire(file);
      if (lock.isEmpty()) {
        throw new AlreadyRunningException(
            "an agent for the app %s runs on this host already: %s holds %s; end that agent, or leave the app out"
                .formatted(app, holder(file), NativeText.text(file)));
      }
      taken.put(app, lock.get());
    } catch (IOException e) {
      warnings.accept(
          app,
          "nothing keeps a second agent of this app away, since %s cannot be made: %s"
              .formatted(NativeText.text(file), Reasons.of(e)));
    }
  }

  /**
   * Takes the locks again whose files were removed, as with the whole state directory: without
   * them, nothing would keep a second agent away.
   *
   * @return the apps whose files were removed
   * @throws AlreadyRunningException if another agent has come meanwhile
   */
  synchronized List<AppName> retake() throws AlreadyRunningException {
    List<AppName> removed = new ArrayList<>();
    Iterator<Map.Entry<AppName, DestLock>> locks = taken.entrySet().iterator();
    while (locks.hasNext()) {
      Map.Entry<AppName, DestLock> lock = locks.next();
      if (!lock.getValue().isInPlace()) {
        removed.add(lock.getKey());
        close(lock.getKey(), lock.getValue());
        locks.remove();
      }
    }
    for (AppName app : removed) {
      take(app);
    }
    return removed;
  }

  private static String holder(Path file) {
    if (DestLock.isHeldHere(file)) {
      return "this process";
    }
    try {
      String pid = Files.readString(file, StandardCharsets.ISO_8859_1).split("\\s", 2)[0];
      return pid.matches("[0-9]{1,10}") ? "process " + pid : "another process";
    } catch (IOException e) {
      return "another process";
    }
  }

  @Override
  public synchronized void close() {
    taken.forEach(this::close);
    taken.clear();
  }

  private void close(AppName app, DestLock lock) {
    try {
      lock.close();
    } catch (IOException e) {
      warnings.accept(app, "the lock of the agent ends with this process: " + Reasons.of(e));
    }
  }
}
