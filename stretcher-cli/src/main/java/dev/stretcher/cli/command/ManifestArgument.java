package dev.stretcher.cli.command;

import dev.stretcher.text.LenientUri;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** How a manifest is named on the command line. */
final class ManifestArgument {
  private ManifestArgument() {}

  /**
   * Reads a URL.
   *
   * @throws IllegalArgumentException if it is not one
   */
  static URI url(String argument) {
    return LenientUri.parse(argument);
  }

  /** Reads a URL, or the name of a file that exists or that cannot be a URL. */
  static URI fileOrUrl(String argument) {
    Path file = Path.of(argument);
    boolean isUrl = argument.matches("[A-Za-z][A-Za-z0-9+.-]*:.*") && !Files.exists(file);
    return isUrl ? url(argument) : file.toAbsolutePath().toUri();
  }
}
