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
import org.jspecify.annotations.Nullable;

/**
 * Restores owners and groups: by name where this system knows the name, else by number.
 *
 * <p>Asks for each name and number once (if they are not very many), because a system may look them
 * up over the network.
 */
final class OwnerRestoration {
  private final Map<OwnerId, UserPrincipal> users = new RecentOwners<>();
  private final Map<OwnerId, GroupPrincipal> groups = new RecentOwners<>();
  private final UnknownOwners unknown = new UnknownOwners();
  private final boolean alike;
  private @Nullable PosixFileAttributes first;

  /**
   * Creates the restoration.
   *
   * @param alike whether everything is created with one owner and group; a directory with setgid
   *     passes on its own
   */
  OwnerRestoration(boolean alike) {
    this.alike = alike;
  }

  /** Gives {@code target}, which was just created, its owner; tells whether that took a change. */
  boolean restore(TarEntry entry, Path target) throws IOException {
    PosixFileAttributes created = created(target);
    UserPrincipal user = user(target, new OwnerId(entry.userName(), entry.uid()));
    GroupPrincipal group = group(target, new OwnerId(entry.groupName(), entry.gid()));
    boolean otherUser = !user.equals(created.owner());
    boolean otherGroup = !group.equals(created.group());
    if (otherGroup) {
      view(target).setGroup(group);
    }
    if (otherUser) {
      view(target).setOwner(user);
    }
    return otherUser || otherGroup;
  }

  private PosixFileAttributes created(Path target) throws IOException {
    if (first == null || !alike) {
      first = view(target).readAttributes();
    }
    return first;
  }

  /** Returns the names that the system did not know. */
  UnknownOwners unknown() {
    return unknown;
  }

  private UserPrincipal user(Path target, OwnerId id) throws IOException {
    UserPrincipal user = users.get(id);
    if (user == null) {
      try {
        user = lookup(target).lookupPrincipalByName(id.nativeName());
      } catch (UserPrincipalNotFoundException e) {
        id.textIfNamed().ifPresent(unknown::addUser);
        Files.setAttribute(target, "unix:uid", id.number(), LinkOption.NOFOLLOW_LINKS);
        user = view(target).readAttributes().owner();
      }
      users.put(id, user);
    }
    return user;
  }

  private GroupPrincipal group(Path target, OwnerId id) throws IOException {
    GroupPrincipal group = groups.get(id);
    if (group == null) {
      try {
        group = lookup(target).lookupPrincipalByGroupName(id.nativeName());
      } catch (UserPrincipalNotFoundException e) {
        id.textIfNamed().ifPresent(unknown::addGroup);
        Files.setAttribute(target, "unix:gid", id.number(), LinkOption.NOFOLLOW_LINKS);
        group = view(target).readAttributes().group();
      }
      groups.put(id, group);
    }
    return group;
  }

  private static UserPrincipalLookupService lookup(Path target) {
    return target.getFileSystem().getUserPrincipalLookupService();
  }

  private static PosixFileAttributeView view(Path target) {
    return Files.getFileAttributeView(
        target, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }
}
