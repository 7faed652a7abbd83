package dev.stretcher.internal.publish;

import dev.stretcher.publish.ObjectName;
import dev.stretcher.publish.StoredObject;
import dev.stretcher.text.NativeText;
import dev.stretcher.trust.PrivateFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The directories that objects lie in. */
final class ObjectDirectories {
  private static final Set<PosixFilePermission> SEARCHABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private ObjectDirectories() {}

  /** Makes the directories of a file that are not there yet, for everybody to search. */
  static void make(Path base, Path file) throws IOException {
    requireNoLinks(base, file);
    makeDirectory(Objects.requireNonNull(file.getParent()));
    requireNoLinks(base, file);
  }

  private static void makeDirectory(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      return;
    }
    Path parent = directory.getParent();
    if (parent != null) {
      makeDirectory(parent);
    }
    try {
      Files.createDirectory(directory);
      setPermissions(directory, SEARCHABLE);
      PrivateFile.flushNames(Objects.requireNonNull(parent));
    } catch (FileAlreadyExistsException e) {
      // Another publisher made it just now.
      if (!Files.isDirectory(directory)) {
        throw new FileSystemException(
            NativeText.text(directory),
            null,
            "is there and is no directory; remove it, or publish to another one");
      }
    } catch (FileSystemException e) {
      throw FileRefusal.explained(directory, e);
    }
  }

  /** Sets permissions, of no file that a link leads to. */
  static void setPermissions(Path file, Set<PosixFilePermission> permissions) throws IOException {
    @Nullable PosixFileAttributeView view =
        Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view != null) {
      view.setPermissions(permissions);
    }
  }

  /** Refuses a link between the directory of a store and a file in it. */
  static void requireNoLinks(Path base, Path file) throws IOException {
    for (Path above = file.getParent();
        above != null && !above.equals(base);
        above = above.getParent()) {
      if (Files.isSymbolicLink(above)) {
        throw new FileSystemException(
            NativeText.text(above),
            null,
            "is a symbolic link, which is not followed below the directory that is published to;"
                + " remove it");
      }
    }
  }

  /** Returns what has a name that begins with a prefix, sorted. */
  static List<StoredObject> files(
      Path base, String prefix, BiFunction<ObjectName, BasicFileAttributes, StoredObject> stored)
      throws IOException {
    List<StoredObject> found = new ArrayList<>();
    Files.walkFileTree(
        base,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            String below = NativeText.text(base.relativize(directory));
            boolean mayMatch =
                below.isEmpty()
                    || prefix.startsWith(below + "/")
                    || (below + "/").startsWith(prefix);
            return mayMatch ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = NativeText.text(base.relativize(file));
            if (attributes.isRegularFile() && name.startsWith(prefix) && ObjectName.isName(name)) {
              found.add(stored.apply(new ObjectName(name), attributes));
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // What goes away meanwhile is not there.
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    found.sort((a, b) -> a.name().compareTo(b.name()));
    return found;
  }
}
