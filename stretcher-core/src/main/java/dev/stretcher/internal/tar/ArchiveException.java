package dev.stretcher.internal.tar;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says that an archive is bad: not an archive, truncated, damaged, or hostile.
 *
 * <p>The message names the entry, what was expected and what to do. Any other {@link IOException}
 * of an extraction is a failure of its surroundings, such as a full disk.
 */
public final class ArchiveException extends IOException {
  private static final String REBUILD = "; build and upload the archive again";

  private final @Nullable String entry;

  private ArchiveException(@Nullable String entry, String message, @Nullable Throwable cause) {
    super(entry == null ? "archive: " + message : "archive entry '" + entry + "': " + message);
    this.entry = entry;
    initCause(cause);
  }

  /** Returns the name of the entry as printable text, if the fault lies in one entry. */
  public Optional<String> entry() {
    return Optional.ofNullable(entry);
  }

  /** A fault of the archive as a whole. */
  public static ArchiveException of(String message) {
    return new ArchiveException(null, message, null);
  }

  /** A fault of the archive as a whole that something else shows. */
  public static ArchiveException of(String message, Throwable cause) {
    return new ArchiveException(null, message, cause);
  }

  /** A fault of one entry, whose name is given as an archive has it. */
  public static ArchiveException in(byte[] name, String message) {
    return new ArchiveException(EntryName.text(name), message, null);
  }

  /** A fault of one entry. */
  public static ArchiveException in(TarEntry entry, String message) {
    return in(entry.text(), message);
  }

  /** A fault of one entry, whose name is given as printable text. */
  public static ArchiveException in(String entry, String message) {
    return new ArchiveException(entry, message, null);
  }

  /** The input ended where more was expected; {@code entry} is the last one seen, if any. */
  public static ArchiveException truncated(@Nullable String entry, @Nullable Throwable cause) {
    return new ArchiveException(
        entry, "truncated: the input ends where more of it was expected" + REBUILD, cause);
  }

  /** The compressed data contradict themselves. */
  public static ArchiveException damaged(String format, Throwable cause) {
    String detail = cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
    return new ArchiveException(
        null, "the " + format + " data are damaged" + detail + REBUILD, cause);
  }
}
