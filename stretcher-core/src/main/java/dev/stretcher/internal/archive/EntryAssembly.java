package dev.stretcher.internal.archive;

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
    local = local.with(content);
  }

  /** Tells whether something was announced about an entry that has not come yet. */
  boolean isPending() {
    return longName != null || longLink != null || local != PaxAttributes.NONE;
  }

  TarEntry entry(TarHeader header, PaxAttributes global) throws IOException, InterruptedException {
    PaxAttributes pax = global.overriddenBy(local);
    byte[] name = first(pax.bytes("GNU.sparse.name"), pax.bytes("path"), longName, header.name());
    EntryType type = type(name, header);
    long stored = stored(name, type, header, pax);
    SparseMap map = type == EntryType.FILE ? map(name, header, pax, stored) : null;
    return new TarEntry(
        EntryName.path(name),
        type,
        new FileMode((int) header.mode() & 07777),
        map != null ? map.size() : type == EntryType.FILE ? stored : 0,
        map != null ? map.stored() : stored,
        modified(name, header, pax),
        link(type, first(pax.bytes("linkpath"), longLink, header.linkName())),
        Optional.ofNullable(map),
        pax.natural("uid", header.uid()),
        pax.natural("gid", header.gid()),
        latin1(first(pax.bytes("uname"), header.userName())),
        latin1(first(pax.bytes("gname"), header.groupName())),
        header.deviceMajor(),
        header.deviceMinor());
  }

  private static EntryType type(byte[] name, TarHeader header) throws ArchiveException {
    return switch (header.type()) {
      case '1' -> EntryType.HARD_LINK;
      case '2' -> EntryType.SYMLINK;
      case '3' -> EntryType.CHARACTER_DEVICE;
      case '4' -> EntryType.BLOCK_DEVICE;
      case '5', 'D' -> EntryType.DIRECTORY;
      case '6' -> EntryType.FIFO;
      case 'S' -> EntryType.FILE;
      case 'M', 'N' ->
          throw ArchiveException.in(
              name,
              "it is of type '"
                  + header.type()
                  + "', a part of a multi-volume or very old GNU archive; build the archive again");
      // Old tars have no type for directories. Unknown types are files, says POSIX.
      default ->
          name.length > 0 && name[name.length - 1] == '/' ? EntryType.DIRECTORY : EntryType.FILE;
    };
  }

  private static long stored(byte[] name, EntryType type, TarHeader header, PaxAttributes pax)
      throws ArchiveException {
    // Some tars write the size of the file into the header of a link to it, but no content.
    long size = type == EntryType.HARD_LINK ? 0 : pax.natural("size", header.size());
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

  private static String latin1(byte[] name) {
    return new String(name, StandardCharsets.ISO_8859_1);
  }
}
