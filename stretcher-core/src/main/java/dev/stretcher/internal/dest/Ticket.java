package dev.stretcher.internal.dest;

import dev.stretcher.file.Provisional;
import dev.stretcher.internal.engine.KernelClock;
import dev.stretcher.internal.engine.Reason;
import dev.stretcher.ledger.BootTime;
import dev.stretcher.text.NativeText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A place in the queue for a {@link DestLock}: a file beside the lock's, whose name has the order.
 * It is kept from before the lock is asked for until the deploy is over, so that each deploy that
 * waits sees the later ones. Like the lock it dies with its process: a ticket that another process
 * can lock belongs to no deploy.
 */
final class Ticket implements Closeable {
  private static final int ATTEMPTS = 20;
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path lock;
  private final Path file;
  private final FileChannel channel;

  private Ticket(Path lock, Path file, FileChannel channel) {
    this.lock = lock;
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes a place in the queue.
   *
   * @param lock where the lock lies, one of {@link LockFiles}
   */
  static Ticket take(Path lock, Place place) throws IOException {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      Ticket ticket = tryTake(lock, place);
      if (ticket != null) {
        return ticket;
      }
    }
    throw new FileSystemException(NativeText.text(lock), null, "no place in its queue can be had");
  }

  /** Returns null if another deploy took the file for a leftover before it was locked. */
  private static @Nullable Ticket tryTake(Path lock, Place place) throws IOException {
    // No name is used twice: a deploy that found the file dead may be about to remove it.
    Path file = lock.resolveSibling(LockName.tickets(lock) + place.text() + "." + unique());
    try (Provisional<Ticket> ticket = Provisional.of(new Ticket(lock, file, create(file)))) {
      boolean locked = ticket.get().channel.tryLock() != null;
      return locked && Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? ticket.keep() : null;
    }
  }

  private static FileChannel create(Path file) throws IOException {
    OWN.add(file);
    try {
      return FileChannel.open(
          file,
          Set.of(
              StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } catch (IOException e) {
      OWN.remove(file);
      throw e;
    }
  }

  private static String unique() {
    return UUID.randomUUID().toString().replace("-", "");
  }

  /** Tells whether a later deploy waits or runs. */
  boolean isSuperseded() throws IOException {
    return isAnyoneBeyond(true);
  }

  /** Tells whether an earlier deploy waits or runs. */
  boolean isPreceded() throws IOException {
    return isAnyoneBeyond(false);
  }

  /**
   * Tells whether another deploy has the place at one end of the queue. A place that does not count
   * is left out, and does not change the order of the others.
   */
  private boolean isAnyoneBeyond(boolean atItsEnd) throws IOException {
    IdentityHashMap<Place, Path> queue = queue();
    while (true) {
      List<Place> places = Ranking.of(queue.keySet());
      Place outermost = places.get(atItsEnd ? places.size() - 1 : 0);
      Path ticket = Objects.requireNonNull(queue.get(outermost));
      if (ticket.equals(file)) {
        return false;
      }
      if (counts(ticket, outermost)) {
        return true;
      }
      queue.remove(outermost);
    }
  }

  /** Returns all places and their files, with the place of this ticket. */
  private IdentityHashMap<Place, Path> queue() throws IOException {
    String prefix = LockName.tickets(lock);
    // By identity: to hash a record for the first time takes a JVM some ten milliseconds.
    IdentityHashMap<Place, Path> queue = new IdentityHashMap<>();
    try (DirectoryStream<Path> tickets =
        Files.newDirectoryStream(Objects.requireNonNull(lock.getParent()), prefix + "*")) {
      for (Path ticket : tickets) {
        if (!ticket.equals(file)) {
          queue.put(place(ticket, prefix), ticket);
        }
      }
    }
    // This ticket counts, even if someone has removed its file.
    queue.put(place(file, prefix), file);
    return queue;
  }

  private static Place place(Path ticket, String prefix) {
    return Place.parse(ticket.getFileName().toString().substring(prefix.length()));
  }

  /**
   * Tells whether a deploy holds this ticket. The ticket of another user does not count, since that
   * user cannot have the lock either; nor does the ticket of an event that has not come yet. Of the
   * others only the ticket of a dead process does not count: a ticket that cannot be opened is an
   * error.
   */
  private boolean counts(Path ticket, Place place) throws IOException {
    if (OWN.contains(ticket)) {
      return true;
    }
    Optional<FoundFile> found = FoundFile.look(ticket);
    if (found.isEmpty() || !found.get().isOf(file) || place.order().isAheadOf(now())) {
      return false;
    }
    try {
      return isHeld(found.get());
    } catch (NoSuchFileException e) {
      // The ticket was given back meanwhile.
      return false;
    } catch (IOException e) {
      throw unknown(ticket, e);
    }
  }

  private static IOException unknown(Path ticket, IOException failure) {
    String reason =
        failure instanceof AccessDeniedException
            ? "this place in the queue belongs to another user; deploy as that one, or remove it if"
                + " no deploy of theirs runs"
            : Reason.of(failure);
    FileSystemException named = new FileSystemException(NativeText.text(ticket), null, reason);
    named.initCause(failure);
    return named;
  }

  private static boolean isHeld(FoundFile ticket) throws IOException {
    Optional<FileChannel> open = ticket.open();
    if (open.isEmpty()) {
      return false;
    }
    try (FileChannel other = open.get()) {
      return isHeld(other);
    }
  }

  private static Optional<BootTime> now() {
    return KernelClock.ofThisHost().sinceBoot();
  }

  private static boolean isHeld(FileChannel ticket) throws IOException {
    // Shared, so that two deploys that look at a dead ticket do not take each other for its owner.
    return ticket.tryLock(0, Long.MAX_VALUE, true) == null;
  }

  /** Removes the tickets of dead deploys. Only the holder of the lock calls this. */
  void removeDead() throws IOException {
    for (Path ticket : queue().values()) {
      if (!OWN.contains(ticket)) {
        removeIfDead(ticket);
      }
    }
  }

  private static void removeIfDead(Path ticket) throws IOException {
    Optional<FoundFile> found = FoundFile.look(ticket);
    if (found.isEmpty()) {
      return;
    }
    try {
      removeIfDead(found.get());
    } catch (IOException e) {
      // The ticket was given back meanwhile, or it is not known to be dead.
      return;
    }
  }

  private static void removeIfDead(FoundFile ticket) throws IOException {
    Optional<FileChannel> open = ticket.open();
    if (open.isPresent()) {
      try (FileChannel other = open.get()) {
        // While this ticket is locked no other deploy can take it for its own.
        if (!isHeld(other)) {
          Files.deleteIfExists(ticket.path());
        }
      }
    }
  }

  /** Gives the place back. Idempotent. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      try {
        Files.deleteIfExists(file);
      } finally {
        channel.close();
        OWN.remove(file);
      }
    }
  }
}
