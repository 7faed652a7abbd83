package dev.stretcher.internal.fetch;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.tar.Entries;
import dev.stretcher.manifest.Manifest;
import dev.stretcher.report.StretcherException.VerificationFailed;
import dev.stretcher.spi.ContentFilter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Set;

/**
 * Contents of an archive that is a local file and is read in place. Others may change the file at
 * any time, so each reading verifies the very bytes that it has read.
 */
final class LocalContents extends FileContents {
  private final Engine engine;
  private final Manifest.Archive archive;
  private final State begun;

  private LocalContents(
      Engine engine, Reporter reporter, Manifest.Archive archive, Path file, State begun) {
    super(engine, reporter, ArrivingFile.complete(file, begun.size()));
    this.engine = engine;
    this.archive = archive;
    this.begun = begun;
  }

  /** Returns the contents of a file as it is now. */
  static LocalContents of(Engine engine, Reporter reporter, Manifest.Archive archive, Path file)
      throws IOException {
    return new LocalContents(engine, reporter, archive, file, State.of(file));
  }

  /** The attributes that show a change of a file. */
  private record State(long size, FileTime modified) {
    static State of(Path path) throws IOException {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return new State(now.size(), now.lastModifiedTime());
    }

    boolean isStill(State other) {
      return size == other.size && modified.equals(other.modified);
    }
  }

  @Override
  public <T> T read(ContentFilter needed, Reading<T> reading)
      throws IOException, InterruptedException {
    try (InputStream in = open()) {
      VerifiedInput verified = new VerifiedInput(in, verifications());
      T result = entries(verified, entries -> reading.from(entries, needed));
      verified.requireVerified();
      return result;
    }
  }

  /**
   * Reads to the end, even behind the last of these entries: only the whole archive can be
   * verified.
   */
  @Override
  public <T> T readSome(Set<Integer> numbers, Entries.Reading<T> reading)
      throws IOException, InterruptedException {
    return read(
        entry -> true,
        (entries, all) -> {
          T result = reading.from(entries);
          entries.finish();
          return result;
        });
  }

  private Verifications verifications() throws IOException {
    try {
      return Verifications.begin(engine.plugins().verifiers(), archive);
    } catch (VerificationFailed e) {
      throw new IOException(e);
    }
  }

  @Override
  public boolean hasChanged() {
    try {
      return !begun.isStill(State.of(file()));
    } catch (IOException e) {
      return true;
    }
  }
}
