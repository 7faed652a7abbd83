package dev.stretcher.internal.reserved;

import dev.stretcher.internal.reserved.Reserved.Reach;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The directories that each host has, by the <a
 * href="https://refspecs.linuxfoundation.org/FHS_3.0/fhs/index.html">Filesystem Hierarchy
 * Standard</a>: those of its root, of {@code /usr}, {@code /usr/local} and {@code /var}.
 */
final class SystemDirectories {
  private static final String WHAT = "a directory of the system";

  private static final String LIBRARIES = "lib lib32 lib64 libx32 ";
  private static final String ROOT =
      LIBRARIES + "bin boot dev etc media mnt opt proc root run sbin srv sys tmp usr var";
  private static final String USR =
      LIBRARIES + "bin etc games include libexec local man sbin share src";
  private static final String VAR =
      "account backups cache crash cron games lib local lock log mail msgs opt preserve run spool"
          + " tmp yp";

  private SystemDirectories() {}

  /** Returns the directories below {@code root}, which is {@code /} except in tests. */
  static List<Reserved> in(Path root) {
    List<Reserved> all = new ArrayList<>();
    all.add(new Reserved(root, WHAT, Reach.ITSELF));
    all.add(new Reserved(root.resolve("home"), WHAT, Reach.NAMES));
    Path usr = root.resolve("usr");
    addNames(root, ROOT, all);
    addNames(usr, USR, all);
    addNames(usr.resolve("local"), USR, all);
    addNames(root.resolve("var"), VAR, all);
    return all;
  }

  private static void addNames(Path directory, String names, List<Reserved> all) {
    for (String name : names.split(" ")) {
      all.add(new Reserved(directory.resolve(name), WHAT, Reach.ITSELF));
    }
  }
}
