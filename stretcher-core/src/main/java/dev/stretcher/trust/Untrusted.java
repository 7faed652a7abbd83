package dev.stretcher.trust;

import dev.stretcher.text.NativeText;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.security.Principal;

/** Says who could change a file, and what to do about that. */
final class Untrusted {
  private static final int STICKY = 01000;
  private static final int GROUP_WRITES = 0020;
  private static final int OTHERS_WRITE = 0002;
  private static final int PERMISSIONS = 07777;

  private Untrusted() {}

  /**
   * Refuses a file that belongs to others or that others may write to. In a sticky directory others
   * can make files, but not replace those of its owner or of ours.
   */
  static void refuse(Inode inode) throws IOException {
    if (inode.uid() != 0 && inode.uid() != OwnUser.uid()) {
      throw belongsToOthers(inode);
    }
    // A link has no permissions of its own.
    boolean sticky = inode.isDirectory() && (inode.mode() & STICKY) != 0;
    boolean writable = (inode.mode() & (GROUP_WRITES | OTHERS_WRITE)) != 0;
    if (writable && !sticky && !inode.isLink()) {
      throw writableByOthers(inode);
    }
  }

  private static FileSystemException belongsToOthers(Inode inode) {
    String text = "it belongs to %s, who could change it; chown root %s";
    if (inode.isLink()) {
      text = "this link belongs to %s, who could lead it elsewhere; chown -h root %s";
    } else if (inode.isDirectory()) {
      text =
          "this directory belongs to %s, who could replace what lies in it; run as that user, use"
              + " another directory, or chown root %s";
    }
    String owner = named(inode, "owner", "uid", inode.uid());
    return Refusal.of(inode.path(), text.formatted(owner, shown(inode)));
  }

  private static FileSystemException writableByOthers(Inode inode) {
    boolean everyone = (inode.mode() & OTHERS_WRITE) != 0;
    String who =
        everyone
            ? "everyone"
            // With an ACL, these bits are the most that it gives to anyone whom it names.
            : "group %s, or whom an ACL names,"
                .formatted(named(inode, "group", "gid", inode.gid()));
    return Refusal.of(
        inode.path(),
        "%s may write to it (mode %04o)%s; chmod go-w %s"
            .formatted(
                who,
                inode.mode() & PERMISSIONS,
                inode.isDirectory() ? " and replace what lies in it" : "",
                shown(inode)));
  }

  /** Names are for people only, and may take a server of names to find out. */
  private static String named(Inode inode, String attribute, String kind, int number) {
    String numbered = kind + " " + number;
    try {
      Object principal =
          Files.getAttribute(inode.path(), "posix:" + attribute, LinkOption.NOFOLLOW_LINKS);
      String name = ((Principal) principal).getName();
      return name.equals(String.valueOf(number)) ? numbered : name + " (" + numbered + ")";
    } catch (IOException e) {
      return numbered;
    }
  }

  private static String shown(Inode inode) {
    return NativeText.text(inode.path());
  }
}
