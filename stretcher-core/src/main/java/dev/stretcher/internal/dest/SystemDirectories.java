package dev.stretcher.internal.dest;

import dev.stretcher.internal.dest.Reserved.Reach;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directories that each host has, by the <a
 * href="https://refspecs.linuxfoundation.org/FHS_3.0/fhs/index.html">Filesystem Hierarchy
 * Standard</a>: those of its root, of {@code /usr}, {@code /usr/local} and {@code /var}.
 */
final class SystemDirectories {
  private static final String WHAT = "a directory of the system";

  private static final String LIBRARIES = "lib lib32 lib64 libilp32 libo32 libx32 ";
  private static final String ROOT =
      LIBRARIES + "bin boot dev etc media mnt opt proc root run sbin srv sys tmp usr var";
  private static final String USR =
      LIBRARIES + "bin etc games include libexec local man sbin share src";
  private static final String VAR =
      "account backups cache crash cron games lib local lock log mail msgs opt preserve run spool"
          + " tmp yp";

  private SystemDirectories() {}

  /** Returns them below {@code root}, which is {@code /} but in tests. */
  static List<Reserved> in(Path root) {
    Path usr = root.resolve("usr");
    Stream<Path> paths =
        Stream.of(
                Stream.of(root),
                names(root, ROOT),
                names(usr, USR),
                names(usr.resolve("local"), USR),
                names(root.resolve("var"), VAR))
            .flatMap(each -> each);
    return Stream.concat(
            paths.map(path -> new Reserved(path, WHAT, Reach.ITSELF)),
            Stream.of(new Reserved(root.resolve("home"), WHAT, Reach.NAMES)))
        .toList();
  }

  private static Stream<Path> names(Path directory, String names) {
    return Stream.of(names.split(" ")).map(directory::resolve);
  }
}
