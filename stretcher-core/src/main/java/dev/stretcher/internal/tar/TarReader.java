package dev.stretcher.internal.tar;

import static dev.stretcher.internal.tar.BlockInput.BLOCK;

import dev.stretcher.option.Options;
import dev.stretcher.option.Settings;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of a tar archive, one after the other, in bounded memory.
 *
 * <p>Understands v7, ustar, PAX and GNU archives, and is as lenient as GNU tar: a missing end mark
 * is accepted where an entry could begin.
 */
public final class TarReader implements Entries {
  private final BlockInput input;
  private final Options limits;
  private final SparseReader sparse;
  private PaxAttributes global = PaxAttributes.NONE;
  private boolean seen;
  private @Nullable TarEntry current;
  private AnnouncedContent announced = AnnouncedContent.NONE;
  private long content;
  private long padding;

  public TarReader(Chunks in, Options limits) {
    this.input = new BlockInput(in);
    this.limits = limits;
    this.sparse = new SparseReader(input);
  }

  @Override
  public @Nullable TarEntry next() throws IOException, InterruptedException {
    try {
      input.skip(content);
      input.skip(padding);
      content = 0;
      padding = 0;
      return readEntry();
    } catch (EOFException e) {
      throw truncated(e);
    }
  }

  @Override
  public ByteBuffer content(long max) throws IOException, InterruptedException {
    try {
      ByteBuffer chunk = input.chunk(Math.min(max, content));
      content -= chunk.remaining();
      return chunk;
    } catch (EOFException e) {
      throw truncated(e);
    }
  }

  @Override
  public void finish() throws IOException, InterruptedException {
    input.drain();
  }

  private @Nullable TarEntry readEntry() throws IOException, InterruptedException {
    EntryAssembly assembly = new EntryAssembly(sparse);
    for (TarHeader header = header(); header != null; header = header()) {
      switch (header.type()) {
        case 'L' -> assembly.longName(text(header));
        case 'K' -> assembly.longLink(text(header));
        case 'x', 'X' -> assembly.pax(extension(header));
        case 'g' -> global = global.with(extension(header));
        case 'V' -> {
          // A label of the archive. Extended headers before it are about it, for GNU tar too.
          input.skip(padded(assembly.size(header, global)));
          assembly = new EntryAssembly(sparse);
        }
        default -> {
          return begin(assembly.entry(header, global));
        }
      }
    }
    if (assembly.isPending()) {
      throw new EOFException();
    }
    return null;
  }

  private TarEntry begin(TarEntry entry) throws IOException {
    current = entry;
    if (entry.announced() > 0) {
      announced = new AnnouncedContent(entry.text(), entry.announced());
    }
    content = entry.stored();
    padding = padded(content) - content;
    input.beginContent(content);
    return entry;
  }

  private @Nullable TarHeader header() throws IOException, InterruptedException {
    byte[] block = new byte[BLOCK];
    if (!input.next(block)) {
      return nothing();
    }
    TarHeader header = new TarHeader(block);
    if (header.isIntact()) {
      seen = true;
      announced = AnnouncedContent.NONE;
      return header;
    }
    if (header.isEnd()) {
      announced.requireEnd(input);
      return null;
    }
    announced.requireNone();
    throw damaged();
  }

  private ArchiveException truncated(EOFException e) {
    return ArchiveException.truncated(current == null ? null : current.text(), e);
  }

  /** The end mark is missing, which is fine, but not before the first header. */
  private @Nullable TarHeader nothing() throws ArchiveException {
    if (!seen) {
      throw ArchiveException.of(
          "it is empty, expected a tar archive; build and upload the archive again");
    }
    return null;
  }

  private ArchiveException damaged() {
    return seen
        ? ArchiveException.of(
            "the header after "
                + (current == null ? "the first ones" : "entry '" + current.text() + "'")
                + " is damaged, expected a tar header with a right checksum; build and upload the"
                + " archive again")
        : ArchiveException.of(
            "this is not a tar archive, expected a tar header with a right checksum; check what"
                + " was uploaded");
  }

  private byte[] extension(TarHeader header) throws IOException, InterruptedException {
    long size = header.size();
    if (size < 0) {
      throw ArchiveException.in(
          header.name(),
          "the size of an extended header is " + size + "; build and upload the archive again");
    }
    if (size > limits.get(Settings.MAX_EXTENDED_HEADER)) {
      throw ArchiveException.in(
          header.name(),
          "an extended header of %s bytes, %s"
              .formatted(size, limits.exceeded(Settings.MAX_EXTENDED_HEADER)));
    }
    byte[] result = input.bytes((int) size);
    input.skip(padded(size) - size);
    return result;
  }

  private byte[] text(TarHeader header) throws IOException, InterruptedException {
    byte[] name = extension(header);
    int end = 0;
    while (end < name.length && name[end] != 0) {
      end++;
    }
    return Arrays.copyOf(name, end);
  }

  private static long padded(long size) {
    return (size + BLOCK - 1) / BLOCK * BLOCK;
  }
}
