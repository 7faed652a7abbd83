package dev.stretcher.sync;

import dev.stretcher.manifest.Comparison;
import dev.stretcher.spi.SyncTarget;
import dev.stretcher.text.NativeText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Composes the command line of rsync. */
final class RsyncArguments {
  private RsyncArguments() {}

  /**
   * Returns the arguments.
   *
   * @param root a path of the staged tree
   * @param dest a path of dest
   */
  static List<String> of(Path root, Path dest, SyncTarget target) {
    List<String> arguments = new ArrayList<>(List.of("-a", "--delete"));
    if (target.verbosity() > 0) {
      arguments.add("-" + "v".repeat(target.verbosity()));
    }
    if (target.rules().comparison() == Comparison.CHECKSUM) {
      arguments.add("--checksum");
    }
    if (target.rules().excludeFrom().isPresent()) {
      arguments.add("--exclude-from");
      arguments.add(NativeText.text(root.resolve(target.rules().excludeFrom().get())));
    }
    for (String pattern : target.rules().excludes()) {
      arguments.add("--exclude");
      arguments.add(pattern);
    }
    // An absolute path is never a remote one, whatever colons it has.
    arguments.add("--");
    arguments.add(directory(root));
    arguments.add(directory(dest));
    return List.copyOf(arguments);
  }

  private static String directory(Path path) {
    String argument = NativeText.text(path);
    return argument.endsWith("/") ? argument : argument + "/";
  }
}
