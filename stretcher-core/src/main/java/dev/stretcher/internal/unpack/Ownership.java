package dev.stretcher.internal.unpack;

import dev.stretcher.internal.omit.Ids;
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

  private @Nullable Ids ofNew;

  Ownership(Path root, Attributes attributes) {
    this.root = root;
    this.attributes = attributes;
  }

  Ids of(TarEntry entry) throws IOException {
    List<OwnerId> owner =
        List.of(
            new OwnerId(entry.userName(), entry.uid()),
            new OwnerId(entry.groupName(), entry.gid()));
    @Nullable Ids ids = known.get(owner);
    if (ids == null) {
      ids = probe(probe -> attributes.restoreOwner(entry, probe));
      known.put(owner, ids);
    }
    return ids;
  }

  /** Returns the owner of what is created here and has no entry in the archive. */
  Ids ofNew() throws IOException {
    if (ofNew == null) {
      ofNew = probe(probe -> {});
    }
    return ofNew;
  }

  /** What is done to a new file before one looks whose it is. */
  @FunctionalInterface
  private interface Change {
    void to(Path probe) throws IOException;
  }

  private Ids probe(Change change) throws IOException {
    Path probe = Files.createFile(root.resolve(".probe-" + UUID.randomUUID()));
    try {
      change.to(probe);
      return new Ids(
          (Integer) Files.getAttribute(probe, "unix:uid", LinkOption.NOFOLLOW_LINKS),
          (Integer) Files.getAttribute(probe, "unix:gid", LinkOption.NOFOLLOW_LINKS));
    } finally {
      Files.delete(probe);
    }
  }
}
