package dev.stretcher.sync.internal.release;

import dev.stretcher.process.Interrupts;
import dev.stretcher.release.ReleaseComparison;
import dev.stretcher.text.Printable;
import dev.stretcher.trust.PrivateFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.zip.ZipException;

/**
 * What is kept of a release beside the journal: its manifest, and the list of its files.
 *
 * @param directory where that is: only this user writes there
 */
record Kept(Path directory) {
  static final String MANIFEST = ".yml";
  static final String LIST = ".list.gz";

  private static final int MOST_TOLD = 5;

  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Set<OpenOption> WRITE =
      Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, LinkOption.NOFOLLOW_LINKS);

  /** Writes something. */
  @FunctionalInterface
  private interface Content {
    void to(OutputStream out) throws IOException;
  }

  /** Keeps what a release will need, so that it outlasts a power failure. */
  void keep(String id, String manifest, Path tree) throws IOException {
    Interrupts.shielded(
        () -> {
          write(id + MANIFEST, out -> out.write(manifest.getBytes(StandardCharsets.UTF_8)));
          write(id + LIST, out -> FileList.write(tree, out));
          PrivateFile.flushNames(directory);
          return id;
        });
  }

  private void write(String name, Content content) throws IOException {
    Path temporary = directory.resolve(name + ".new");
    Files.deleteIfExists(temporary);
    try (FileChannel channel = FileChannel.open(temporary, WRITE, PRIVATE)) {
      OutputStream out = Channels.newOutputStream(channel);
      content.to(out);
      channel.force(true);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    Files.move(temporary, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes what is kept of a release. */
  void forget(String id) throws IOException {
    Files.deleteIfExists(directory.resolve(id + MANIFEST));
    Files.deleteIfExists(directory.resolve(id + LIST));
  }

  /** Tells whether a deploy of ours has made a release. */
  boolean has(String id) {
    return Files.exists(directory.resolve(id + MANIFEST), LinkOption.NOFOLLOW_LINKS)
        || Files.exists(directory.resolve(id + LIST), LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns the manifest of a release. */
  Optional<String> manifest(String id) throws IOException {
    try {
      return Optional.of(
          new String(Files.readAllBytes(directory.resolve(id + MANIFEST)), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Compares a release with the list of its files.
   *
   * @param name what messages call its directory
   * @param inodes knows which files are shared with others
   * @throws IOException if it is not as it was
   */
  void verify(String id, Path tree, Path name, SharedInode inodes) throws IOException {
    List<Path> different;
    try (InputStream list = Files.newInputStream(directory.resolve(id + LIST))) {
      different = FileList.differences(tree, list, MOST_TOLD);
    } catch (NoSuchFileException e) {
      throw new FileSystemException(
          name.toString(), null, "the list of its files is gone, so that it cannot be verified");
    } catch (EOFException | ZipException | IllegalArgumentException e) {
      throw new FileSystemException(
          name.toString(), null, "the list of its files is damaged, so that it cannot be verified");
    }
    if (!different.isEmpty()) {
      throw new FileSystemException(
          name.toString(),
          null,
          "it was changed since it was made, or something in it is gone: "
              + text(different)
              + inodes.explain(id, different).map(why -> "; " + why).orElse(""));
    }
  }

  /** Says how a release differs from the list of its files; empty if there is none. */
  Optional<ReleaseComparison> compare(String id, Path tree)
      throws IOException, InterruptedException {
    try (InputStream list = Files.newInputStream(directory.resolve(id + LIST))) {
      return Optional.of(ListedDifferences.of(tree, list));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static String text(List<Path> names) {
    StringJoiner text = new StringJoiner(", ");
    for (Path name : names) {
      text.add(shown(name));
    }
    return names.size() < MOST_TOLD ? text.toString() : text + " and maybe others";
  }

  static String shown(Path name) {
    return name.toString().isEmpty() ? "its own mode or owner" : Printable.of(name);
  }
}
