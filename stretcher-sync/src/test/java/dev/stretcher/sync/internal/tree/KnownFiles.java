package dev.stretcher.sync.internal.tree;

import dev.stretcher.manifest.Digest;
import dev.stretcher.spi.SyncTarget.KnownContents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is known of the files that a directory has at one moment, as after a deploy. */
public final class KnownFiles implements KnownContents {
  private final Map<Path, Known> files = new HashMap<>();

  private KnownFiles() {}

  private record Known(long size, Instant modified, Digest digest) {}

  /** Learns all regular files below {@code root}. */
  public static KnownFiles of(Path root) throws IOException {
    KnownFiles known = new KnownFiles();
    for (Path file : in(root)) {
      known.files.put(
          root.relativize(file),
          new Known(Files.size(file), Files.getLastModifiedTime(file).toInstant(), digest(file)));
    }
    return known;
  }

  /** Returns the regular files below {@code root}, sorted. */
  static List<Path> in(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    List<Path> files = new ArrayList<>();
    try (Stream<Path> paths = Files.walk(root)) {
      paths
          .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .forEach(files::add);
    }
    files.sort(null);
    return files;
  }

  /** Returns the SHA-256 of a file. */
  public static Digest digest(Path file) throws IOException {
    try {
      byte[] value = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return new Digest(Digest.Algorithm.SHA256, HexFormat.of().formatHex(value));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Optional<Digest> digest(Path path, long size, Instant modified) {
    return Optional.ofNullable(files.get(path))
        .filter(file -> file.size() == size && file.modified().equals(modified))
        .map(Known::digest);
  }
}
