package dev.stretcher.internal.fetch;

import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.toc.Contents;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.toc.TocEntries;
import dev.stretcher.option.Options;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import dev.stretcher.spi.EntryType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/** What of an archive is needed, found out from its table of contents before that is fetched. */
final class Survey {
  private final BitSet entries = new BitSet();
  private final BitSet members = new BitSet();
  private final Set<Path> paths = new HashSet<>();
  private long files;
  private long needed;

  private Survey() {}

  /** What becomes of a regular file. */
  @FunctionalInterface
  private interface Question {
    void on(int number, TocEntries at, TarEntry entry);
  }

  /**
   * Asks for each file whether its content is needed, and fetched.
   *
   * @throws dev.stretcher.internal.toc.TocException if the table of contents lies
   * @throws dev.stretcher.internal.tar.ArchiveException if an entry is bad
   */
  static Survey of(Toc toc, Options limits, ContentFilter needed, ContentFilter fetched)
      throws IOException, InterruptedException {
    Survey survey = new Survey();
    survey.ask(
        toc,
        limits,
        (number, at, entry) -> {
          Entry described = entry.described(at.digest());
          if (needed.needs(described)) {
            survey.needed++;
            if (fetched.needs(described)) {
              survey.fetch(toc, number, at, entry);
            }
          }
        });
    return survey;
  }

  /** Finds the contents of some entries, of which the first has the number 1. */
  static Survey ofNumbers(Toc toc, Options limits, Set<Integer> numbers)
      throws IOException, InterruptedException {
    Survey survey = new Survey();
    survey.ask(
        toc,
        limits,
        (number, at, entry) -> {
          if (numbers.contains(number)) {
            survey.fetch(toc, number, at, entry);
          }
        });
    return survey;
  }

  private void ask(Toc toc, Options limits, Question question)
      throws IOException, InterruptedException {
    try (TocEntries at = new TocEntries(toc, Contents.NONE, limits)) {
      int number = 0;
      for (TarEntry entry = at.next(); entry != null; entry = at.next()) {
        number++;
        if (entry.type() == EntryType.FILE) {
          files++;
          question.on(number, at, entry);
        }
      }
    }
  }

  private void fetch(Toc toc, int number, TocEntries at, TarEntry entry) {
    paths.add(entry.path());
    long length = at.contentLength();
    if (entry.size() > 0 && length > 0) {
      entries.set(number);
      long position = at.contentPosition();
      members.set(toc.members().at(position), toc.members().at(position + length - 1) + 1);
    }
  }

  /** Returns the numbers of the entries that have a content which is needed. */
  BitSet entries() {
    return entries;
  }

  /** Returns the numbers of the members that hold these contents. */
  BitSet members() {
    return members;
  }

  /** Returns how many files the archive has. */
  long files() {
    return files;
  }

  /** Returns how many files are needed, with or without content. */
  long needed() {
    return needed;
  }

  /**
   * Returns a filter that says of files what was found out, without looking once more: what dest
   * has may have changed since, but only these contents are there.
   *
   * @param asked says the rest
   */
  ContentFilter filter(ContentFilter asked) {
    return new ContentFilter() {
      @Override
      public boolean needs(Entry entry) {
        return entry.type() == EntryType.FILE ? paths.contains(entry.path()) : asked.needs(entry);
      }

      @Override
      public boolean needsDirectory(Entry directory) {
        return asked.needsDirectory(directory);
      }
    };
  }
}
