package dev.stretcher.internal.fetch;

import dev.stretcher.internal.decompress.Decompressors;
import dev.stretcher.internal.dest.DestLock;
import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.tar.ArchiveException;
import dev.stretcher.internal.transfer.FetchSink;
import dev.stretcher.internal.unpack.FreeSpace;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import dev.stretcher.report.Stage;
import dev.stretcher.report.StretcherException;
import dev.stretcher.text.RedactedUri;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An archive while it arrives and once it has: each chunk goes to the verifiers and into the spool
 * file. A local file is read in place and not copied. Closing removes the spool file.
 *
 * <p>One thread fetches; others may read what has arrived, and refuse the rest.
 */
public final class FetchedArchive implements FetchSink, Closeable {
  private static final long LARGE = 8 << 20;

  /** What an entry takes besides its content: its header, extended ones, padding. */
  private static final int HEADERS = 4 << 10;

  private final Engine engine;
  private final Reporter reporter;
  private final Manifest.Archive archive;
  private final DestLock lock;
  private final ArrivingFile arriving = new ArrivingFile();
  private final Refusal refusal = new Refusal();

  private volatile int badBeginning;
  private long received;

  private ProgressMeter meter;
  private Verifications verifications;
  private @Nullable SpoolFile spool;
  private @Nullable InPlace local;

  public FetchedArchive(Engine engine, Reporter reporter, Manifest.Archive archive, DestLock lock)
      throws StretcherException.VerificationFailed {
    this.engine = engine;
    this.reporter = reporter;
    this.meter = new ProgressMeter(reporter, Stage.FETCH, OptionalLong.empty());
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
  public void begin(Optional<Path> file, OptionalLong length) throws IOException {
    verifications = newVerifications();
    received = 0;
    meter = new ProgressMeter(reporter, Stage.FETCH, length);
    if (file.isPresent()) {
      beginInPlace(InPlace.of(file.get()));
    } else {
      beginSpool(length);
    }
  }

  private void beginInPlace(InPlace file) {
    local = file;
    begin(file.path(), OptionalLong.of(file.size()));
    arriving.arrived(file.size());
    arriving.complete();
  }

  private void beginSpool(OptionalLong length) throws IOException {
    if (spool == null) {
      FreeSpace space = new FreeSpace(engine.temporaryDirectory());
      space.require(length.orElse(0), engine.temporaryDirectory());
      spool = SpoolFile.create(engine.temporaryDirectory(), lock.temporaryPrefix());
    }
    // First, so that a reader sees why what it reads disappears.
    begin(spool.path(), length);
    spool.clear();
  }

  @Override
  public void write(ByteBuffer chunk) throws IOException {
    refusal.requireWanted(received);
    verifications.update(chunk);
    int length = chunk.remaining();
    meter.add(length);
    if (spool != null) {
      requireLength(length);
      spool.write(chunk);
      arriving.arrived(length);
    }
  }

  /** What is longer than all entries may be once they are unpacked need not be stored. */
  private void requireLength(int more) throws IOException {
    received += more;
    Options limits = engine.options();
    double most =
        limits.get(Settings.MAX_UNPACKED) + (double) limits.get(Settings.MAX_ENTRIES) * HEADERS;
    if (received > most) {
      String what =
          "%s is longer than it may be once it is unpacked: it has %s"
              .formatted(RedactedUri.of(archive.src()), limits.exceeded(Settings.MAX_UNPACKED));
      refuse(new StretcherException.BadArchive(null, StretcherException.Failure.of(what)));
      throw new IOException(what);
    }
  }

  /** Makes the fetch fail with the next chunk: there is no use in going on. */
  public void refuse(StretcherException reason) {
    refusal.atOnce(reason);
  }

  /** Does so, if it may have no end, because of what has arrived since it last began. */
  public synchronized void refuseEndless(StretcherException.BadArchive reason) {
    if (badBeginning == arriving.beginnings() && arriving.length().isEmpty()) {
      refusal.ofEndless(reason);
    }
  }

  private synchronized void begin(Path file, OptionalLong length) {
    refusal.begin();
    arriving.begin(file, length);
  }

  /** Returns why the rest is refused, if so. */
  Optional<StretcherException> refusal() {
    return refusal.reason();
  }

  /** Something that reads an archive. */
  @FunctionalInterface
  public interface Reading<T> {
    T from(InputStream archive) throws IOException, InterruptedException;
  }

  /**
   * Has the archive read from its first byte; what has not arrived is waited for. A local file,
   * which may change at any time, is verified in the form in which it was read.
   */
  public <T> T read(Reading<T> reading) throws IOException, InterruptedException {
    try (InputStream in = open()) {
      // A reader of an earlier beginning than this one is told so before its first byte.
      int beginning = arriving.beginnings();
      try {
        return local == null ? reading.from(in) : verified(in, reading);
      } catch (ArchiveException e) {
        badBeginning = beginning;
        throw e;
      }
    }
  }

  private <T> T verified(InputStream in, Reading<T> reading)
      throws IOException, InterruptedException {
    VerifiedInput verified = new VerifiedInput(in, newVerifications());
    T result = reading.from(verified);
    verified.requireVerified();
    return result;
  }

  private Verifications newVerifications() throws IOException {
    try {
      return Verifications.begin(engine.plugins().verifiers(), archive);
    } catch (StretcherException.VerificationFailed e) {
      throw new IOException(e);
    }
  }

  private InputStream open() throws IOException, InterruptedException {
    InputStream in = arriving.open();
    ProgressMeter progress = new ProgressMeter(reporter, Stage.EXTRACT, arriving.length());
    // Before, the fetch is what takes long.
    return new MeteredInput(in, progress, arriving::isComplete);
  }

  /**
   * Returns what may decompress it: a program is not worth its start for a small archive, unless it
   * was asked for by name. Waits until it is known to be a large one.
   */
  public Decompressors decompressors() throws InterruptedException {
    Decompressors chosen =
        new Decompressors(engine.options().get(Settings.DECOMPRESSOR), engine.environment());
    return !chosen.isAuto() || arriving.awaitSize(LARGE) ? chosen : Decompressors.JAVA;
  }

  /** Tells whether what was read before may have been another content. */
  public boolean hasStartedOver() {
    return arriving.beginnings() > 1;
  }

  /** Tells readers that all has arrived. Called once, after the last byte. */
  void complete() {
    arriving.complete();
  }

  /** Returns what identifies the archive. Called once, after its last byte. */
  String verify() throws StretcherException.VerificationFailed {
    return verifications.finish();
  }

  /** Returns the file that has the archive. */
  public Path file() {
    return arriving.path();
  }

  public boolean isInPlace() {
    return local != null;
  }

  /** Tells whether the file is no longer the one that was verified. */
  public boolean hasChanged() {
    if (local == null) {
      return false;
    }
    try {
      return !local.equals(InPlace.of(local.path()));
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    if (spool != null) {
      spool.close();
    }
  }
}
