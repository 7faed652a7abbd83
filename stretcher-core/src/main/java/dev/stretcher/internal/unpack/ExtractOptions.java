package dev.stretcher.internal.unpack;

import dev.stretcher.manifest.Links;
import dev.stretcher.option.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The owners and the modes of extracted files.
 *
 * @param permissions what becomes of the modes in the archive
 * @param owners what becomes of the owners in the archive
 * @param umask this process' umask
 * @param limits what is refused
 * @param links where symbolic links may lead to
 * @param reserved the names that no file may have, each alone and byte by byte as Latin-1
 */
public record ExtractOptions(
    Permissions permissions,
    Owners owners,
    int umask,
    Options limits,
    Links links,
    Predicate<String> reserved) {

  /** What becomes of the modes in the archive. */
  public enum Permissions {
    /** They are restored as they are, as {@code tar --same-permissions} does. */
    EXACT,
    /** The umask applies, and setuid, setgid and sticky are dropped. */
    UMASK
  }

  /** What becomes of the owners in the archive. */
  public enum Owners {
    /** They are restored: by name where this system knows it, else by number. Needs root. */
    RESTORE,
    /** Everything belongs to the user who extracts. */
    OWN
  }

  /**
   * Returns what {@code tar x} does for this user: exact modes and owners for root, the umask and
   * the own user for others.
   *
   * @param probeDirectory where a directory can be created for a moment, to learn the user and the
   *     umask from it
   */
  public static ExtractOptions forThisUser(Path probeDirectory) throws IOException {
    Path probe = Files.createDirectory(probeDirectory.resolve(".probe-" + UUID.randomUUID()));
    try {
      int mode = (int) Files.getAttribute(probe, "unix:mode", LinkOption.NOFOLLOW_LINKS);
      int user = (int) Files.getAttribute(probe, "unix:uid", LinkOption.NOFOLLOW_LINKS);
      int umask = 0777 & ~mode;
      return user == 0
          ? standard(Permissions.EXACT, Owners.RESTORE, umask)
          : standard(Permissions.UMASK, Owners.OWN, umask);
    } finally {
      Files.delete(probe);
    }
  }

  private static ExtractOptions standard(Permissions permissions, Owners owners, int umask) {
    return new ExtractOptions(
        permissions, owners, umask, Options.DEFAULT, Links.ANY, name -> false);
  }

  /** Returns these options with other permissions. */
  public ExtractOptions withPermissions(Permissions other) {
    return new ExtractOptions(other, owners, umask, limits, links, reserved);
  }

  /** Returns these options with other limits. */
  public ExtractOptions withLimits(Options other) {
    return new ExtractOptions(permissions, owners, umask, other, links, reserved);
  }

  /** Returns these options with another rule for symbolic links. */
  public ExtractOptions withLinks(Links other) {
    return new ExtractOptions(permissions, owners, umask, limits, other, reserved);
  }

  /** Returns these options with other names that no file may have. */
  public ExtractOptions withReserved(Predicate<String> other) {
    return new ExtractOptions(permissions, owners, umask, limits, links, other);
  }
}
