package dev.stretcher.internal.unpack;

import dev.stretcher.internal.tar.TarEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Restores owners and groups: by name where this system knows the name, else by number.
 *
 * <p>Asks for each name once (if they are not very many), because a system may look them up over
 * the network; and never for the name of a number.
 */
final class OwnerRestoration {
  private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;

  /** By name; empty if the system does not know the name. */
  private final Map<String, Optional<UserPrincipal>> users = new OwnerId.Recent<>();

  private final Map<String, Optional<GroupPrincipal>> groups = new OwnerId.Recent<>();
  private final UnknownOwners unknown = new UnknownOwners();
  private final boolean alike;
  private @Nullable Created first;

  /**
   * Creates the restoration.
   *
   * @param alike whether everything is created with one owner and group; a directory with setgid
   *     passes on its own
   */
  OwnerRestoration(boolean alike) {
    this.alike = alike;
  }

  /** Whose a file is that was just created. */
  private record Created(PosixFileAttributes names, @Nullable Object uid, @Nullable Object gid) {}

  /** A call of the system that changes an owner. */
  @FunctionalInterface
  private interface Change {
    void make() throws IOException;
  }

  /** Gives {@code target}, which was just created, its owner; tells whether that took a change. */
  boolean restore(TarEntry entry, Path target) throws IOException {
    Created created = created(target);
    // The group first: a new owner may not have the right to change it.
    boolean otherGroup = restoreGroup(entry, target, created);
    boolean otherUser = restoreUser(entry, target, created);
    return otherUser || otherGroup;
  }

  private boolean restoreUser(TarEntry entry, Path target, Created created) throws IOException {
    OwnerId id = new OwnerId(entry.userName(), entry.uid());
    Optional<UserPrincipal> user = user(target, id);
    boolean other =
        user.isPresent()
            ? !user.get().equals(created.names().owner())
            : !id.number().equals(created.uid());
    if (other) {
      change(
          entry,
          "owner",
          id,
          () -> {
            if (user.isPresent()) {
              view(target).setOwner(user.get());
            } else {
              Files.setAttribute(target, "unix:uid", id.number(), NOFOLLOW);
            }
          });
    }
    return other;
  }

  private boolean restoreGroup(TarEntry entry, Path target, Created created) throws IOException {
    OwnerId id = new OwnerId(entry.groupName(), entry.gid());
    Optional<GroupPrincipal> group = group(target, id);
    boolean other =
        group.isPresent()
            ? !group.get().equals(created.names().group())
            : !id.number().equals(created.gid());
    if (other) {
      change(
          entry,
          "group",
          id,
          () -> {
            if (group.isPresent()) {
              view(target).setGroup(group.get());
            } else {
              Files.setAttribute(target, "unix:gid", id.number(), NOFOLLOW);
            }
          });
    }
    return other;
  }

  private static void change(TarEntry entry, String what, OwnerId id, Change change)
      throws IOException {
    try {
      change.make();
    } catch (IOException e) {
      throw new OwnerNotSetException(entry, what, id, e);
    }
  }

  private Created created(Path target) throws IOException {
    if (first == null || !alike) {
      Map<String, Object> numbers = Files.readAttributes(target, "unix:uid,gid", NOFOLLOW);
      first = new Created(view(target).readAttributes(), numbers.get("uid"), numbers.get("gid"));
    }
    return first;
  }

  /** Returns the names that the system did not know. */
  UnknownOwners unknown() {
    return unknown;
  }

  private Optional<UserPrincipal> user(Path target, OwnerId id) throws IOException {
    if (id.textIfNamed().isEmpty()) {
      return Optional.empty();
    }
    Optional<UserPrincipal> user = users.get(id.name());
    if (user == null) {
      try {
        user = Optional.of(lookup(target).lookupPrincipalByName(id.nativeName()));
      } catch (UserPrincipalNotFoundException e) {
        unknown.addUser(id.nativeName());
        user = Optional.empty();
      }
      users.put(id.name(), user);
    }
    return user;
  }

  private Optional<GroupPrincipal> group(Path target, OwnerId id) throws IOException {
    if (id.textIfNamed().isEmpty()) {
      return Optional.empty();
    }
    Optional<GroupPrincipal> group = groups.get(id.name());
    if (group == null) {
      try {
        group = Optional.of(lookup(target).lookupPrincipalByGroupName(id.nativeName()));
      } catch (UserPrincipalNotFoundException e) {
        unknown.addGroup(id.nativeName());
        group = Optional.empty();
      }
      groups.put(id.name(), group);
    }
    return group;
  }

  private static UserPrincipalLookupService lookup(Path target) {
    return target.getFileSystem().getUserPrincipalLookupService();
  }

  private static PosixFileAttributeView view(Path target) {
    return Files.getFileAttributeView(target, PosixFileAttributeView.class, NOFOLLOW);
  }
}
