package dev.stretcher.internal.fetch;

import dev.stretcher.internal.engine.Engine;
import dev.stretcher.internal.engine.Reporter;
import dev.stretcher.internal.tar.Entries;
import dev.stretcher.spi.ContentFilter;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;
import java.util.Set;

/** Contents of an archive that is copied into a spool file, which nobody else changes. */
final class SpooledContents extends FileContents {
  SpooledContents(Engine engine, Reporter reporter, SpoolFile spool, OptionalLong length)
      throws IOException {
    super(engine, reporter, new ArrivingFile(spool.path(), spool.opened(), length));
  }

  @Override
  public <T> T read(ContentFilter needed, Reading<T> reading)
      throws IOException, InterruptedException {
    try (InputStream in = open()) {
      T result = entries(in, entries -> reading.from(entries, needed));
      // Entries can end before the archive does, as at the first byte behind a gzip member.
      arriving().awaitComplete();
      return result;
    }
  }

  @Override
  public <T> T readSome(Set<Integer> numbers, Entries.Reading<T> reading)
      throws IOException, InterruptedException {
    try (InputStream in = open()) {
      return entries(in, reading);
    }
  }

  @Override
  public boolean hasChanged() {
    return false;
  }
}
