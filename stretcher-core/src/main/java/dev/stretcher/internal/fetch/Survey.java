package dev.stretcher.internal.fetch;

import dev.stretcher.internal.deployed.PathTable;
import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.toc.Contents;
import dev.stretcher.internal.toc.KeptEntries;
import dev.stretcher.internal.toc.Members;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.toc.TocEntries;
import dev.stretcher.internal.toc.WantedContents;
import dev.stretcher.manifest.Digest;
import dev.stretcher.option.Options;
import dev.stretcher.spi.ContentFilter;
import dev.stretcher.spi.Entry;
import dev.stretcher.spi.EntryType;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongPredicate;

/** What of an archive is needed, found out from its table of contents before that is fetched. */
final class Survey {
  private final Members all;
  private final BitSet entries = new BitSet();
  private final WantedContents wanted = new WantedContents();
  private final WantedContents planned = new WantedContents();

  /** The members that hold contents of sparse files. */
  private final BitSet sparse = new BitSet();

  private final KeptEntries kept = new KeptEntries();
  private final PathTable paths = new PathTable(0, UUID.randomUUID().getMostSignificantBits());
  private long files;
  private long needed;

  private Survey(Members all) {
    this.all = all;
  }

  /** What becomes of a regular file. */
  @FunctionalInterface
  private interface Question {
    void on(int number, TocEntries at, TarEntry entry, Optional<Digest> digest);
  }

  /**
   * Asks for each file whether its content is needed, and fetched.
   *
   * @throws dev.stretcher.internal.toc.TocException if the table of contents lies
   * @throws dev.stretcher.internal.tar.ArchiveException if an entry is bad
   */
  static Survey of(Toc toc, Options limits, ContentFilter needed, ContentFilter fetched)
      throws IOException, InterruptedException {
    Survey survey = new Survey(toc.members());
    survey.ask(
        toc,
        limits,
        (number, at, entry, digest) -> {
          Entry described = entry.described(digest);
          if (needed.needs(described)) {
            survey.needed++;
            if (fetched.needs(described)) {
              survey.fetch(number, at, entry);
            } else if (hasContent(at, entry) && entry.sparse().isEmpty()) {
              survey.planned.add(number, entry.size(), at);
            }
          }
        });
    return survey;
  }

  /** Finds the contents of some entries, of which the first has the number 1. */
  static Survey ofNumbers(Toc toc, Options limits, Set<Integer> numbers)
      throws IOException, InterruptedException {
    Survey survey = new Survey(toc.members());
    survey.ask(
        toc,
        limits,
        (number, at, entry, digest) -> {
          if (numbers.contains(number)) {
            survey.fetch(number, at, entry);
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
        Optional<Digest> digest = at.digest();
        kept.add(entry, at, digest);
        if (entry.type() == EntryType.FILE) {
          files++;
          question.on(number, at, entry, digest);
        }
      }
    }
  }

  private void fetch(int number, TocEntries at, TarEntry entry) {
    paths.add(entry.path());
    if (hasContent(at, entry)) {
      entries.set(number);
      if (entry.sparse().isEmpty()) {
        wanted.add(number, entry.size(), at);
      } else {
        long position = at.contentPosition();
        setMembers(sparse, position, position + at.contentLength());
      }
    }
  }

  private static boolean hasContent(TocEntries at, TarEntry entry) {
    return entry.size() > 0 && at.contentLength() > 0;
  }

  private void setMembers(BitSet members, long position, long end) {
    members.set(all.at(position), all.at(end - 1) + 1);
  }

  /** Returns the numbers of the entries that have a content which is needed, and fetched. */
  BitSet entries() {
    return entries;
  }

  /** Returns these contents, but those of sparse files. */
  WantedContents wanted() {
    return wanted;
  }

  /** Returns the contents that are needed, and not fetched, likewise. */
  WantedContents planned() {
    return planned;
  }

  /**
   * Returns the numbers of the members that hold the contents to be fetched.
   *
   * @param there tells by its place in the tar whether a content need not be fetched
   */
  BitSet members(LongPredicate there) {
    BitSet members = (BitSet) sparse.clone();
    for (int i = 0; i < wanted.count(); i++) {
      if (!there.test(wanted.position(i))) {
        setMembers(members, wanted.position(i), wanted.end(i));
      }
    }
    return members;
  }

  /** Returns the entries themselves, all of them or none. */
  KeptEntries kept() {
    return kept;
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
        return entry.type() == EntryType.FILE
            ? paths.find(entry.path()) != PathTable.NONE
            : asked.needs(entry);
      }

      @Override
      public boolean needsDirectory(Entry directory) {
        return asked.needsDirectory(directory);
      }
    };
  }
}
