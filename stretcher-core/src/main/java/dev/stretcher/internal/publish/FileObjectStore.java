package dev.stretcher.internal.publish;

import dev.stretcher.process.Interrupts;
import dev.stretcher.publish.ObjectContent;
import dev.stretcher.publish.ObjectExistsException;
import dev.stretcher.publish.ObjectName;
import dev.stretcher.publish.ObjectStore;
import dev.stretcher.publish.StoredObject;
import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Objects as files of a directory, which a web server may serve. A file is written under another
 * name beside it, brought to disk, and gets its name by link(2), which replaces nothing. Links
 * below the directory are not followed.
 */
final class FileObjectStore implements ObjectStore {
  private final Path directory;
  private final String address;

  /**
   * Creates the store.
   *
   * @param address the directory, with or without a slash at the end
   */
  FileObjectStore(Path directory, URI address) {
    this.directory = directory;
    this.address = "file:" + address.getRawPath().replaceFirst("/+$", "");
  }

  @Override
  public String name() {
    return "file:" + NativeText.text(directory);
  }

  @Override
  public URI url(ObjectName name) {
    return URI.create(address + "/" + name);
  }

  private Path path(ObjectName name) {
    return directory.resolve(name.text());
  }

  @Override
  public void create(ObjectName name, ObjectContent content)
      throws IOException, InterruptedException {
    Interrupts.requireNone();
    Path file = path(name);
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw exists(name);
    }
    ObjectDirectories.make(directory, file);
    try (UnnamedFile unnamed = UnnamedFile.beside(file)) {
      unnamed.write(content);
      Interrupts.requireNone();
      unnamed.giveName();
    } catch (FileAlreadyExistsException e) {
      throw exists(name);
    } catch (IOException e) {
      Interrupts.rethrow(e);
      throw FileRefusal.explained(file, e);
    }
  }

  private ObjectExistsException exists(ObjectName name) throws IOException {
    return new ObjectExistsException(
        "%s exists already; choose another name".formatted(NativeText.text(path(name))),
        find(name));
  }

  @Override
  public Optional<StoredObject> find(ObjectName name) throws IOException {
    Path file = path(name);
    try {
      ObjectDirectories.requireNoLinks(directory, file);
      BasicFileAttributes attributes = attributes(file);
      if (!attributes.isRegularFile()) {
        throw new FileSystemException(
            NativeText.text(file),
            null,
            "is there and is no regular file; remove it, or choose another name");
      }
      return Optional.of(stored(name, attributes));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      throw FileRefusal.explained(file, e);
    }
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static StoredObject stored(ObjectName name, BasicFileAttributes attributes) {
    return new StoredObject(
        name,
        attributes.size(),
        Optional.empty(),
        Optional.of(attributes.lastModifiedTime().toInstant()));
  }

  @Override
  public InputStream open(ObjectName name) throws IOException {
    Path file = path(name);
    if (find(name).isEmpty()) {
      throw new NoSuchFileException(NativeText.text(file), null, "no such file; check the name");
    }
    try {
      return Channels.newInputStream(
          FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
    } catch (FileSystemException e) {
      throw FileRefusal.explained(file, e);
    }
  }

  @Override
  public Optional<List<StoredObject>> list(String prefix) throws IOException {
    try {
      return Optional.of(ObjectDirectories.files(directory, prefix, FileObjectStore::stored));
    } catch (FileSystemException e) {
      throw FileRefusal.explained(directory, e);
    }
  }

  @Override
  public void delete(ObjectName name) throws IOException {
    if (find(name).isEmpty()) {
      return;
    }
    try {
      Files.deleteIfExists(path(name));
    } catch (FileSystemException e) {
      throw FileRefusal.explained(path(name), e);
    }
  }

  @Override
  public void close() {
    // Nothing is kept open.
  }
}
