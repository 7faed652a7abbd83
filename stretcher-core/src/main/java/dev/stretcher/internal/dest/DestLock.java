package dev.stretcher.internal.dest;

import dev.stretcher.file.Provisional;
import dev.stretcher.file.ReservedNames;
import dev.stretcher.process.Interrupts;
import dev.stretcher.text.NativeText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The right to deploy to one name of a dest, exclusive on this host. The lock dies with its
 * process, since the kernel then releases a POSIX record lock. Its file lies beside dest, or in the
 * temporary directory if this user may not write beside dest, and is removed when the lock is
 * released.
 */
public final class DestLock implements Closeable {
  /**
   * The lock files that this JVM holds. The state is static because it describes the process:
   * closing any channel of a file drops all record locks that the process has on it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private static final String OF_ANOTHER_USER =
      "the lock file belongs to another user; deploy as that one, or remove it if it is nobody's";

  private static final int ATTEMPTS = 20;

  private final Path file;
  private final FileChannel channel;
  private final FileChannel witness;

  /** Which file it is; its number is not given to another one while it is open. */
  private final Object fileKey;

  private DestLock(Path file, FileChannel channel, FileChannel witness, Object fileKey) {
    this.file = file;
    this.channel = channel;
    this.witness = witness;
    this.fileKey = fileKey;
  }

  /**
   * Returns where the lock of {@code dest} lies as long as the directories above it stay as they
   * are: in the nearest directory above dest that exists, or in {@code fallback}.
   */
  public static Path location(Path dest, Path fallback) {
    Path directory = dest.getParent();
    while (directory != null && !Files.isDirectory(directory)) {
      directory = directory.getParent();
    }
    return below(directory == null ? fallback : directory, last(dest), fallback);
  }

  /**
   * Returns where the lock of {@code dest} lay before a {@code pre} command made the directories
   * above it.
   */
  public static List<Path> earlierLocations(Path dest, Path fallback) {
    List<Path> locations = new ArrayList<>();
    Path directory = Objects.requireNonNull(dest.getParent(), "not the root directory").getParent();
    for (; directory != null; directory = directory.getParent()) {
      locations.add(below(directory, last(dest), fallback));
    }
    return locations;
  }

  private static Path last(Path dest) {
    return Objects.requireNonNull(dest.getFileName(), "not the root directory");
  }

  /** Returns where the lock of a name lies whose directory exists. */
  static Path below(Path directory, Path name, Path fallback) {
    Path real = real(directory);
    Path place = Files.isWritable(real) ? real : fallback;
    return place.resolve(LockName.of(key(place, real.resolve(name))));
  }

  /**
   * The key depends on the place, since one key must not stand for two locks: a lock in the
   * temporary directory and one beside dest, once its parent can be written to, do not exclude each
   * other.
   */
  private static String key(Path place, Path dest) {
    MessageDigest digest = DigestUtils.getSha256Digest();
    digest.update(NativeText.bytes(place));
    digest.update((byte) 0);
    return Hex.encodeHexString(digest.digest(NativeText.bytes(dest)))
        .substring(0, ReservedNames.KEY);
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      return directory;
    }
  }

  /**
   * Takes the lock, if it is free.
   *
   * @param file from {@link #location}
   * @throws IOException if the file cannot be made
   */
  public static Optional<DestLock> tryAcquire(Path file) throws IOException {
    if (!HELD.add(file)) {
      return Optional.empty();
    }
    try (Provisional<Claim> claim = Provisional.of(new Claim(file))) {
      // An interrupt in the middle would leave the file behind.
      Optional<DestLock> lock = Interrupts.shielded(() -> tryLock(file));
      if (lock.isPresent()) {
        claim.keep();
      }
      return lock;
    }
  }

  /** Tells whether this process holds the lock; who opens its file then would release it. */
  public static boolean isHeldHere(Path file) {
    return HELD.contains(file);
  }

  /** Keeps other threads of this JVM from opening a lock's file. */
  private record Claim(Path file) implements Closeable {
    @Override
    public void close() {
      HELD.remove(file);
    }
  }

  private static Optional<DestLock> tryLock(Path file) throws IOException {
    Optional<Opened> opened = open(file);
    if (opened.isEmpty()) {
      return Optional.empty();
    }
    try (Provisional<FileChannel> channel = Provisional.of(opened.get().channel())) {
      Optional<DestLock> lock =
          channel.get().tryLock() == null ? Optional.empty() : witnessed(file, opened.get());
      if (lock.isPresent()) {
        channel.keep();
      }
      return lock;
    } catch (NoSuchFileException e) {
      // Its holder has removed it meanwhile.
      return Optional.empty();
    }
  }

  /**
   * Returns the lock once it is certain that the locked file is the file at its path, and not a
   * file that its holder removed meanwhile: bytes that are written to the locked file must be read
   * from the path.
   */
  private static Optional<DestLock> witnessed(Path file, Opened opened) throws IOException {
    byte[] holder = writeHolder(file, opened);
    Object key = fileKey(file);
    // For writing too: to open a pipe that has come here for one of them would wait for its other
    // end.
    try (Provisional<FileChannel> witness =
        Provisional.of(
            FileChannel.open(
                file,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS))) {
      // Closing the witness would release the lock, see HELD.
      return has(witness.get(), holder)
          ? Optional.of(new DestLock(file, opened.channel(), witness.keep(), key))
          : Optional.empty();
    }
  }

  /** Writes the holder into the file. If that fails, as on a full disk, a new file is removed. */
  private static byte[] writeHolder(Path file, Opened locked) throws IOException {
    String holder = ProcessHandle.current().pid() + " " + UUID.randomUUID() + "\n";
    byte[] bytes = holder.getBytes(StandardCharsets.US_ASCII);
    try {
      locked.channel().truncate(0);
      locked.channel().write(ByteBuffer.wrap(bytes));
      return bytes;
    } catch (IOException e) {
      if (locked.isNew()) {
        Files.deleteIfExists(file);
      }
      throw e;
    }
  }

  private static boolean has(FileChannel witness, byte[] holder) throws IOException {
    ByteBuffer read = ByteBuffer.allocate(holder.length);
    witness.read(read, 0);
    return read.flip().equals(ByteBuffer.wrap(holder));
  }

  /** A lock's file, and whether it was not there before. */
  private record Opened(FileChannel channel, boolean isNew) {}

  /**
   * Returns nothing if other deploys take and release the lock so fast that its file can be neither
   * opened nor made.
   */
  private static Optional<Opened> open(Path file) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        return Optional.of(new Opened(create(file), true));
      } catch (FileAlreadyExistsException e) {
        Optional<FileChannel> found = openFound(file);
        if (found.isPresent()) {
          return Optional.of(new Opened(found.get(), false));
        }
      }
    }
    return Optional.empty();
  }

  private static FileChannel create(Path file) throws IOException {
    try {
      return FileChannel.open(
          file,
          Set.of(
              StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (AccessDeniedException e) {
      throw FoundFile.refusal(file, OF_ANOTHER_USER);
    }
  }

  private static Optional<FileChannel> openFound(Path file) throws IOException {
    Optional<FoundFile> found = FoundFile.look(file);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    requireOwn(found.get());
    try {
      return found.get().open();
    } catch (AccessDeniedException e) {
      throw FoundFile.refusal(file, OF_ANOTHER_USER);
    }
  }

  private static void requireOwn(FoundFile found) throws IOException {
    if (found.isOfRoot()) {
      return;
    }
    Path directory = Objects.requireNonNull(found.path().getParent());
    Path own = Files.createTempFile(directory, temporaryPrefix(found.path()), ".own");
    try {
      if (!found.isOf(own)) {
        throw FoundFile.refusal(found.path(), OF_ANOTHER_USER);
      }
    } finally {
      Files.deleteIfExists(own);
    }
  }

  /**
   * Returns what the names of temporary files and directories of a deploy to this dest begin with.
   * The holder of the lock may remove other files with such names: their deploy is dead.
   */
  public String temporaryPrefix() {
    return temporaryPrefix(file);
  }

  /** Returns the beginning of those names for a lock that would lie at {@code file}. */
  public static String temporaryPrefix(Path file) {
    return LockName.temporary(file);
  }

  /** A file must not be opened for this, see {@link #HELD}. */
  private static Object fileKey(Path file) throws IOException {
    return Objects.requireNonNull(
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey(),
        "POSIX has one");
  }

  /**
   * Tells whether the lock keeps others away: once its file was removed, another process can make
   * one of that name, and lock it.
   */
  public boolean isInPlace() {
    try {
      return fileKey.equals(fileKey(file));
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns where the lock lies. */
  public Path file() {
    return file;
  }

  /** Releases the lock. Idempotent. */
  @Override
  public void close() throws IOException {
    if (!channel.isOpen()) {
      return;
    }
    try {
      if (isInPlace()) {
        Files.deleteIfExists(file);
      }
    } finally {
      witness.close();
      channel.close();
      HELD.remove(file);
    }
  }
}
