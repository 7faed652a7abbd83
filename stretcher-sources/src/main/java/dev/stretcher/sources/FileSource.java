package dev.stretcher.sources;

import dev.stretcher.file.Provisional;
import dev.stretcher.sources.internal.file.FileUri;
import dev.stretcher.sources.internal.file.LimitedStream;
import dev.stretcher.sources.internal.file.SlowOpen;
import dev.stretcher.spi.ByteRange;
import dev.stretcher.spi.Content;
import dev.stretcher.spi.FetchRequest;
import dev.stretcher.spi.Source;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Files of this machine: {@code file:///path} and {@code file:/path}.
 *
 * <p>A regular file is offered in place ({@link Content#file}). It serves ranges; a range that
 * begins at or after the end is answered from byte 0, as HTTP does. Its validator consists of size,
 * modification time and inode, so that a file which is replaced by a rename is another one. A named
 * pipe or a device is read as a stream, from its beginning, and has no length.
 *
 * <p>Stateless and thread-safe.
 */
public final class FileSource implements Source {
  /** Creates the source. */
  public FileSource() {}

  @Override
  public Set<String> schemes() {
    return Set.of("file");
  }

  @Override
  public Content open(URI uri, FetchRequest request) throws IOException, InterruptedException {
    return opened(FileUri.path(uri), request);
  }

  private static Content opened(Path path, FetchRequest request)
      throws IOException, InterruptedException {
    try {
      BasicFileAttributes attributes = attributes(path);
      if (attributes.isDirectory()) {
        throw new AccessDeniedException(
            NativeText.text(path), null, "is a directory; name a file in it");
      }
      return attributes.isRegularFile()
          ? openFile(path, attributes, request)
          : Content.of(Channels.newInputStream(SlowOpen.open(path)));
    } catch (NoSuchFileException e) {
      throw explained(
          new NoSuchFileException(NativeText.text(path), null, "no such file; check the path"), e);
    } catch (AccessDeniedException e) {
      throw e.getReason() != null ? e : explained(refused(path), e);
    }
  }

  /** Opens the end of a regular file; empty for a pipe, of which only the beginning is there. */
  @Override
  public Optional<Content> openEnd(URI uri, long bytes, String userAgent)
      throws IOException, InterruptedException {
    Path path = FileUri.path(uri);
    boolean regular = Files.isRegularFile(path);
    if (!regular && Files.exists(path)) {
      return Optional.empty();
    }
    // If there is no file, opening it says so.
    ByteRange end = ByteRange.from(regular ? Math.max(0, Files.size(path) - bytes) : 0);
    return Optional.of(opened(path, new FetchRequest(end, Optional.empty(), userAgent)));
  }

  private static Content openFile(Path path, BasicFileAttributes before, FetchRequest request)
      throws IOException {
    try (Provisional<FileChannel> opened =
        Provisional.of(FileChannel.open(path, StandardOpenOption.READ))) {
      FileChannel channel = opened.get();
      // A file that is replaced in between is neither of the two.
      String version = version(attributes(path));
      Optional<String> validator = Optional.of(version).filter(version(before)::equals);
      long size = channel.size();
      boolean other = request.validator().isPresent() && !request.validator().equals(validator);
      boolean whole = other || request.range().first() >= size;
      ByteRange range = whole ? ByteRange.ALL : within(size, request.range());
      InputStream body = body(channel, range);
      opened.keep();
      return new Content(body, range, OptionalLong.of(size), validator, Optional.of(path));
    }
  }

  private static ByteRange within(long size, ByteRange asked) {
    return asked.last().orElse(size) < size ? asked : ByteRange.from(asked.first());
  }

  private static InputStream body(FileChannel channel, ByteRange range) throws IOException {
    channel.position(range.first());
    InputStream stream = Channels.newInputStream(channel);
    return range.last().isEmpty()
        ? stream
        : new LimitedStream(stream, range.last().getAsLong() - range.first() + 1);
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class);
  }

  private static String version(BasicFileAttributes attributes) {
    return attributes.size()
        + "-"
        + attributes.lastModifiedTime().toInstant()
        + "-"
        + attributes.fileKey();
  }

  private static AccessDeniedException refused(Path path) {
    return new AccessDeniedException(
        NativeText.text(path),
        null,
        "permission denied; let the user of this process read the file and search its directories");
  }

  private static FileSystemException explained(FileSystemException explained, IOException cause) {
    explained.initCause(cause);
    return explained;
  }
}
