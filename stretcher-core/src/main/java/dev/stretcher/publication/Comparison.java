package dev.stretcher.publication;

import dev.stretcher.internal.tar.TarEntry;
import dev.stretcher.internal.toc.Contents;
import dev.stretcher.internal.toc.Footer;
import dev.stretcher.internal.toc.Members;
import dev.stretcher.internal.toc.Toc;
import dev.stretcher.internal.toc.TocEntries;
import dev.stretcher.option.Options;
import dev.stretcher.spi.EntryType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Compares two tables of contents. Names and contents count by the first bytes of their digests,
 * since there may be many of them.
 */
final class Comparison {
  private static final int DIGEST = 32;

  private final Options limits;
  private final Map<Long, Long> earlier = new HashMap<>();
  private final Set<Long> contents = new HashSet<>();

  private long added;
  private long changed;

  private Comparison(Options limits) {
    this.limits = limits;
  }

  static Forecast.Change of(String before, Toc earlier, Toc later, Options limits)
      throws IOException, InterruptedException {
    Comparison comparison = new Comparison(limits);
    comparison.remember(earlier);
    long fetch = comparison.compare(later);
    return new Forecast.Change(
        before, comparison.added, comparison.changed, comparison.earlier.size(), fetch);
  }

  private void remember(Toc toc) throws IOException, InterruptedException {
    byte[] digest = new byte[DIGEST];
    try (TocEntries entries = new TocEntries(toc, Contents.NONE, limits)) {
      for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
        if (entry.type() != EntryType.DIRECTORY) {
          long content = content(entry, entries, digest);
          earlier.put(name(entry), content);
          contents.add(content);
        }
      }
    }
  }

  /** Returns how many bytes of the archive a host fetches. */
  private long compare(Toc toc) throws IOException, InterruptedException {
    BitSet wanted = new BitSet();
    byte[] digest = new byte[DIGEST];
    try (TocEntries entries = new TocEntries(toc, Contents.NONE, limits)) {
      for (TarEntry entry = entries.next(); entry != null; entry = entries.next()) {
        if (entry.type() == EntryType.DIRECTORY) {
          continue;
        }
        long content = content(entry, entries, digest);
        Long before = earlier.remove(name(entry));
        added += before == null ? 1 : 0;
        changed += before != null && before != content ? 1 : 0;
        if (entries.contentLength() > 0 && !contents.contains(content)) {
          long first = entries.contentPosition();
          int last = toc.members().at(first + entries.contentLength() - 1);
          wanted.set(toc.members().at(first), last + 1);
        }
      }
    }
    return length(toc.members(), wanted) + toc.bytes().remaining() + Footer.LONGEST;
  }

  private static long length(Members members, BitSet wanted) {
    long length = 0;
    for (int at = wanted.nextSetBit(0); at >= 0; at = wanted.nextSetBit(at + 1)) {
      length += members.offset(at + 1) - members.offset(at);
    }
    return length;
  }

  private static long name(TarEntry entry) {
    return first(DigestUtils.sha256(entry.path().toString()));
  }

  private static long content(TarEntry entry, TocEntries entries, byte[] digest) {
    if (entries.digest(digest)) {
      return first(digest);
    }
    String other = entry.type() + entry.linkTarget().orElse("");
    return first(DigestUtils.sha256(other.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static long first(byte[] digest) {
    return ByteBuffer.wrap(digest).getLong();
  }
}
