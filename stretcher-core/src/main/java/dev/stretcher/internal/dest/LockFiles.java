package dev.stretcher.internal.dest;

import java.nio.file.Path;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where the locks of one dest lie. There is one for the directory that its name leads to, and one
 * for the rest of the name from each symbolic link on, since the link may come to lead elsewhere
 * while a deploy runs. Immutable.
 *
 * @param main the lock of the place itself; temporary files are named after it
 * @param all the files, in the order in which all deploys take them
 * @param end the place, without links, whether or not it exists
 */
public record LockFiles(Path main, SortedSet<Path> all, Path end) {
  /** Tells whether dest leads to the same place in the same way. */
  public boolean areThoseOf(LockFiles other) {
    // Not equals: that of a record costs a start of the JVM some ten milliseconds.
    return main.equals(other.main) && all.equals(other.all) && end.equals(other.end);
  }

  /**
   * Returns the files for a dest, as its links are now.
   *
   * @param dest as the manifest names it
   * @param place the directory that syncers work on, once links are followed; {@code dest} if it
   *     does not exist
   * @param fallback where the lock of a name lies if this user cannot write beside that name
   */
  public static LockFiles of(Path dest, Path place, Path fallback) {
    LinkWalk walk = LinkWalk.along(dest);
    Path main = DestLock.location(place, fallback);
    SortedSet<Path> all = new TreeSet<>(Set.of(main));
    if (walk.end().getFileName() != null) {
      all.add(DestLock.location(walk.end(), fallback));
    }
    for (LinkWalk.Link link : walk.links()) {
      all.add(DestLock.below(link.directory(), link.path(), fallback));
    }
    return new LockFiles(main, all, walk.end());
  }
}
