package dev.stretcher.sync.internal.reuse;

import dev.stretcher.file.PinnedPlace;
import dev.stretcher.process.ChildProcess;
import dev.stretcher.process.Command;
import dev.stretcher.process.SearchPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Copies files so that both share their blocks until one of them is written, where the file system
 * can, see ioctl_ficlone(2): by {@code cp --reflink} of the coreutils, since Java has no call for
 * it.
 *
 * @param environment has the PATH on which {@code cp} is looked for
 */
public record Reflink(Map<String, String> environment) {
  private static final String CP = "cp";

  /**
   * The arguments of a program take at most 128 KiB on some systems, of which paths may be long.
   */
  private static final int BATCH_BYTES = 64 << 10;

  /**
   * Copies files of one directory to the same paths in another one, in which their directories are
   * there. What cannot be copied so is left to others.
   *
   * @param from is held, and only root and this user can change the directories of the files
   * @param files relative paths; no more are asked for once the first could not be copied
   * @return those that were copied; their attributes are not
   */
  Set<Path> clone(PinnedPlace from, PinnedPlace to, Iterator<Path> files)
      throws IOException, InterruptedException {
    Set<Path> cloned = new HashSet<>();
    List<Path> batch = new ArrayList<>();
    // The first file alone shows whether the file system can do it at all.
    int limit = 1;
    while (files.hasNext()) {
      Path file = files.next();
      String name = file.toString();
      if (isAscii(name)) {
        batch.add(file);
        limit -= name.length() + 1;
      }
      if (limit <= 0 && !batch.isEmpty()) {
        run(from, to, batch, cloned);
        if (cloned.isEmpty()) {
          return cloned;
        }
        batch.clear();
        limit = BATCH_BYTES;
      }
    }
    if (!batch.isEmpty()) {
      run(from, to, batch, cloned);
    }
    return cloned;
  }

  /** Others cannot be given to a program in each locale. */
  private static boolean isAscii(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private void run(PinnedPlace from, PinnedPlace to, List<Path> files, Set<Path> cloned)
      throws IOException, InterruptedException {
    if (SearchPath.of(environment).find(CP).isEmpty()) {
      return;
    }
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of(CP, "--reflink=always", "--no-dereference", "--parents"));
    arguments.addAll(List.of("--target-directory=" + to.stable(), "--"));
    for (Path file : files) {
      arguments.add(file.toString());
    }
    int status =
        ChildProcess.run(
            Command.of(arguments)
                .withInherited(environment)
                .withDirectory(from.stable())
                .withOutput(line -> {}));
    for (Path file : files) {
      Path made = to.stable().resolve(file);
      if (status == 0 || isWhole(from.stable().resolve(file), made)) {
        cloned.add(file);
      } else {
        Files.deleteIfExists(made);
      }
    }
  }

  /** A clone has all of a file, or nothing. */
  private static boolean isWhole(Path file, Path made) throws IOException {
    return Files.isRegularFile(made, LinkOption.NOFOLLOW_LINKS)
        && Files.size(made) > 0
        && Files.size(made) == Files.size(file);
  }
}
