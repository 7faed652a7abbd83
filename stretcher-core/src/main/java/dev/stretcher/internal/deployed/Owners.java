package dev.stretcher.internal.deployed;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The owners that an archive names, as this system knows them: by name, else by number. */
final class Owners {
  private final UserPrincipalLookupService system =
      FileSystems.getDefault().getUserPrincipalLookupService();
  private final Map<String, UserPrincipal> users = new HashMap<>();
  private final Map<String, GroupPrincipal> groups = new HashMap<>();

  UserPrincipal user(String name, long number) throws IOException {
    return cached(users, system::lookupPrincipalByName, name, number);
  }

  GroupPrincipal group(String name, long number) throws IOException {
    return cached(groups, system::lookupPrincipalByGroupName, name, number);
  }

  /** A question to the system. */
  @FunctionalInterface
  private interface LookUp<T> {
    T of(String name) throws IOException;
  }

  private static <T> T cached(Map<String, T> known, LookUp<T> lookUp, String name, long number)
      throws IOException {
    String key = name + '\0' + number;
    @Nullable T found = known.get(key);
    if (found == null) {
      found = find(lookUp, name, number);
      known.put(key, found);
    }
    return found;
  }

  private static <T> T find(LookUp<T> lookUp, String name, long number) throws IOException {
    if (!name.isEmpty()) {
      try {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        return lookUp.of(new String(bytes, StandardCharsets.UTF_8));
      } catch (UserPrincipalNotFoundException e) {
        // Its number counts.
      }
    }
    return lookUp.of(Long.toString(number));
  }
}
