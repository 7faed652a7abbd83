package dev.stretcher.internal.tar;

import dev.stretcher.manifest.FileMode;
import dev.stretcher.spi.EntryType;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts an entry together from its header and from the extended headers that came before it. */
final class EntryAssembly {
  /** LOGIN_NAME_MAX of Linux, without the NUL at the end. */
  private static final int LONGEST_OWNER = 255;

  private final SparseReader sparse;
  private PaxAttributes local = PaxAttributes.NONE;
  private byte @Nullable [] longName;
  private byte @Nullable [] longLink;

  EntryAssembly(SparseReader sparse) {
    this.sparse = sparse;
  }

  void longName(byte[] name) {
    longName = name;
  }

  void longLink(byte[] link) {
    longLink = link;
  }

  void pax(byte[] content) throws ArchiveException {
    // As for GNU tar, the last header counts, and not all together.
    local = PaxAttributes.NONE.with(content);
  }

  /** Tells whether something was announced about an entry that has not come yet. */
  boolean isPending() {
    return longName != null || longLink != null || local != PaxAttributes.NONE;
  }

  TarEntry entry(TarHeader header, PaxAttributes global) throws IOException, InterruptedException {
    PaxAttributes pax = global.overriddenBy(local);
    byte[] name = first(pax.bytes("GNU.sparse.name"), pax.bytes("path"), longName, header.name());
    EntryType type = TypeFlag.type(name, header.type());
    long announced = announced(name, type, header, pax);
    long stored = TypeFlag.hasContent(type, header.type()) ? announced : 0;
    // Whatever is in these fields of another entry, no tar reads it.
    boolean device = type == EntryType.CHARACTER_DEVICE || type == EntryType.BLOCK_DEVICE;
    SparseMap map = type == EntryType.FILE ? map(name, header, pax, stored) : null;
    return new TarEntry(
        EntryName.path(name),
        type,
        // Packers write the type of the file with it: as C has it, or in the high bits that Go has.
        new FileMode((int) header.mode() & 07777),
        map != null ? map.size() : type == EntryType.FILE ? stored : 0,
        map != null ? map.stored() : stored,
        announced - stored,
        modified(name, header, pax),
        link(type, first(pax.bytes("linkpath"), longLink, header.linkName())),
        Optional.ofNullable(map),
        FieldRange.UID.require(name, pax.natural("uid", header.uid())),
        FieldRange.GID.require(name, pax.natural("gid", header.gid())),
        ownerName(first(pax.bytes("uname"), header.userName())),
        ownerName(first(pax.bytes("gname"), header.groupName())),
        device ? FieldRange.DEVMAJOR.require(name, header.deviceMajor()) : 0,
        device ? FieldRange.DEVMINOR.require(name, header.deviceMinor()) : 0);
  }

  /** Returns the size that is announced for what a header is about, whether it is there or not. */
  long size(TarHeader header, PaxAttributes global) throws ArchiveException {
    return size(header.name(), header, global.overriddenBy(local));
  }

  private static long announced(byte[] name, EntryType type, TarHeader header, PaxAttributes pax)
      throws ArchiveException {
    try {
      return size(name, header, pax);
    } catch (ArchiveException e) {
      // That of a hard link may be anything: GNU tar does not look at it.
      if (type == EntryType.HARD_LINK) {
        return 0;
      }
      throw e;
    }
  }

  private static long size(byte[] name, TarHeader header, PaxAttributes pax)
      throws ArchiveException {
    long size = pax.natural("size", header.size());
    if (size < 0 || size > Long.MAX_VALUE - BlockInput.BLOCK) {
      throw ArchiveException.in(name, "its size is " + size + "; build the archive again");
    }
    return size;
  }

  private @Nullable SparseMap map(byte[] name, TarHeader header, PaxAttributes pax, long stored)
      throws IOException, InterruptedException {
    return header.type() == 'S'
        ? sparse.oldGnu(name, header, stored)
        : sparse.pax(name, pax, stored);
  }

  private static Instant modified(byte[] name, TarHeader header, PaxAttributes pax)
      throws ArchiveException {
    byte[] exact = pax.bytes("mtime");
    if (exact != null) {
      return PaxNumber.time("mtime", exact);
    }
    try {
      return Instant.ofEpochSecond(header.modified());
    } catch (DateTimeException e) {
      throw ArchiveException.in(name, "its mtime is out of range; build the archive again");
    }
  }

  private static Optional<String> link(EntryType type, byte[] target) throws ArchiveException {
    return switch (type) {
      case SYMLINK -> Optional.of(EntryName.exact(target));
      case HARD_LINK -> Optional.of(EntryName.exact(NativeText.bytes(EntryName.path(target))));
      default -> Optional.empty();
    };
  }

  private static byte[] first(byte @Nullable [] first, byte[] otherwise) {
    return first != null ? first : otherwise;
  }

  private static byte[] first(byte @Nullable [] first, byte @Nullable [] second, byte[] otherwise) {
    return first(first, first(second, otherwise));
  }

  private static byte[] first(
      byte @Nullable [] first, byte @Nullable [] second, byte @Nullable [] third, byte[] last) {
    return first(first, first(second, third, last));
  }

  /** No system knows a longer one, so that the number counts; and names of owners are kept. */
  private static String ownerName(byte[] name) {
    return name.length > LONGEST_OWNER ? "" : new String(name, StandardCharsets.ISO_8859_1);
  }
}
