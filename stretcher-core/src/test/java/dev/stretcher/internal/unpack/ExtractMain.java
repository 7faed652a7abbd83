package dev.stretcher.internal.unpack;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Unpacks an archive in a process of its own: as another user, with another umask. */
final class ExtractMain {
  private ExtractMain() {}

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[1]);
    ExtractOptions options = ExtractOptions.forThisUser(root);
    try (InputStream in = Files.newInputStream(Path.of(args[0]))) {
      Unpacking.extract(
          in,
          root,
          args.length > 2
              ? options.withPermissions(ExtractOptions.Permissions.valueOf(args[2]))
              : options,
          entry -> true);
    }
  }
}
