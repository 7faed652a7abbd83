package dev.stretcher.internal.unpack;

import dev.stretcher.internal.tar.TarEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which owner a file of an archive is going to have. Only the system knows, since names
 * come before numbers and directories may pass on their group; so it is asked with a file, once for
 * each owner that the archive names.
 */
final class Ownership {
  private final Path root;
  private final Attributes attributes;
  private final Map<List<OwnerId>, Ids> known = new OwnerId.Recent<>();

  Ownership(Path root, Attributes attributes) {
    this.root = root;
    this.attributes = attributes;
  }

  /** An owner and a group. */
  record Ids(int uid, int gid) {}

  Ids of(TarEntry entry) throws IOException {
    List<OwnerId> owner =
        List.of(
            new OwnerId(entry.userName(), entry.uid()),
            new OwnerId(entry.groupName(), entry.gid()));
    @Nullable Ids ids = known.get(owner);
    if (ids == null) {
      ids = probe(entry);
      known.put(owner, ids);
    }
    return ids;
  }

  private Ids probe(TarEntry entry) throws IOException {
    Path probe = Files.createFile(root.resolve(".probe-" + UUID.randomUUID()));
    try {
      attributes.restoreOwner(entry, probe);
      return new Ids(
          (Integer) Files.getAttribute(probe, "unix:uid", LinkOption.NOFOLLOW_LINKS),
          (Integer) Files.getAttribute(probe, "unix:gid", LinkOption.NOFOLLOW_LINKS));
    } finally {
      Files.delete(probe);
    }
  }
}
