package dev.stretcher.sync.internal.directory;

import dev.stretcher.file.Descriptors;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A directory that the kernel keeps open for us: all calls are relative to its descriptor. */
final class SecureDirectory implements OpenDirectory {
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final SecureDirectoryStream<Path> stream;
  private final Path name;

  /**
   * Takes over an open directory.
   *
   * @param name for when its descriptor cannot be found
   */
  SecureDirectory(SecureDirectoryStream<Path> stream, Path name) {
    this.stream = stream;
    this.name = name;
  }

  @Override
  public Optional<SeenFile> look(Path child) throws IOException {
    try {
      return Optional.of(SeenFile.of(view(child).readAttributes()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private BasicFileAttributeView view(Path child) {
    return stream.getFileAttributeView(
        child, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public OpenDirectory open(Path child) throws IOException {
    return new SecureDirectory(
        stream.newDirectoryStream(child, LinkOption.NOFOLLOW_LINKS), name.resolve(child));
  }

  @Override
  public List<Path> names() throws IOException {
    List<Path> names = new ArrayList<>();
    try {
      for (Path path : stream) {
        names.add(Objects.requireNonNull(path.getFileName()));
      }
      return names;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  @Override
  public void take(OpenDirectory staged, Path child) throws IOException {
    ((SecureDirectory) staged).stream.move(child, stream, child);
  }

  @Override
  public void takeBack(Path away, Path child) throws IOException {
    // The path is absolute, so that it does not matter which directory it is resolved in.
    stream.move(away, stream, child);
  }

  @Override
  public void give(Path child, Path away) throws IOException {
    stream.move(child, stream, away);
  }

  @Override
  public void rename(Path child, Path other) throws IOException {
    stream.move(child, stream, other);
  }

  @Override
  public void deleteFile(Path child) throws IOException {
    stream.deleteFile(child);
  }

  @Override
  public void deleteDirectory(Path child) throws IOException {
    stream.deleteDirectory(child);
  }

  @Override
  @SuppressWarnings("try") // open, so that its descriptor exists
  public void onFile(Path child, PathAction action) throws IOException {
    try (SeekableByteChannel file = stream.newByteChannel(child, READ)) {
      // If the name is another file's by now, no descriptor of ours is that one's.
      Object key = view(child).readAttributes().fileKey();
      action.at(
          Descriptors.pathOf(key).orElseThrow(() -> new NoSuchFileException(child.toString())));
    }
  }

  @Override
  public boolean setModified(Instant time) throws IOException {
    // Java 17 sets it to the microsecond.
    if (!time.equals(time.truncatedTo(ChronoUnit.MICROS))) {
      return false;
    }
    stream
        .getFileAttributeView(BasicFileAttributeView.class)
        .setTimes(FileTime.from(time), null, null);
    return true;
  }

  @Override
  public Path path() throws IOException {
    Object key =
        stream.getFileAttributeView(BasicFileAttributeView.class).readAttributes().fileKey();
    // The dot makes the entry, a link, stand for the directory also where links are not followed.
    return Descriptors.pathOf(key).map(descriptor -> descriptor.resolve(".")).orElse(name);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
