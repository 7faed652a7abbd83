package dev.stretcher.internal.tar;

import dev.stretcher.manifest.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entries of an archive, one after the other, each with its content on request. Used by one
 * thread.
 */
public interface Entries {
  /**
   * Returns the next entry, or null at the end; skips the rest of the last entry's content.
   *
   * @throws ArchiveException if the archive is bad
   */
  @Nullable TarEntry next() throws IOException, InterruptedException;

  /**
   * Returns the next bytes of the entry's content: at least one and at most {@code max}, valid
   * until the next call.
   *
   * @throws ArchiveException if the archive is bad
   */
  ByteBuffer content(long max) throws IOException, InterruptedException;

  /**
   * Returns the SHA-256 of the content of the entry that {@link #next} returned last, holes
   * included, if the archive says it; {@link #content} then returns no byte of another content
   * without failing at its end.
   */
  default Optional<Digest> digest() {
    return Optional.empty();
  }

  /**
   * Reads the bytes after the last entry, so that a CRC or digest over the archive has seen all
   * bytes.
   */
  void finish() throws IOException, InterruptedException;

  /** Something that reads entries. */
  @FunctionalInterface
  interface Reading<T> {
    /** Reads the entries. */
    T from(Entries entries) throws IOException, InterruptedException;
  }
}
