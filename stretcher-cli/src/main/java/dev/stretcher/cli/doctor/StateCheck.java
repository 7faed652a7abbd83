package dev.stretcher.cli.doctor;

import dev.stretcher.cli.doctor.Finding.Note;
import dev.stretcher.cli.doctor.Finding.Ok;
import dev.stretcher.cli.doctor.Finding.Problem;
import dev.stretcher.cli.flag.AgentSettings;
import dev.stretcher.ledger.Ledger;
import dev.stretcher.text.Printable;
import dev.stretcher.trust.TrustedPath;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The directory with the agent's memory: whose it is, who may read it, and its lock. */
final class StateCheck implements Check {
  private static final String LOCK = "ledger.lock";
  private static final Set<PosixFilePermission> OF_THE_OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  /** Others hold the lock for milliseconds: a second of them in which nobody lets go is long. */
  private static final int TRIES = 100;

  private static final int PAUSE_MILLIS = 10;

  private final Pause pause;

  /** Lets some time pass. */
  @FunctionalInterface
  interface Pause {
    void pass() throws InterruptedException;
  }

  StateCheck() {
    this(() -> TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS));
  }

  StateCheck(Pause pause) {
    this.pause = pause;
  }

  @Override
  public String name() {
    return "state";
  }

  @Override
  public List<Finding> look(Host host) throws IOException, InterruptedException {
    Optional<Ledger> ledger = host.invocation().ledger();
    if (ledger.isEmpty()) {
      return List.of(
          new Note(
              "no state is kept, since %s: no event is recognised, and stretcher agent cannot run; --state-dir names a directory"
                  .formatted(why(host))));
    }
    Path directory = ledger.get().directory();
    String shown = Printable.of(directory);
    try {
      TrustedPath.require(directory);
    } catch (FileSystemException e) {
      return List.of(
          new Problem(
              "%s is not used: %s".formatted(shown, e.getReason()),
              "do what it says, or name another directory by --state-dir"));
    }
    return Files.exists(directory)
        ? existing(directory, shown, ledger.get())
        : List.of(new Ok(shown + " is not there yet; the first deploy makes it"));
  }

  private static String why(Host host) {
    if (host.options().isSet(AgentSettings.STATE_DIR)) {
      return "--state-dir, or its key in the configuration, is empty";
    }
    return host.invocation()
        .standardState()
        .map(path -> "this user cannot make " + Printable.of(path))
        .orElse("neither HOME nor XDG_STATE_HOME is set");
  }

  private List<Finding> existing(Path directory, String shown, Ledger ledger)
      throws IOException, InterruptedException {
    if (!Files.isDirectory(directory)) {
      return List.of(new Problem(shown + " is no directory", "remove it"));
    }
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(directory);
    String owner = Files.getOwner(directory).getName();
    if (!Files.isWritable(directory)) {
      return List.of(
          new Problem(
              "%s belongs to %s, and this user may not write to it".formatted(shown, owner),
              "run this command as the user who deploys, or change the owner by chown"));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(
        new Ok("%s, %s, %s".formatted(shown, owner, PosixFilePermissions.toString(permissions))));
    if (!OF_THE_OWNER.containsAll(permissions)) {
      findings.add(new Note(shown + " may be read by others; chmod 700 closes it"));
    }
    if (isLocked(directory.resolve(LOCK))) {
      findings.add(
          new Problem(
              "another process holds %s".formatted(Printable.of(directory.resolve(LOCK))),
              "it is held for milliseconds; find the process that hangs by fuser, and end it"));
    }
    contents(ledger).ifPresent(findings::add);
    return findings;
  }

  private static Optional<Finding> contents(Ledger ledger) throws IOException {
    try {
      return ledger
          .contents()
          .damage()
          .map(
              damage ->
                  new Note(
                      "the ledger is damaged (%s); the next deploy sets it aside, and keeps the rest"
                          .formatted(damage)));
    } catch (FileSystemException e) {
      return Optional.of(
          new Problem(
              "the ledger cannot be used: %s: %s".formatted(e.getFile(), e.getReason()),
              "do what it says"));
    }
  }

  private boolean isLocked(Path lock) throws IOException, InterruptedException {
    if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    for (int i = 1; i < TRIES; i++) {
      if (!isLockedNow(lock)) {
        return false;
      }
      pause.pass();
    }
    return isLockedNow(lock);
  }

  private static boolean isLockedNow(Path lock) throws IOException {
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      return held == null;
    } catch (OverlappingFileLockException e) {
      return true;
    }
  }
}
