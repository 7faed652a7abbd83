package dev.stretcher.internal.unpack;

import dev.stretcher.internal.tar.Entries;
import dev.stretcher.internal.tar.SparseMap;
import dev.stretcher.internal.tar.TarEntry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Writes the contents of regular files, leaving out the holes of sparse ones. */
final class ContentWriter {
  private static final Set<OpenOption> NEW_FILE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final Entries entries;
  private final Attributes attributes;

  ContentWriter(Entries entries, Attributes attributes) {
    this.entries = entries;
    this.attributes = attributes;
  }

  /** Creates {@code target}, which must not exist, with the content of the current entry. */
  void write(TarEntry entry, Path target) throws IOException, InterruptedException {
    try (FileChannel file = FileChannel.open(target, NEW_FILE, attributes.creation(entry))) {
      if (entry.sparse().isPresent()) {
        writeParts(entry.sparse().get(), file, target);
        extend(entry.size(), file, target);
      } else {
        write(entry.size(), file, target);
      }
    }
  }

  private void writeParts(SparseMap map, FileChannel file, Path target)
      throws IOException, InterruptedException {
    for (int part = 0; part < map.parts(); part++) {
      file.position(map.offset(part));
      write(map.length(part), file, target);
    }
  }

  private void write(long length, FileChannel file, Path target)
      throws IOException, InterruptedException {
    for (long left = length; left > 0; ) {
      ByteBuffer chunk = entries.content(left);
      left -= chunk.remaining();
      writeFully(chunk, file, target);
    }
  }

  /** A channel does not say which file it could not write. */
  private static void writeFully(ByteBuffer chunk, FileChannel file, Path target)
      throws IOException {
    try {
      while (chunk.hasRemaining()) {
        file.write(chunk);
      }
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      FileSystemException named = new FileSystemException(target.toString(), null, e.getMessage());
      named.initCause(e);
      throw named;
    }
  }

  /** Makes a hole at the end: a channel cannot lengthen a file but by writing. */
  private static void extend(long size, FileChannel file, Path target) throws IOException {
    if (file.size() < size) {
      file.position(size - 1);
      writeFully(ByteBuffer.allocate(1), file, target);
    }
  }
}
