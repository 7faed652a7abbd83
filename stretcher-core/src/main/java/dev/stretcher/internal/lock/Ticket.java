package dev.stretcher.internal.lock;

import dev.stretcher.text.NativeText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A place in the queue for a {@link DestLock}: a file beside the lock's, whose name has the order.
 * It is kept from before the lock is asked for until the deploy is over, so that who waits sees who
 * came later. Like the lock it dies with its process: a ticket that can be locked is no one's.
 */
public final class Ticket implements Closeable {
  private static final int ATTEMPTS = 20;
  private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

  private final Path lock;
  private final Path file;
  private final FileChannel channel;
  private final Order order;

  private Ticket(Path lock, Path file, FileChannel channel, Order order) {
    this.lock = lock;
    this.file = file;
    this.channel = channel;
    this.order = order;
  }

  /**
   * Takes a place.
   *
   * @param lock where the lock lies, from {@link DestLock#location}
   */
  public static Ticket take(Path lock, Order order) throws IOException {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      Ticket ticket = tryTake(lock, order);
      if (ticket != null) {
        return ticket;
      }
    }
    throw new FileSystemException(NativeText.text(lock), null, "no place in its queue can be had");
  }

  /** Returns null if someone took the file for a dead one's before it was locked. */
  private static @Nullable Ticket tryTake(Path lock, Order order) throws IOException {
    Path file = lock.resolveSibling(prefix(lock) + order.text() + "-" + UUID.randomUUID());
    OWN.add(file);
    @Nullable FileChannel channel = null;
    boolean taken = false;
    try {
      channel =
          FileChannel.open(
              file,
              Set.of(
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.WRITE,
                  LinkOption.NOFOLLOW_LINKS),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      taken = channel.tryLock() != null && Files.exists(file, LinkOption.NOFOLLOW_LINKS);
      return taken ? new Ticket(lock, file, channel, order) : null;
    } finally {
      if (!taken) {
        giveUp(file, channel);
      }
    }
  }

  private static void giveUp(Path file, @Nullable FileChannel channel) throws IOException {
    try {
      if (channel != null) {
        channel.close();
        Files.deleteIfExists(file);
      }
    } finally {
      OWN.remove(file);
    }
  }

  private static String prefix(Path lock) {
    return Objects.requireNonNull(lock.getFileName()).toString().replaceFirst("\\.lock$", ".wait-");
  }

  /** Tells whether someone waits or deploys who came later. */
  public boolean isSuperseded() throws IOException {
    return isAnyAlive(other -> other.compareTo(order) > 0);
  }

  /** Tells whether someone waits or deploys who came earlier. */
  public boolean isPreceded() throws IOException {
    return isAnyAlive(other -> other.compareTo(order) < 0);
  }

  /** Which orders are asked for. */
  @FunctionalInterface
  private interface Choice {
    boolean is(Order other);
  }

  private boolean isAnyAlive(Choice choice) throws IOException {
    for (Path other : others()) {
      Order place = Order.parse(other.getFileName().toString().substring(prefix(lock).length()));
      if (choice.is(place) && isAlive(other)) {
        return true;
      }
    }
    return false;
  }

  private List<Path> others() throws IOException {
    List<Path> others = new ArrayList<>();
    try (DirectoryStream<Path> tickets =
        Files.newDirectoryStream(Objects.requireNonNull(lock.getParent()), prefix(lock) + "*")) {
      tickets.forEach(others::add);
    }
    others.remove(file);
    return others;
  }

  /** Tells whether the ticket is someone's; else it is removed. */
  private static boolean isAlive(Path ticket) throws IOException {
    if (OWN.contains(ticket)) {
      return true;
    }
    try (FileChannel other =
        FileChannel.open(ticket, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      // Shared, so that two who look at a dead one do not take each other for its owner.
      if (other.tryLock(0, Long.MAX_VALUE, true) == null) {
        return true;
      }
      Files.deleteIfExists(ticket);
      return false;
    } catch (IOException e) {
      // It was given back meanwhile, or it is another user's, who cannot have the lock either.
      return false;
    }
  }

  /** Removes the tickets of dead deploys. Only who has the lock calls this. */
  public void removeDead() throws IOException {
    for (Path other : others()) {
      isAlive(other);
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
