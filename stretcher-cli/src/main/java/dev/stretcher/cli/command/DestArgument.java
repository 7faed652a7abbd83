package dev.stretcher.cli.command;

import dev.stretcher.text.NativeText;
import java.nio.file.Path;

/** How a dest is named on the command line. */
final class DestArgument {
  private DestArgument() {}

  /**
   * Returns the absolute path, as a manifest would name it. A part {@code ..} stays, since it may
   * follow a link.
   */
  static Path path(String argument) {
    Path absolute = NativeText.path(argument).toAbsolutePath();
    Path path = absolute.getRoot();
    for (Path name : absolute) {
      path = name.toString().equals(".") ? path : path.resolve(name);
    }
    return path;
  }
}
