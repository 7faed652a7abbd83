package dev.stretcher.internal.archive;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.HashSet;
import java.util.Set;

/** Names of users and groups that an archive has and this system did not know. */
public final class UnknownOwners {
  private final Set<String> users = new HashSet<>();
  private final Set<String> groups = new HashSet<>();

  UnknownOwners() {}

  void addUser(String name) {
    users.add(name);
  }

  void addGroup(String name) {
    groups.add(name);
  }

  /** Tells whether the system knows one of them by now. */
  public boolean isAnyKnown() {
    UserPrincipalLookupService lookup = FileSystems.getDefault().getUserPrincipalLookupService();
    return users.stream().anyMatch(name -> isKnown(name, lookup::lookupPrincipalByName))
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
