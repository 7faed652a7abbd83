package dev.stretcher.internal.unpack;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.HashSet;
import java.util.Set;

/** Names of users and groups that an archive has and this system did not know. */
public final class UnknownOwners {
  /** An archive may name millions; so many are kept. */
  private static final int MOST = 1000;

  private final Set<String> users = new HashSet<>();
  private final Set<String> groups = new HashSet<>();
  private boolean tooMany;

  UnknownOwners() {}

  void addUser(String name) {
    add(users, name);
  }

  void addGroup(String name) {
    add(groups, name);
  }

  private void add(Set<String> names, String name) {
    if (names.size() < MOST) {
      names.add(name);
    } else {
      tooMany |= !names.contains(name);
    }
  }

  /** Tells whether the system knows, or may know, one of them by now. */
  public boolean isAnyKnown() {
    UserPrincipalLookupService lookup = FileSystems.getDefault().getUserPrincipalLookupService();
    return tooMany
        || users.stream().anyMatch(name -> isKnown(name, lookup::lookupPrincipalByName))
        || groups.stream().anyMatch(name -> isKnown(name, lookup::lookupPrincipalByGroupName));
  }

  /** A question to the system's list of users or groups. */
  @FunctionalInterface
  private interface Lookup {
    Object of(String name) throws IOException;
  }

  private static boolean isKnown(String name, Lookup lookup) {
    try {
      lookup.of(name);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
