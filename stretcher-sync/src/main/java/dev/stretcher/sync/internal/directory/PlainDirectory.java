package dev.stretcher.sync.internal.directory;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A directory on a platform without {@link java.nio.file.SecureDirectoryStream}. Only its path
 * identifies it, so a user who replaces it by a link at the wrong moment leads us astray.
 */
final class PlainDirectory implements OpenDirectory {
  private final Path directory;

  PlainDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
      throw new NotDirectoryException(directory.toString());
    }
    this.directory = directory;
  }

  @Override
  public Optional<SeenFile> look(Path name) throws IOException {
    try {
      return Optional.of(
          SeenFile.of(
              Files.readAttributes(
                  directory.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public OpenDirectory open(Path name) throws IOException {
    return new PlainDirectory(directory.resolve(name));
  }

  @Override
  public List<Path> names() throws IOException {
    List<Path> names = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(path -> names.add(Objects.requireNonNull(path.getFileName())));
      return names;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  @Override
  public void take(OpenDirectory staged, Path name) throws IOException {
    takeBack(staged.path().resolve(name), name);
  }

  @Override
  public void takeBack(Path away, Path name) throws IOException {
    Files.move(away, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void give(Path name, Path away) throws IOException {
    Files.move(directory.resolve(name), away, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void rename(Path name, Path other) throws IOException {
    give(name, directory.resolve(other));
  }

  @Override
  public void deleteFile(Path name) throws IOException {
    Files.delete(directory.resolve(name));
  }

  @Override
  public void deleteDirectory(Path name) throws IOException {
    Files.delete(directory.resolve(name));
  }

  @Override
  public void onFile(Path name, PathAction action) throws IOException {
    action.at(directory.resolve(name));
  }

  @Override
  public boolean setModified(Instant time) throws IOException {
    Files.setLastModifiedTime(directory, FileTime.from(time));
    return true;
  }

  @Override
  public Path path() {
    return directory;
  }

  @Override
  public void close() {}
}
