package dev.stretcher;

import dev.stretcher.internal.fetch.FetchSink;
import dev.stretcher.internal.fetch.SpoolFile;
import dev.stretcher.internal.lock.DestLock;
import dev.stretcher.manifest.Manifest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An archive while it arrives and once it has: each chunk goes to the verifiers and into the spool
 * file. A local file is read in place and not copied. Closing removes the spool file.
 */
final class FetchedArchive implements FetchSink, Closeable {
  private final Engine engine;
  private final Manifest.Archive archive;
  private final DestLock lock;

  private Verifications verifications;
  private @Nullable SpoolFile spool;
  private @Nullable InPlace local;

  FetchedArchive(Engine engine, Manifest.Archive archive, DestLock lock)
      throws StretcherException.VerificationFailed {
    this.engine = engine;
    this.archive = archive;
    this.lock = lock;
    this.verifications = Verifications.begin(engine.plugins().verifiers(), archive);
  }

  /** A local file as it was when its fetch began. */
  private record InPlace(Path path, long size, FileTime modified) {
    static InPlace of(Path path) throws IOException {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return new InPlace(path, now.size(), now.lastModifiedTime());
    }
  }

  @Override
  public void begin(Optional<Path> file) throws IOException {
    try {
      verifications = Verifications.begin(engine.plugins().verifiers(), archive);
    } catch (StretcherException.VerificationFailed e) {
      throw new IOException(e);
    }
    if (file.isPresent()) {
      local = InPlace.of(file.get());
    } else if (spool == null) {
      spool = SpoolFile.create(engine.temporaryDirectory(), lock.temporaryPrefix());
    } else {
      spool.clear();
    }
  }

  @Override
  public void write(ByteBuffer chunk) throws IOException {
    verifications.update(chunk);
    if (spool != null) {
      spool.write(chunk);
    }
  }

  /** Returns what identifies the archive. Called once, after its last byte. */
  String verify() throws StretcherException.VerificationFailed {
    return verifications.finish();
  }

  /** Returns the file that has the archive. */
  Path file() {
    return local != null ? local.path() : Objects.requireNonNull(spool, "not fetched").path();
  }

  boolean isInPlace() {
    return local != null;
  }

  /** Tells whether the file is no longer the one that was verified. */
  boolean hasChanged() throws IOException {
    return local != null && !local.equals(InPlace.of(local.path()));
  }

  @Override
  public void close() throws IOException {
    if (spool != null) {
      spool.close();
    }
  }
}
